"""A resolver with zones, delegations, a cache with lifetimes, loops found."""

from dataclasses import dataclass

ZONES = {
    "": {"org": ("NS", "org"), "com": ("NS", "com")},
    "org": {"example.org": ("A", "1.2.3.4", 30), "www.example.org": ("CNAME", "example.org", 10)},
    "com": {"a.com": ("CNAME", "b.com", 5), "b.com": ("CNAME", "a.com", 5), "c.com": ("CNAME", "www.example.org", 60)},
}


class ResolveError(LookupError):
    pass


@dataclass
class Entry:
    value: str
    until: int


class Resolver:
    def __init__(self):
        self.cache, self.now, self.asked = {}, 0, []

    def ask(self, zone, name):
        self.asked.append(zone or ".")
        found = ZONES[zone].get(name) or ZONES[zone].get(name.rpartition(".")[2])
        if found is None:
            raise ResolveError(f"{name} does not exist")
        return self.ask(found[1], name) if found[0] == "NS" else found

    def resolve(self, name, seen=()):
        if name in seen:
            raise ResolveError(" > ".join((*seen, name)))
        entry = self.cache.get(name)
        if entry is not None and entry.until > self.now:
            return entry.value
        kind, value, seconds = self.ask("", name)
        if kind == "CNAME":
            value = self.resolve(value, (*seen, name))
        self.cache[name] = Entry(value, self.now + seconds)
        return value


r = Resolver()
for pause, name in [(0, "c.com"), (0, "www.example.org"), (15, "www.example.org"), (0, "a.com"), (0, "x.org"), (50, "c.com")]:
    r.now += pause
    r.asked.clear()
    try:
        print(name, r.resolve(name), *r.asked)
    except ResolveError as e:
        print(name, "!", e, *r.asked)
print({name: e.until for name, e in r.cache.items()})
