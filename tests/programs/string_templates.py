"""Templates: string.Template, format_map with defaults, custom formatters, f-strings with everything."""

import string
from datetime import date


class Default(dict):
    def __missing__(self, key):
        return f"<{key}>"


class Shout(string.Formatter):
    def convert_field(self, value, conversion):
        return str(value).upper() + "!" if conversion == "u" else super().convert_field(value, conversion)

    def get_value(self, key, args, kwargs):
        return kwargs.get(key, "?") if isinstance(key, str) else super().get_value(key, args, kwargs)


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __format__(self, spec):
        if spec == "words":
            return f"{self.cents // 100} and {self.cents % 100} cents"
        return format(self.cents / 100, spec or ".2f")


t = string.Template("$who owes ${amount}0 $$ to $whom")
print(t.safe_substitute(who="ann", amount=3), sorted(t.get_identifiers()) if hasattr(t, "get_identifiers") else ["amount", "who", "whom"])
try:
    t.substitute(who="ann")
except KeyError as e:
    print("missing", e)
print("{a} and {b[x]} {c.year} {d!r:>6}".format_map(Default(a=1, b={"x": 2}, c=date(2024, 1, 2), d="q")), "{no}".format_map(Default()))
print(Shout().format("{0} {name!u} {other}", "hi", name="bob"), f"{Money(1234)} {Money(1234):words} {Money(5):>8.1f}")
n, w, items = 255, 12, [1, 2]
print(f"{n:#x} {n:08b} {n:e} {n!s:*^{w}} {n=} {items!r} {'a' if n else 'b'} {{}} {sum(items):+} {-n:,}")
print(f"{date(2024, 2, 3):%d.%m.%y} {1e6:g} {0.1 + 0.2:.17g} {1 / 3:.1%} {'é':>3}|{True:d}|{None!s:5}|{3 + 4j:.1f}")
print("%s %r %5.2f %-4d| %c %%" % ("a", "b", 3.14159, 7, "x"), "{:>{}}".format("r", 4), "{:{f}{a}5}".format("m", f=".", a="^"))
for wrong in (lambda: "{} {}".format(1), lambda: "%d" % "x", lambda: f"{'s':d}", lambda: "{0}{}".format(1, 2)):
    try:
        wrong()
    except (IndexError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
