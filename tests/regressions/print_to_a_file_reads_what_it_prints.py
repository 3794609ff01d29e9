"""Who stands behind a branch that prints to a file, and waits, changes what is printed only then; a count is copied when it is stepped."""

import io
import itertools


class M:
    def __init__(self):
        self.a = 0

    def __repr__(self):
        return f"M({self.a})"


x, xs = M(), []
out = io.StringIO()
if "1" in f(1):
    print([x], file=out)
    print(xs, file=out)
x.a = 5
xs.append(5)
print(out.getvalue())

c = itertools.count(1)
if "1" in f(1):
    list(itertools.islice(c, 2))
r = next(c)
