"""`*args` and `**kwargs` are containers that the call makes, of values that are pending then and known later."""


def joined(*args, **more):
    if f(0):
        pass
    return ",".join(args), args, list(more.values()), ",".join(more.values())


def captured(*args, **more):
    def inner():
        return ",".join(args), args, ",".join(more.values())

    if f(0):
        pass
    return inner()


first = joined(*[f(i) for i in range(3)], a=f("a"), b=f("b"))
second = captured(*[f(i) for i in range(3)], a=f("a"), b=f("b"))
