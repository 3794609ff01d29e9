"""`next(it)` of a generator expression with a condition waits in a `try`: who takes the rest behind it stands behind that step."""

xs = [1, 2]
try:
    n = f(1)
    it = (y for y in xs if y)
    a = next(it, "none")
    b = list(it)
except ValueError:
    pass
print(a, b)

def first_and_rest(xs):
    it = (f(y) for y in xs if ok(y))
    first = next(it, "none")
    return first, sorted(it), next(it, "end")
try:
    with open("lines.txt", "w") as file:
        file.write(f("text"))
    out = first_and_rest([1, 2, 3]), first_and_rest([])
except ValueError:
    out = None
print(out)
