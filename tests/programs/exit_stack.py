"""Resources that are given back in the right order: ExitStack, callbacks, suppress, closing, redirects."""

import io
from contextlib import ExitStack, closing, contextmanager, nullcontext, redirect_stdout, suppress


class Resource:
    open_count = 0

    def __init__(self, name, fails=False):
        self.name, self.fails = name, fails

    def __enter__(self):
        if self.fails:
            raise OSError(f"cannot open {self.name}")
        type(self).open_count += 1
        print("+", self.name)
        return self

    def __exit__(self, kind, error, tb):
        type(self).open_count -= 1
        print("-", self.name, kind.__name__ if kind else "")
        return kind is ZeroDivisionError

    def close(self):
        print("closed", self.name)


def open_all(names):
    with ExitStack() as stack:
        opened = [stack.enter_context(Resource(n, n == "bad")) for n in names]
        stack.callback(print, "callback", len(opened))
        kept = stack.pop_all()
    return opened, kept


opened, kept = open_all("ab")
print(Resource.open_count, [r.name for r in opened])
kept.close()
try:
    open_all(["c", "bad", "d"])
except OSError as e:
    print(e, Resource.open_count)


@contextmanager
def section(title):
    print(f"<{title}>")
    try:
        yield title.upper()
    except KeyError as e:
        print("swallowed", e)
    finally:
        print(f"</{title}>")


with section("one") as name, Resource(name):
    1 / 0
with section("two"):
    print({}["missing"])
with suppress(ValueError, IndexError):
    [][0]
    print("never")
with closing(Resource("x")) as x, nullcontext(3) as n:
    print(x.name, n)
out = io.StringIO()
with redirect_stdout(out):
    print("captured")
    with section("inner"):
        pass
print(out.getvalue().split())
