"""A class body in a function calls a name of the function, not what the module has under that name."""

from dataclasses import field

log = []


def make(k):
    def field(x=None):
        log.append(x)
        return x

    class P:
        a = f(k)
        xs = field(k)

    log.append("made")
    return P


if ok(2):
    r = [make(k).xs for k in (1, 2)]
print(log)


class A:
    def me(self, p):
        from dataclasses import field

        class P:
            xs: list = field()

        return P


a = A()
f(1)
from dataclasses import field

a.me(1)
