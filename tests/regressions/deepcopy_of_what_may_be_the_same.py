"""A deep copy of what is pending and may stand elsewhere in what is copied is one copy of it."""

import copy

xs = []
xs.append(pick([xs]))
k = copy.deepcopy(xs)

a, b = [1], [2]
p = pick([a, b])
k2 = copy.deepcopy([a, p, b, pick([a, b])])
k2[1].append(3)
k3 = copy.deepcopy({"p": p, "a": a, "q": {"p": p}})

r = lst(1)
q = pack(r)
k4 = copy.deepcopy([q[0], q[0]])

class A: pass
o = A()
o.x = [pick([o, o])]
k5 = copy.deepcopy([o, pick([o, o])])
