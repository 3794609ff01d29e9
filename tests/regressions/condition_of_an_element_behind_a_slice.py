"""An element that turns out to be none, its condition being false, is nothing that others could have to wait for."""

xs1 = []
n1 = num()
for i1 in range(4):

    def fn2(p3, p4, p5):
        p3[:] = [1 for v1 in xs1 if ok(i1)]
        if "a" in xs1:
            return 1
        return xs1

    xs3 = fn2(xs1, 1, 1)
    for () in zip(xs1, [] if f(n1) else 1):
        pass
    else:
        xs3.append(1)
    if ok(1):
        break
