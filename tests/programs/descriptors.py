"""Descriptors that validate, cache and log; who owns what."""


class Typed:
    def __init__(self, kind, default=None):
        self.kind, self.default = kind, default

    def __set_name__(self, owner, name):
        self.name = name
        owner.fields = getattr(owner, "fields", ()) + (name,)

    def __get__(self, obj, owner=None):
        return self if obj is None else obj.__dict__.get(self.name, self.default)

    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name} must be {self.kind.__name__}, not {type(value).__name__}")
        obj.__dict__[self.name] = value

    def __delete__(self, obj):
        if self.name not in obj.__dict__:
            raise AttributeError(self.name)
        del obj.__dict__[self.name]


class Lazy:
    def __init__(self, function):
        self.function, self.name = function, function.__name__

    def __get__(self, obj, owner):
        if obj is None:
            return self
        value = obj.__dict__[self.name] = self.function(obj)
        return value


class Person:
    name = Typed(str, "nobody")
    age = Typed(int, 0)

    def __init__(self, **values):
        for key, value in values.items():
            setattr(self, key, value)

    @Lazy
    def initials(self):
        print("computing")
        return "".join(w[0] for w in self.name.split())


p = Person(name="Ada Lovelace", age=36)
print(p.name, p.age, Person.fields, p.initials, p.initials)
for name, value in [("age", "old"), ("name", 3), ("age", 37)]:
    try:
        setattr(p, name, value)
        print("set", name)
    except TypeError as e:
        print(e)
del p.age
print(p.age, vars(p), type(Person.name).__name__)
try:
    del p.age
except AttributeError as e:
    print("gone:", e)
