"""An exception of the iterable of a comprehension goes through the frame of the comprehension, where it has one."""


def numbers():
    yield 1
    yield missing


try:
    [f(y) for y in numbers()]
except NameError as e:
    import traceback

    shown = traceback.format_exc()
[f(y) for y in numbers()]
