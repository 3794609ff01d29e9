"""A call waits for what it is given as it is then: what stood in a list may have been taken out again."""

xs = ["a", "b"]
try:
    xs.extend([fail(x) for x in (0, 1, inc(num(f())))])
except ValueError:
    pass
r = num(xs), ident([xs])
