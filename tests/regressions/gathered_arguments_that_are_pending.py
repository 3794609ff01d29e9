"""What `*args` and `**kwargs` gather is a tuple and a dict without placeholders, however it leaves the function."""


def both(*args, **named):
    def inner():
        return args, named

    return [args, named, inner()]


def gen(*more):
    yield 1
    yield [more]


out = both(f(1), z=f(2))
g1 = gen(f(3))
seen = [next(g1), next(g1)]
