"""A value that is pending is stored in a slot of which the name becomes known first."""
# latencies: {"g": 3}


class Time:
    __slots__ = ("_hidden", "minutes")

    def __init__(self, name, value):
        object.__setattr__(self, f"{ident(name)}", value)
        setattr(self, ident("_hidden"), value)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)

    def __hash__(self):
        return hash(self.minutes)


# ---- cell
a = Time("minutes", g(1))
print({a: 1}[a], a._hidden)
left = Time("minutes", g(2))
