"""A generator that is left suspended, or was never started, holds its arguments and no placeholder."""


def numbers(p, *more, **named):
    yield p
    yield more, named


never = numbers(f(1), f(2), k=f(3))
begun = numbers(f(4), f(5), k=f(6))
a = next(begun)
