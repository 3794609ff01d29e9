"""A pool of connections: borrowed, returned, limited, counted; weak references and finalizers by hand."""

import weakref
from contextlib import contextmanager


class Connection:
    made = 0

    def __init__(self):
        Connection.made += 1
        self.number, self.queries = Connection.made, []

    def query(self, text):
        if "drop" in text:
            raise PermissionError(text)
        self.queries.append(text)
        return f"{self.number}:{text}"


class Pool:
    def __init__(self, limit):
        self.limit, self.free, self.used = limit, [], set()

    @contextmanager
    def borrow(self):
        if self.free:
            c = self.free.pop()
        elif len(self.used) < self.limit:
            c = Connection()
        else:
            raise RuntimeError("all in use")
        self.used.add(c)
        try:
            yield c
        except PermissionError:
            c.queries.append("failed")
            raise
        finally:
            self.used.remove(c)
            self.free.append(c)


pool = Pool(2)
with pool.borrow() as a, pool.borrow() as b:
    print(a.query("x"), b.query("y"), len(pool.used))
    try:
        with pool.borrow():
            pass
    except RuntimeError as e:
        print(e)
try:
    with pool.borrow() as c:
        c.query("drop table")
except PermissionError as e:
    print("refused", e, c.number)
print(Connection.made, [(f.number, f.queries) for f in pool.free], pool.used)
cache = weakref.WeakValueDictionary()
cache["a"] = a
print(cache.get("a") is a, "b" in cache, weakref.ref(b)() is b)
