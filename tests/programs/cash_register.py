"""A cash register: prices, discounts as functions, taxes, receipts."""

from functools import partial, reduce

PRICES = {"apple": 0.5, "bread": 2.2, "cheese": 4.75, "wine": 8.0}
TAX = {"wine": 0.2}


def percent_off(percent, basket):
    return [(name, n, price * (1 - percent / 100)) for name, n, price in basket]


def free_one(name, every, basket):
    return [(item, n - n // every if item == name else n, price) for item, n, price in basket]


def at_most(limit, basket):
    return [(item, min(n, limit), price) for item, n, price in basket]


class Register:
    def __init__(self, *offers):
        self.offers, self.items = offers, {}

    def scan(self, *names):
        for name in names:
            if name not in PRICES:
                print("unknown item", name)
                continue
            self.items[name] = self.items.get(name, 0) + 1
        return self

    def void(self, name):
        if self.items.get(name, 0) <= 1:
            self.items.pop(name, None)
        else:
            self.items[name] -= 1

    @property
    def lines(self):
        basket = [(name, n, PRICES[name]) for name, n in self.items.items()]
        return reduce(lambda b, offer: offer(b), self.offers, basket)

    def receipt(self):
        total = tax = 0
        for name, n, price in self.lines:
            total += n * price
            tax += n * price * TAX.get(name, 0.05)
            yield f"{name:<8}{n:>3} x {price:5.2f} = {n * price:6.2f}"
        yield f"{'total':<8}{total + tax:>20.2f} (tax {tax:.2f})"


r = Register(partial(free_one, "apple", 3), partial(percent_off, 10))
r.scan("apple", "bread", "apple", "pear", "apple", "wine").scan("cheese")
r.void("cheese")
r.void("nothing")
print("\n".join(r.receipt()))
print(*Register(partial(at_most, 1)).scan("bread", "bread").receipt(), sep="\n")
