"""Lazy adaptors with mediated parts, made before and stepped in functions that wait: what their steps do is claimed."""

class O:
    def __init__(self): self.n = 0
os_ = [O(), O()]
Z = zip(os_, [1, 2])
def go(z):
    if ident(1):
        for o, y in z:
            o.n += y
go(Z)
print(os_[0].n, os_[1].n)
Z = enumerate(os_)
def go2(z):
    if ident(1):
        for y, o in z:
            o.n += y
go2(Z)
print(os_[0].n, os_[1].n)
Z = {1: os_[0]}.items()
def go3(z):
    if ident(1):
        for y, o in z:
            o.n += y
go3(Z)
print(os_[0].n, os_[1].n)
import itertools
Z = itertools.product(os_, [1])
def go4(z):
    if ident(1):
        for o, y in z:
            o.n += y
go4(Z)
print(os_[0].n, os_[1].n)
Z = itertools.chain.from_iterable([os_, os_])
def go5(z):
    if ident(1):
        for o in z:
            o.n += 1
go5(Z)
print(os_[0].n, os_[1].n)
Z = itertools.cycle(o for o in ident(os_))
def go6(z):
    if ident(1):
        o = next(z)
        o.n += 1
    next(z).n += 1
go6(Z)
print(os_[0].n, os_[1].n)
a, b = itertools.tee(ident(o) for o in os_)
def go7(z):
    if ident(1):
        for o in z:
            o.n += 1
go7(a)
go7(b)
print(os_[0].n, os_[1].n)
Z = enumerate(ident(o) for o in os_)
go2(Z)
print(os_[0].n, os_[1].n)
def bump(o, k):
    o.n += k
    return o
Z = itertools.starmap(bump, [(os_[0], 1), (ident(os_[1]), 2)])
def go8(z):
    if ident(1):
        for o in z:
            o.n += 1
go8(Z)
print(os_[0].n, os_[1].n)
Z = itertools.permutations([ident(o) for o in os_], 2)
def go9(z):
    if ident(1):
        for o, p in z:
            o.n += 1
go9(Z)
print(os_[0].n, os_[1].n)
Z = itertools.groupby([ident(o) for o in os_], key=lambda o: o.n)
def go10(z):
    if ident(1):
        for k, p in z:
            for q in p:
                q.n += 1
go10(Z)
print(os_[0].n, os_[1].n)
Z = itertools.accumulate([1, ident(2)], lambda a, b: a + b + os_[0].n)
if ident(1):
    print(list(Z))
os_[0].n = 0
print(os_[0].n)
Z = itertools.takewhile(lambda x: os_[0].n < 4, [1, ident(2)])
if ident(1):
    print(next(Z))
os_[0].n = 6
print(list(Z))
del Z, a, b
