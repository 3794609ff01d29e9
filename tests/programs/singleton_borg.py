"""Singletons by metaclass, by module, by __new__; shared state; multitons."""


class Single(type):
    _made = {}

    def __call__(cls, *args, **kwargs):
        if cls not in cls._made:
            cls._made[cls] = super().__call__(*args, **kwargs)
        return cls._made[cls]


class Config(metaclass=Single):
    def __init__(self, **values):
        print("made", values)
        self.values = values


class Log(metaclass=Single):
    lines = []

    def write(self, line):
        self.lines.append(line)
        return self


class Borg:
    _state = {}

    def __init__(self):
        self.__dict__ = self._state


class Currency:
    _all = {}

    def __new__(cls, code):
        code = code.upper()
        if code not in cls._all:
            made = super().__new__(cls)
            made.code, made.uses = code, 0
            cls._all[code] = made
        return cls._all[code]

    def __init__(self, code):
        self.uses += 1

    def __repr__(self):
        return f"{self.code}({self.uses})"


a, b = Config(x=1), Config(y=2)
print(a is b, b.values, Log() is Log(), Log().write("one").write("two").lines, isinstance(a, Config))
x, y = Borg(), Borg()
x.name = "shared"
print(y.name, x is y, vars(x) is vars(y), Borg._state)
print(Currency("eur") is Currency("EUR"), Currency("usd"), Currency("eur"), list(Currency._all), len(Single._made))
