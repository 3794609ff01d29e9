"""What `*args` and `**kwargs` took may be pending: in a call, a method, a generator, an inner function."""

def show(*a, **k):
    print(a, k)


show(1, 2, 3, *[ident(4), 5], *[6, ident(7)])
show(ident(1), *(ident(2), 3), x=ident(4))


def outer(*a, **k):
    def inner():
        return a, k

    return inner()


x = outer(1, *[f(2)], y=f(3))


def gen(*a, **k):
    yield from a
    yield k


y = list(gen(1, *[f(2)], y=f(3)))


class C:
    def keep(self, *a, **k):
        self.a, self.k = a, k
        return len(a), a[0], a[1:], sorted(k), a is self.a

    def pass_on(self, *a, **k):
        return self.keep(*a, **k)


c = C()
z = c.pass_on(f(1), 2, f(3), u=f(4), v=5)
outer(1, *[6, ident(7)])
