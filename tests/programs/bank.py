"""Accounts with rules, exceptions of our own, a log."""


class Overdrawn(Exception):
    def __init__(self, account, missing):
        super().__init__(f"{account.owner} lacks {missing}")
        self.missing = missing


class Account:
    count = 0

    def __init__(self, owner, balance=0):
        type(self).count += 1
        self.number = Account.count
        self.owner = owner
        self._balance = balance
        self.log = []

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, value):
        if value < 0:
            raise Overdrawn(self, -value)
        self.log.append((self._balance, value))
        self._balance = value

    def pay(self, other, amount):
        self.balance -= amount
        other.balance += amount

    def __repr__(self):
        return f"<{self.number} {self.owner} {self.balance}>"


class Savings(Account):
    rate = 0.1

    def year(self):
        self.balance = round(self.balance * (1 + self.rate), 2)


a, b = Account("ann", 100), Savings("bob")
for amount in (30, 50, 40):
    try:
        a.pay(b, amount)
    except Overdrawn as e:
        print("refused:", e, e.missing)
    else:
        print("paid", amount)
    finally:
        print(a, b)
b.year()
print(b, b.log, Account.count, Savings.count)
