"""What functions in a class body have from the function around the class is claimed as that, and not as a global variable."""


def outer(p1, p2):
    class P:
        p2 = "own"

        def m(self):
            return f(p1, p2)

        n = [f(p2)]

    x = P().m()
    p2 = "changed"
    return x, P().m(), P.n


print(outer(num(1), 2))


class A:
    def me(self, p1):
        from dataclasses import dataclass, field

        @dataclass
        class D:
            xs: list = field(default_factory=lambda: [p1, f(p1)])

        return D().xs


a = A()
print(a.me(1), [b for b in [2, 3] if a.me(b)])
