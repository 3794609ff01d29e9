"""The exit of a `@contextmanager` whose generator runs in plain form belongs to what the rest of a `with` body may still do."""
from contextlib import contextmanager


@contextmanager
def managed(log, name):
    try:
        yield name
    finally:
        log.append("out")


xs = []
while ok(xs):
    with managed(xs, 1) as s:
        print(rows())
