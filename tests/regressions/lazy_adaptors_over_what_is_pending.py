"""What a lazy adaptor goes over may be pending, and may be a list that is changed behind it."""
# latencies: {"ok": 3}

import itertools

xs = ["a", "b"]
k1 = list(itertools.takewhile(ok, xs if ok(2) else ["c"]))
xs.append(1)
k2 = list(itertools.chain(xs if ok(2) else ["c"], xs))
xs.append(2)
k3 = list(itertools.dropwhile(ok, xs if ok(4) else ["c"]))
del xs[1]
k4 = list(itertools.accumulate(xs if ok(6) else ["c"], f))
xs.insert(0, "z")
k5 = list(itertools.starmap(f, [(x,) for x in xs] if ok(6) else []))
k6 = sorted(map(str, itertools.chain.from_iterable([xs if ok(2) else [], xs])))
xs.clear()
it = itertools.islice(xs if ok(8) else [1, 2], 3)
xs += ["q", "r"]
k7 = next(it, None), list(it)
