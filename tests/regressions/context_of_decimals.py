"""What decimals give goes by the context of their place in the program: not by one that a body which still waits has entered."""

from decimal import Context, Decimal, DivisionByZero, InvalidOperation, getcontext, localcontext, setcontext


def third(d):
    return d / 3


def places(n):
    getcontext().prec = n


def places_of(context, n):
    context.prec = n


def replaced(n):
    setcontext(Context(prec=n))


# ---- cell
before = getcontext()
setcontext(Context())
with localcontext() as context:
    context.prec = 4
    context.traps[DivisionByZero] = False
    if num(1):
        print(third(Decimal(1)), Decimal(1) / 0)
print(third(Decimal(1)), f"{Decimal(2) / 3}", sum([Decimal("1.23456"), Decimal(1) / 7]), round(Decimal("1.2345678"), 6))
print(-Decimal("0.12345678901234567890123456789012345"), [d / 9 for d in map(Decimal, "12")])
try:
    Decimal(1) / 0
except DivisionByZero:
    print("zero")
with localcontext() as context:
    (context if num(1) else None).prec = 6
    context.traps[InvalidOperation] = False
    print(Decimal(num(1)) / Decimal(7), Decimal("no"))
try:
    print(Decimal("no"))
except InvalidOperation:
    print("no number")
a = Decimal(num(1)) / 3
places(num(5))
b = Decimal(num(1)) / 3, Decimal(1) / 3
places_of(getcontext(), num(6))
c = Decimal(1) / 3
replaced(num(7))
d = Decimal(1) / 3
setcontext(before)
e = Decimal(1) / 3
del before, context
