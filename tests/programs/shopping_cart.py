"""A cart with coupons that are tried in order, shipping, stock checks and receipts as dictionaries."""

from decimal import Decimal as D

STOCK = {"mug": (D("7.50"), 3), "tee": (D("19.99"), 1), "pin": (D("1.25"), 100)}


class CartError(Exception):
    pass


class Cart:
    def __init__(self):
        self.lines, self.coupons = {}, []

    def __getitem__(self, name):
        return self.lines.get(name, 0)

    def __setitem__(self, name, count):
        if name not in STOCK:
            raise CartError(f"unknown: {name}")
        if count > STOCK[name][1]:
            raise CartError(f"only {STOCK[name][1]} of {name}")
        if count <= 0:
            self.lines.pop(name, None)
        else:
            self.lines[name] = count

    def __len__(self):
        return sum(self.lines.values())

    @property
    def goods(self):
        return sum((STOCK[n][0] * k for n, k in self.lines.items()), D())

    def total(self):
        price = self.goods
        for coupon in self.coupons:
            price = coupon(self, price)
        shipping = D(0) if price >= 40 else D("4.90")
        return {"goods": self.goods, "price": price.quantize(D("0.01")), "shipping": shipping, "pay": (price + shipping).quantize(D("0.01"))}


def percent(p):
    return lambda cart, price: price * (100 - p) / 100


def off(amount, least):
    def coupon(cart, price):
        return price - D(amount) if price >= D(least) else price

    return coupon


cart = Cart()
for change in ("mug 2", "tee 1", "tee 2", "pin 10", "cap 1", "mug 1"):
    name, count = change.split()
    try:
        cart[name] += int(count)
        print(change, "->", len(cart), cart.goods)
    except CartError as e:
        print(change, "!", e)
print({k: str(v) for k, v in cart.total().items()})
cart.coupons += [percent(10), off("5", "45")]
print({k: str(v) for k, v in cart.total().items()})
cart["tee"] = 0
cart.coupons.reverse()
print(*cart.total().values(), cart["tee"])
