"""What `__repr__` answers is a placeholder that has become known, or turns out to be no plain text: it is waited for and looked at."""


class Account:
    def __init__(self, balance=0):
        self._balance = balance

    @ident(property)
    def balance(self):
        return ident(self)._balance

    def __repr__(self):
        return f"<{self.balance}>"


# ---- cell
a = Account(100)
for amount in (30, 50):
    try:
        a._balance = a.balance - ident(amount)
    except ValueError:
        pass
    finally:
        print(a)
