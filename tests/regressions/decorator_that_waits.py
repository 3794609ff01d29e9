"""A strand waits in a decorator, which stands before what Python calls the place of the definition: the rest of it is what comes after."""

import functools

f()
for k in "ab":
    ys = []

    @functools.singledispatch
    def show(x):
        pass

    @show.register
    def _(x: list):
        pass

    f(ys)
    ys.append(k)


def tool(name, tags):
    def wrap(fn):
        tags.append(f(name))
        if ok(tags[-1]):
            tags.append(name)
        return fn

    return wrap


seen = []
for k in "ab":
    tags = []

    @tool(k, tags)
    class Run:
        def __init__(self, x):
            self.x = f(x, k)

    if tags[0] and num(tags[-1]) % 2:
        seen.append(Run(k).x)
    seen.append(tags)
print(seen)
