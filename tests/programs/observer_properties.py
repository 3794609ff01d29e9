"""Observed properties with dependencies that are computed anew; history."""


class Observed:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, owner=None):
        return self if obj is None else obj._values.get(self.name)

    def __set__(self, obj, value):
        old = obj._values.get(self.name)
        if old != value:
            obj._values[self.name] = value
            obj._changed(self.name, old, value)


class Computed:
    def __init__(self, *needs):
        self.needs = needs

    def __call__(self, function):
        self.function = function
        return self

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, owner=None):
        if self.name not in obj._cache:
            obj._cache[self.name] = self.function(obj)
        return obj._cache[self.name]


class Model:
    def __init__(self, **values):
        self._values, self._cache, self._watchers, self.count = {}, {}, [], 0
        for k, v in values.items():
            setattr(self, k, v)

    def watch(self, f):
        self._watchers.append(f)
        return f

    def _changed(self, name, old, new):
        for key, attribute in vars(type(self)).items():
            if isinstance(attribute, Computed) and name in attribute.needs:
                self._cache.pop(key, None)
        for f in self._watchers:
            f(self, name, old, new)


class Rectangle(Model):
    w, h = Observed(), Observed()

    @Computed("w", "h")
    def area(self):
        self.count += 1
        return self.w * self.h


r = Rectangle(w=2, h=3)


@r.watch
def show(obj, name, old, new):
    print(f"{name}: {old} -> {new}, area {obj.area}")


print(r.area, r.area, r.count)
r.w = 5
r.w = 5
r.h += 1
print(r.area, r.count, r._values, Rectangle.w.name)
