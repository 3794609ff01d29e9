"""What the body of a `try` took from its place stands there again when it fails: handlers and what comes behind may meet it."""


def case_a():
    class N:
        def __init__(self, xs):
            self.xs = xs

    old = []
    nd = N(old)
    try:
        fail(2)
        nd.xs = [5]
    except ValueError:
        pass
    if ok(4):
        nd.xs.append(f(1))
    old.append(2)
    return old, nd.xs


def case_b():
    old = []
    d = {"a": old}
    try:
        fail(2)
        d["a"] = [5]
    except ValueError:
        pass
    if ok(4):
        d["a"].append(f(1))
    old.append(2)
    return old, d


def case_c():
    old = []
    d = [old]
    try:
        fail(2)
        d.clear()
    except ValueError:
        pass
    if ok(4):
        d[0].append(f(1))
    old.append(2)
    return old, d


def case_h():
    old = []

    def fn():
        x = old

        def inner():
            nonlocal x
            try:
                fail(2)
                x = [5]
            except ValueError:
                pass

        inner()
        if ok(4):
            x.append(f(1))
        old.append(2)

    fn()
    return old


def case_i():
    class N:
        def __init__(self, xs=None):
            self.xs, self.kids, self.peer = (xs, 1, 1)
            self.d = xs

    nd1 = N([])
    nd2 = nd1
    try:
        if ok():
            raise ValueError
        nd2.xs = 1
    except ValueError:
        nd2.xs += []
    return nd1.xs


def case_j():
    old = []
    d = {"a": old}
    try:
        fail(2)
        d["a"] = [5]
    except ValueError:
        pass
    x = d["a"]
    x.append(2)
    old.append(3)
    d["a"].append(4)
    old.append(5)
    return old, d


def case_l():
    d = {"a": ["x"]}
    try:
        fail(2)
        d["a"] = "text"
    except ValueError:
        pass
    x = d["a"]
    y = x + x
    z = d["a"] * num(2)
    return d, x


def case_m():
    d = [[1], [2]]
    last = d[0]
    try:
        fail(2)
        d[:] = [3]
    except ValueError:
        pass
    x = d[0]
    x.append(4)
    last.append(5)
    return d, x


def case_o():
    old = []
    d = {"a": old}
    try:
        fail(2)
        try:
            d["a"] = [f(3)]
            fail(5)
            d.clear()
        except ValueError:
            d["a"].append(1)
    except ValueError:
        d["a"].append(f(1))
    old.append(2)
    d["a"].append(3)
    old.append(4)
    return old, d


def case_p():
    from contextlib import suppress

    old = []
    d = {"a": old}
    with suppress(ValueError):
        fail(2)
        d["a"] = [5]
    if ok(4):
        d["a"].append(f(1))
    old.append(2)
    return old, d


def case_r():
    old = []
    d = {"a": old}
    k = f(0)
    try:
        fail(2)
        d.pop("a")
        d[k] = 3
        del d[k]
    except ValueError:
        pass
    if ok(4):
        d["a"].append(f(1))
    old.append(2)
    return old, d


print(case_a(), case_b(), case_c(), case_h(), case_i(), case_j(), case_l(), case_m(), case_o(), case_p(), case_r())
