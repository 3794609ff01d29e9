"""Output captured and compared: StringIO, redirects, print options, stderr, nested captures."""

import contextlib
import io
import sys


class Tee(io.TextIOBase):
    def __init__(self, *streams):
        self.streams = streams

    def write(self, text):
        for s in self.streams:
            s.write(text)
        return len(text)


def noisy(n):
    print("working", n)
    print("warning", n, file=sys.stderr)
    return n * n


out, err = io.StringIO(), io.StringIO()
with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
    values = [noisy(n) for n in range(3)]
print(values, out.getvalue().split(), len(err.getvalue()))
outer = io.StringIO()
with contextlib.redirect_stdout(outer):
    print("a")
    with contextlib.redirect_stdout(io.StringIO()) as inner:
        print("b")
    print("c")
print(repr(outer.getvalue()), repr(inner.getvalue()))


def replaced():
    copy = io.StringIO()
    old, sys.stdout = sys.stdout, Tee(sys.stdout, copy)
    try:
        print("seen twice", end="!\n")
    finally:
        sys.stdout = old
    print(copy.getvalue() == "seen twice!\n")
    print("a", 1, None, sep="-", end=".\n")
    print(*"xyz", sep="\n", file=(lines := io.StringIO()))
    print(lines.getvalue().splitlines(), sep="", flush=True)
    try:
        with contextlib.redirect_stdout(out):
            print("lost?")
            raise ValueError("in between")
    except ValueError as e:
        print(e, out.getvalue().endswith("lost?\n"), sys.stdout is old)


replaced()
