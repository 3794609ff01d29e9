"""A vending machine as a state machine, driven by a table of transitions."""

from enum import Enum


class S(Enum):
    IDLE = "idle"
    PAYING = "paying"
    DONE = "done"


class Machine:
    PRICES = {"tea": 120, "mate": 150}
    COINS = (10, 20, 50, 100)

    def __init__(self):
        self.state, self.chosen, self.paid, self.sales = S.IDLE, None, 0, []

    def __call__(self, event, value=None):
        handler = self.TABLE.get((self.state, event))
        if handler is None:
            return f"{event} is not possible while {self.state.value}"
        answer, self.state = handler(self, value)
        return answer

    def choose(self, name):
        if name not in self.PRICES:
            return f"no {name}", S.IDLE
        self.chosen, self.paid = name, 0
        return f"{name} costs {self.PRICES[name] / 100:.2f}", S.PAYING

    def coin(self, value):
        if value not in self.COINS:
            return f"{value} falls through", S.PAYING
        self.paid += value
        missing = self.PRICES[self.chosen] - self.paid
        return (f"{missing} to go", S.PAYING) if missing > 0 else ("ready", S.DONE)

    def take(self, _):
        change, rest = [], self.paid - self.PRICES[self.chosen]
        for c in reversed(self.COINS):
            n, rest = divmod(rest, c)
            change += [c] * n
        self.sales.append(self.chosen)
        return f"{self.chosen} and {change}", S.IDLE

    def cancel(self, _):
        back, self.paid = self.paid, 0
        return f"{back} back", S.IDLE

    TABLE = {
        (S.IDLE, "choose"): choose, (S.PAYING, "coin"): coin, (S.PAYING, "cancel"): cancel, (S.DONE, "take"): take,
    }


m = Machine()
for event in ["coin 50", "choose soup", "choose tea", "coin 100", "coin 3", "coin 50", "cancel", "take", "choose mate", "coin 20", "cancel"]:
    name, *rest = event.split()
    value = rest[0] if rest else None
    print(f"{event:12} {m(name, int(value) if value and value.isdigit() else value)}")
print(m.state, m.sales, len(Machine.TABLE))
