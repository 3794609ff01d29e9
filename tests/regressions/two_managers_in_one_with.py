"""`with a, b`: what the outer manager's `as` still binds is claimed though the inner `with` stands at the same place."""


class M:
    def __init__(self, n):
        self.n = n

    def __enter__(self):
        return self.n

    def __exit__(self, *failure):
        print("out", self.n)


with M(f(1)) as a, M(f(2)) as b:
    pass
seen = a, b
