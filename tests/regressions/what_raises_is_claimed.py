"""Operators and attributes that a class does not have: what raises behind something that waits is claimed like what does not."""

text = "c"


class Empty:
    pass


o = Empty()
try:
    f(1)
    text += o
except TypeError as e:
    print(e)
if ok(2):
    try:
        o[f(2)] = text + o
    except TypeError as e:
        print(e)

found = {"b": []}["b" if ok(2) else 2]
try:

    def inner(p=num(3)):
        pick([found.xs])

    inner()
except AttributeError as e:
    print(e)
