"""Sets: algebra, power sets, partitions, frozen keys, relations and closures."""

from itertools import chain, combinations


def powerset(s):
    items = sorted(s)
    return [set(c) for n in range(len(items) + 1) for c in combinations(items, n)]


def closure(pairs):
    found = set(pairs)
    while True:
        new = {(a, d) for a, b in found for c, d in found if b == c} - found
        if not new:
            return found
        found |= new


def classes(items, same):
    out = []
    for x in items:
        for group in out:
            if same(x, next(iter(group))):
                group.add(x)
                break
        else:
            out.append({x})
    return out


a, b = set("abcd"), set("cdef")
for sign, result in (("|", a | b), ("&", a & b), ("-", a - b), ("^", a ^ b)):
    print(sign, "".join(sorted(result)))
print(a >= {"a"}, a.isdisjoint("xyz"), {"a"} < a, a == set("dcba"), len(powerset({1, 2, 3})), powerset("ab"))
print(sorted(closure({(1, 2), (2, 3), (3, 4)})), [sorted(g) for g in classes(range(7), lambda x, y: (x - y) % 3 == 0)])
cache = {frozenset({1, 2}): "x", frozenset(): "empty"}
print(cache[frozenset([2, 1])], cache[frozenset()], frozenset("ab") | {"c"} == {"a", "b", "c"})
s = {3, 1}
s.update([5], (7,))
s.discard(9)
s.add(1)
try:
    s.remove(9)
except KeyError as e:
    print("no", e, sorted(s))
s &= {1, 5, 9}
s ^= {9}
print(sorted(s), s.pop() in {1, 5, 9}, len(s), list(dict.fromkeys("hello")), sum(set(chain([1], [1, 2]))))
try:
    {[]}
except TypeError as e:
    print(e)
