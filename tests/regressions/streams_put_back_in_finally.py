"""`sys.stdout` is put back in a `finally` that still waits: what is printed behind it goes where plain Python prints it."""

import io
import sys


class Quiet:
    def write(self, text):
        pass


class Twice:
    def __init__(self, *streams):
        self.streams = streams

    def write(self, text):
        for stream in self.streams:
            stream.write(text)


# ---- cell
old, sys.stdout = sys.stdout, Quiet()
try:
    print(f(1))
finally:
    sys.stdout = old
print("heard")
copy = io.StringIO()
old, sys.stdout = sys.stdout, Twice(sys.stdout, copy)
try:
    print("seen twice", ident("!"))
finally:
    sys.stdout = old
print(copy.getvalue())
del old
