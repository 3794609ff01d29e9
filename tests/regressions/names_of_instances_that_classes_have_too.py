"""A class body may set what classes have themselves, `__name__` say: instances find it, and their metaclass hides nothing from them."""


class Meta(type):
    def __getattribute__(cls, name):
        if name == "x":
            print("looked up in the class")
        return type.__getattribute__(cls, name)

    @property
    def y(cls):
        return "of the class"


class Tick(metaclass=Meta):
    __name__ = "tick"
    __mro__ = "order"
    x = 1
    y = 2


class Small(Tick):
    pass


def named(one, n):
    return [one.__name__, one.__mro__, one.x, one.y, f(n)]


print(named(Tick(), 1), named(Small(), 2), Tick.__name__, Small.__name__, Tick.y, Small.x)
for n in range(2):
    if f(n):
        Tick.x = n
    print(named(Small(), n))
