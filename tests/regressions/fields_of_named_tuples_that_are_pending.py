"""A named tuple of what is pending is made by `map`: its fields are what one gets from it, whoever asks."""

from typing import NamedTuple

xs = lst()


class P(NamedTuple):
    s: str
    n: int = 2

    @property
    def double(self):
        return self.s * 2


ps = [P(f(1)), *map(P, xs)]
best = max(ps, key=lambda p: (p.n, p.s))
print(best, [p.double for p in sorted(ps)], max(map(P, xs), key=lambda p: p.s))
s, n = ps[0]._replace(n=3)
