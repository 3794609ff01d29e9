"""Adaptors of itertools that are left when the cell ends are native ones, as far as no step of them has been taken."""

import itertools

for k, same in itertools.groupby("aab"):
    print(k, list(same), f(k))
for k, rest in itertools.groupby([f(1), "f(1)", f(2)], key=len):
    pass
sliced = itertools.islice(map(f, [1, 2]), 2)
starred = itertools.starmap(f, [(1, 2)])
taken = [itertools.takewhile(ok, [2, 4])]
dropped = {"a": itertools.dropwhile(ok, [2, 4])}
totals = itertools.accumulate([1, 2], f)
longest = itertools.zip_longest([f(1)], [1, 2])
