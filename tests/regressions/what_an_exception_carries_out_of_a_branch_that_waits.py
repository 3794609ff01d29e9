"""Who stands behind a `try` waits for what its handler does to that which an exception brings it from a strand that waits."""


class Found(Exception):
    def __init__(self, one):
        self.one = one

    def note(self, text):
        self.one.append(text)


xs = [[], [], [], [], [], []]


def look(lists):
    for one in lists:
        if "1" in f(len(one) + 1):
            raise KeyError(one)


def check(one):
    assert "2" in f(1), one


def find(one):
    if "1" in f(1):
        raise Found(one)


try:
    look(xs)
except KeyError as e:
    e.args[0].append(5)
print(xs)
try:
    check(xs[1])
except AssertionError as e:
    e.args[0].append(6)
print(xs)
try:
    find(xs[2])
except Found as e:
    e.note("found")
print(xs)
try:
    try:
        find(xs[3])
    finally:
        print("finally")
except Found as e:
    e.one.append(7)
print(xs)
try:
    try:
        look(xs[4:])
    except KeyError as e:
        raise ValueError from e
except ValueError as e:
    e.__cause__.args[0].append(8)
print(xs)


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        error.one.append(9)
        return True


with Manager():
    find(xs[5])
print(xs)

last = [3]
if "1" in f(1):
    last.append(5)
try:
    assert not last, last
except AssertionError as e:
    r = repr(e)
print(r)
