"""Clauses inside of a generator expression are gone through by who reads it: what they look at is not changed before."""

# ---- cell
xs = [1]
a = list((xs for v in [1] if f() for w in "c"))
b = []
b.extend(w + str(len(b)) for v in [1, 2] if f(v) for w in "cd")
xs.append(2)
print(a, b)
