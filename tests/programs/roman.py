"""Roman numerals and back."""

TABLE = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def roman(n):
    out = []
    for value, text in TABLE:
        times, n = divmod(n, value)
        out.append(text * times)
    return "".join(out)


def number(text):
    values = [dict((t, v) for v, t in TABLE)[c] for c in text]
    return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


for n in (4, 9, 14, 1987, 2024, 3999):
    text = roman(n)
    print(f"{n:>5} {text:<12} {number(text) == n}")
