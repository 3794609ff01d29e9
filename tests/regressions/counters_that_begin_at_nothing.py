"""Counters whose keys a `try` has put there, or takes back: of a Counter and a defaultdict they begin at zero, of a dict they are missing."""

from collections import Counter, defaultdict

def first(counts, i):
    try:
        if f(i):
            counts["n"] += 1
        counts["m"] += 1
        bad(i)
    except ValueError:
        counts["failed"] += 1
        return "undone"
def add(counts, i):
    try:
        counts["n"] += 1
        counts["m"] += i
        if counts["failed"] > 1:
            return "many"
        return "added"
    except KeyError as e:
        return f"no {e}"
for counts in (Counter(), defaultdict(int), defaultdict(float), {"m": 0, "failed": 0}, {"n": 1, "m": 2, "failed": 3}):
    try:
        print([first(counts, 1), add(counts, 2), first(counts, 3), add(counts, 4)], sorted(counts.items()))
    except KeyError as e:
        print("KeyError", e, sorted(counts.items()))

stats = {"calls": 0}
def put(i):
    try:
        stats["new"] = stats.get("new", 0) + 1
        stats["calls"] += 1
        bad(i)
    except ValueError:
        return "undone"
def look(i):
    try:
        stats["new"] += 1
    except KeyError:
        stats["none"] = stats.get("none", 0) + 1
        return "missing"
    return stats["new"]
print([put(1), look(2), put(3), look(4)], stats)

kinds = Counter()
def kind(i):
    for k in range(3):
        try:
            kinds["tried"] += 1
            if f(i) != 1:
                raise ValueError(k)
            bad(k)
        except Exception as e:
            kinds[type(e).__name__] += 1
            kinds[e.args[0] if e.args else "none"] = kinds.get("tried")
    return k
print([kind(i) for i in range(3)], kinds)

texts = Counter()
def mixed(i):
    try:
        if f(i):
            texts["a"] = "text"
        bad(i)
    except ValueError:
        pass
    try:
        texts["a"] += 1
        texts["b"] += 1
    except TypeError as e:
        return str(e)
    return texts["b"]
print([mixed(i) for i in range(3)], texts)
