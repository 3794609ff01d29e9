"""While one starred item is iterated over, an item before it becomes known, and nothing is left to wait for: it must not stay open."""
# orders: 30

texts = []
words = ["a"]
held = {}
for name in "ab":
    held.setdefault(g() if ok(name) else name)
words[False] = [texts, *words]
rows = [[texts, f(1), *words], {"x": texts, f(2): 1, "y": texts, **{"z": f(3)}}]
first, *others = [texts, *words, f(4)]
