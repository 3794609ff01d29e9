"""Context managers: classes, generators, nested, swallowing."""

from contextlib import contextmanager, suppress

log = []


class Step:
    def __init__(self, name, swallow=()):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        log.append("+" + self.name)
        return self

    def __exit__(self, kind, error, trace):
        log.append("-" + self.name + ("!" if kind else ""))
        return kind is not None and issubclass(kind, self.swallow)


@contextmanager
def tag(name):
    log.append(f"<{name}>")
    try:
        yield name.upper()
    except KeyError as e:
        log.append(f"lost {e}")
    finally:
        log.append(f"</{name}>")


with Step("a") as a, tag("b") as b:
    log.append(a.name + b)
with Step("c", (ValueError,)):
    int("x")
with tag("d"):
    {}["k"]
with suppress(ZeroDivisionError), Step("e"):
    1 / 0
try:
    with Step("f"), tag("g"):
        raise OSError("out")
except OSError as e:
    log.append(repr(e))
print(*log, sep="\n")
