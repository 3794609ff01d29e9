"""Money in decimals: rounding modes, contexts, allocation without loss of cents."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation, getcontext, localcontext

CENT = Decimal("0.01")
RATES = {"EUR": Decimal("1"), "USD": Decimal("1.0837"), "JPY": Decimal("162.55")}


def convert(amount, source, target):
    return (amount / RATES[source] * RATES[target]).quantize(CENT, ROUND_HALF_UP)


def allocate(amount, shares):
    total = sum(shares)
    parts = [(amount * s / total).quantize(CENT, ROUND_DOWN) for s in shares]
    k = 0
    while sum(parts) < amount:
        parts[k] += CENT
        k += 1
    return parts


print(convert(Decimal("100"), "EUR", "USD"), convert(Decimal("100"), "USD", "JPY"))
print(allocate(Decimal("10.00"), [1, 1, 1]), allocate(Decimal("0.05"), [3, 7]))
print([Decimal(x).quantize(Decimal(1), ROUND_HALF_EVEN) for x in ("0.5", "1.5", "2.5")])


def precisely(n):
    with localcontext() as context:
        context.prec = n
        print(Decimal(1) / Decimal(7), getcontext().prec)


precisely(6)
print(Decimal(1) / Decimal(7), getcontext().prec)
for text in ("12.50", "twelve", "1e3"):
    try:
        print(f"{Decimal(text):,.2f}")
    except InvalidOperation:
        print("not a number:", text)
print(Decimal("0.1") + Decimal("0.2") == Decimal("0.3"), 0.1 + 0.2 == 0.3, Decimal("NaN").is_nan())
print(sum(map(Decimal, ["1.10", "2.20"]), Decimal()), Decimal("-3.7") // 1, Decimal("123.456").as_tuple().exponent)
