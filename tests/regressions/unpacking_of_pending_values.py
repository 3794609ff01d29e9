"""What is unpacked into a call or a display may be pending: what stands behind goes on."""
# time: 2


def show(*args, **named):
    return g(args, sorted(named.items()))


state = {"last": None}
seen, out, kept = [], [], []
for x in (1, 2, 3):
    found = lst(x)
    seen = [*seen, x, *found]
    kept.append((x, *found))
    state = {**state, "last": x, **dct(x)}
    out.append(show(x, *found, f(x), **dct(x)))
try:
    show(**lst(4))
except TypeError as e:
    out.append(str(e))
try:
    show(*num(4), f(4))
except TypeError as e:
    out.append(str(e))
try:
    show(a=1, **{"a": f(5)})
except TypeError as e:
    out.append(str(e))
numbers = {*lst(1), *lst(2), *dct(3)}
try:
    show(*num(5))
except TypeError as e:
    out.append(str(e))
try:
    bad_list = [1, *num(5)]
except TypeError as e:
    out.append(str(e))
z = g(seen, state)
