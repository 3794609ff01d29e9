"""The separator is pending, and so are the items of the generator."""

r = f("-").join(f("+").join(g(x) if x != y else "." for x in range(3)) for y in range(2))
s = lst(1)
s.extend(f(x) for x in range(2))
t = dct(1)
t.update((x, g(x)) for x in "ab")
