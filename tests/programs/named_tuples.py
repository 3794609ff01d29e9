"""Named tuples: defaults, replacing, methods, unpacking, sorting, conversion."""

from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x y z", defaults=[0])


class Employee(NamedTuple):
    name: str
    pay: float = 1000.0
    boss: str | None = None

    @property
    def yearly(self):
        return self.pay * 12

    def raised(self, percent):
        return self._replace(pay=round(self.pay * (1 + percent / 100), 2))


p = Point(1, 2)
x, y, *rest = p
print(p, p.z, x + y, rest, p == (1, 2, 0), Point._make([4, 5, 6]), p._asdict())
staff = [Employee("ann", 3000), Employee("bob", 2000.5, "ann"), Employee("cyd", boss="bob")]
by_name = {e.name: e for e in staff}


def chain(e):
    while e:
        yield e.name
        e = by_name.get(e.boss)


for e in sorted(staff, key=lambda e: (-e.pay, e.name)):
    print(f"{e.name} {e.yearly:9.1f} {' < '.join(chain(e))}")
print(by_name["cyd"].raised(10), staff[1]._fields, Employee._field_defaults)
print(max(staff, key=lambda e: e.yearly).name, [e for e in staff if not e.boss][0].pay, Point(*"abc"), hash(p) == hash((1, 2, 0)))
for wrong in (lambda: p._replace(q=1), lambda: Point(1), lambda: setattr(p, "x", 3), lambda: namedtuple("Bad", "a def")):
    try:
        wrong()
    except (TypeError, ValueError, AttributeError) as e:
        print(type(e).__name__, str(e)[:45])
