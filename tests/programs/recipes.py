"""Recipes scaled to the number of guests, a shopping list in rounded units."""

from math import ceil

RECIPES = {"soup": (2, {"carrot": 3, "onion": 1}), "cake": (8, {"egg": 4, "flour": 250, "carrot": 2})}
PACKS = {"egg": 6, "flour": 500}


def scaled(name, guests):
    serves, parts = RECIPES[name]
    return {item: n * guests / serves for item, n in parts.items()}


def shopping(guests, *names):
    total = {}
    for name in names:
        for item, n in scaled(name, guests).items():
            total[item] = total.get(item, 0) + n
    return {item: (ceil(n / PACKS.get(item, 1)), n) for item, n in sorted(total.items())}


for guests in (2, 9):
    for item, (packs, exact) in shopping(guests, *RECIPES).items():
        print(f"{guests} {item:8} {packs:3} ({exact:.2f})")
try:
    shopping(2, "pie")
except KeyError as e:
    print("no recipe for", e)
