"""Number theory: extended gcd, modular inverses, the Chinese remainder theorem, RSA by hand."""

from math import gcd, isqrt, lcm, prod


def egcd(a, b):
    if not b:
        return a, 1, 0
    g, x, y = egcd(b, a % b)
    return g, y, x - a // b * y


def inverse(a, m):
    g, x, _ = egcd(a, m)
    if g != 1:
        raise ValueError(f"{a} has no inverse modulo {m}")
    return x % m


def crt(pairs):
    n = prod(m for _, m in pairs)
    return sum(r * (n // m) * inverse(n // m, m) for r, m in pairs) % n


def phi(n):
    result, p = n, 2
    while p <= isqrt(n):
        if n % p == 0:
            while n % p == 0:
                n //= p
            result -= result // p
        p += 1
    return result - result // n if n > 1 else result


def order(a, n):
    return next(k for k in range(1, n) if pow(a, k, n) == 1)


print(egcd(240, 46), inverse(3, 11), crt([(2, 3), (3, 5), (2, 7)]), lcm(4, 6, 10), gcd(0, 5))
try:
    inverse(4, 8)
except ValueError as e:
    print(e)
p, q, e = 61, 53, 17
n, d = p * q, inverse(17, phi(61 * 53))
coded = [pow(ord(c), e, n) for c in "hi"]
print(coded, "".join(chr(pow(c, d, n)) for c in coded), pow(3, -1, 11))
print([phi(k) for k in range(1, 11)], order(3, 7), [a for a in range(1, 7) if order(a, 7) == 6])
