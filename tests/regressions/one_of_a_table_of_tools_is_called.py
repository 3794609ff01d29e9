"""A callee that is looked up by a pending key is one of the values: the calls behind it go on beside it."""
# time: 2


class Echo:
    def __init__(self, name):
        self.name = name
        self.used = 0

    def __call__(self, x):
        self.used += 1
        return g(self.name, x)

    def run(self, x, *, times=1):
        self.used += times
        return [self.name, g(x)]


def plain(x):
    return "plain", x


TOOLS = {"a": Echo("a"), "b": Echo("b"), "c": plain, "d": len}
out = []
for x in ("p", "q", "r"):
    name = "a" if ok(x) else "b"
    out.append(TOOLS[name](x))
    out.append(TOOLS.get("b" if ok(x, 1) else "a").run(x, times=2))
    out.append(TOOLS.get("none" if ok(x, 2) else "nothing", plain)(x))
    try:
        out.append(TOOLS["e" if ok(x, 1) else "d"](x))
    except KeyError as e:
        out.append(repr(e))
used = TOOLS["a"].used, TOOLS["b"].used
