"""A family: relations as properties and rules, ancestors, cousins, generations."""


class Person:
    everyone = {}

    def __init__(self, name, *parents):
        self.name, self.parents, self.children = name, parents, []
        for p in parents:
            p.children.append(self)
        Person.everyone[name] = self

    def __repr__(self):
        return self.name

    @property
    def siblings(self):
        return [c for p in self.parents[:1] for c in p.children if c is not self]

    def ancestors(self, depth=1):
        for p in self.parents:
            yield depth, p
            yield from p.ancestors(depth + 1)

    def descendants(self):
        for c in self.children:
            yield c
            yield from c.descendants()


def relation(a, b):
    if a is b:
        return "self"
    ups = {id(p): d for d, p in [(0, a), *a.ancestors()]}
    shared = [(ups[id(p)], d) for d, p in [(0, b), *b.ancestors()] if id(p) in ups]
    if not shared:
        return "not related"
    match min(shared, key=sum):
        case (1, 0):
            return "parent"
        case (0, 1):
            return "child"
        case (n, 0) | (0, n):
            return f"{'great-' * (n - 2)}grand{'parent' if min(shared)[0] else 'child'}"
        case (1, 1):
            return "sibling"
        case (2, 1):
            return "aunt or uncle"
        case (1, 2):
            return "niece or nephew"
        case (m, n):
            return f"cousin {min(m, n) - 1}, {abs(m - n)} removed"


eve, adam = Person("eve"), Person("adam")
ann, bob = Person("ann", eve, adam), Person("bob", eve, adam)
cyd, dan = Person("cyd", ann), Person("dan", bob, Person("zoe"))
fay = Person("fay", dan)
for x, y in [(ann, bob), (cyd, dan), (cyd, fay), (fay, eve), (eve, fay), (cyd, bob), (bob, cyd), (ann, eve), (cyd, Person.everyone["zoe"])]:
    print(f"{y} is to {x}: {relation(x, y)}")
print(list(eve.descendants()), sorted(fay.ancestors(), key=lambda p: (p[0], p[1].name)), cyd.siblings, ann.siblings)
