"""Numbers by their digits: Armstrong, happy, perfect, palindromes, base conversion, check digits."""


def digits(n, base=10):
    out = []
    while n:
        n, d = divmod(n, base)
        out.append(d)
    return out[::-1] or [0]


def armstrong(n):
    ds = digits(n)
    return sum(d ** len(ds) for d in ds) == n


def happy(n, seen=()):
    if n == 1:
        return True
    return n not in seen and happy(sum(d * d for d in digits(n)), (*seen, n))


def luhn(text):
    total = 0
    for i, c in enumerate(reversed(text)):
        d = int(c)
        if i % 2:
            d = d * 2 - 9 * (d > 4)
        total += d
    return total % 10 == 0


def isbn(text):
    return sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(text)) % 11 == 0


print([n for n in (7, 153, 154) if armstrong(n)])
print([n for n in (1, 2, 7, 19) if happy(n)])
print([(n, "".join(map(str, digits(n, b)))) for n, b in ((10, 2), (255, 8), (7, 7), (0, 2))])
print([luhn(t) for t in ("79927398713", "79927398710")], isbn("080442957X"), isbn("0804429570"))
print([n for n in (6, 12, 28) if sum(d for d in range(1, n) if n % d == 0) == n])
n, tries = 56, 0
while str(n) != str(n)[::-1]:
    n, tries = n + int(str(n)[::-1]), tries + 1
print(n, tries, int("ff", 16), f"{n:x}")
