"""Primes below a bound, and prime factors."""


def sieve(n):
    flags = [True] * (n + 1)
    flags[0] = flags[1] = False
    for i in range(2, int(n**0.5) + 1):
        if flags[i]:
            flags[i * i :: i] = [False] * len(flags[i * i :: i])
    return [i for i, flag in enumerate(flags) if flag]


def factors(n):
    found = {}
    d = 2
    while d * d <= n:
        while n % d == 0:
            found[d] = found.get(d, 0) + 1
            n //= d
        d += 1
    if n > 1:
        found[n] = found.get(n, 0) + 1
    return found


print(sieve(60))
for n in (12, 97, 360):
    print(n, "=", " * ".join(f"{p}^{e}" if e > 1 else str(p) for p, e in factors(n).items()))
