"""Closures: counters, accumulators, late binding, nonlocal, functions that make functions."""


def counter(start=0, step=1):
    value = start

    def next_value():
        nonlocal value
        value += step
        return value

    def reset(to=start):
        nonlocal value
        old, value = value, to
        return old

    next_value.reset = reset
    next_value.peek = lambda: value
    return next_value


def averager():
    numbers = []

    def add(x):
        numbers.append(x)
        return sum(numbers) / len(numbers)

    return add


def compose(*functions):
    def composed(x):
        for f in reversed(functions):
            x = f(x)
        return x

    composed.__name__ = " . ".join(f.__name__ for f in functions)
    return composed


def curry(f, *given):
    n = f.__code__.co_argcount

    def more(*args):
        both = given + args
        return f(*both) if len(both) >= n else curry(f, *both)

    return more


a, b = counter(), counter(10, -2)
print(a(), a(), b(), a.peek(), b.reset(), b())
avg = averager()
print([avg(x) for x in (10, 20, 0)], avg.__closure__[0].cell_contents)
late = [lambda: k for k in range(3)]
early = [lambda k=k: k for k in range(3)]
print([f() for f in late], [f() for f in early])


def double(x):
    return 2 * x


def inc(x):
    return x + 1


f = compose(double, inc, abs)
print(f.__name__, f(-3), curry(lambda x, y, z: x * y + z)(2)(3)(4))
total = 0


def add(n):
    global total
    total += n
    return total


print([add(n) for n in (1, 2, 3)], total)


def outer():
    x = "outer"

    def middle():
        def inner():
            nonlocal x
            x += "+inner"

        inner()
        return x

    return middle(), x


print(outer())
