"""A context manager is entered while what stands before it may still touch anything."""

from contextlib import contextmanager

@contextmanager
def managed(log, name):
    log.append("in")
    try:
        yield f(name)
    finally:
        log.append("out")

def fn(p):
    for k in range(2):
        try:
            def inner(q): return q
            return fail(p + str(k))
        except ValueError:
            continue
    return g(p)

xs = []
with managed(xs, fn(f(0))) as s:
    n = 1

m = managed(xs, f(1))
with m as t:
    n = 2
try:
    with m as t:
        n = 3
except AttributeError as e:
    n = str(e)
