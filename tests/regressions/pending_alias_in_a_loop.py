"""A name that may become another name for a list in a pending branch, and is then extended in place by a comprehension."""

K = ["k"]
L = ["l"]
for x in (1, 2, 3):
    if ok(x):
        L = K
    K += [f(q) for q in L]
