"""Formulas parsed with nested groups, molar masses, balancing by search."""

import re
from collections import Counter
from itertools import product

MASS = {"H": 1.008, "C": 12.011, "O": 15.999, "Na": 22.99, "Cl": 35.45, "Ca": 40.078, "Fe": 55.845}


def parse(formula):
    stack = [Counter()]
    for element, count, opening, closing, times in re.findall(r"([A-Z][a-z]?)(\d*)|(\()|(\))(\d*)", formula):
        if element:
            if element not in MASS:
                raise KeyError(element)
            stack[-1][element] += int(count or 1)
        elif opening:
            stack.append(Counter())
        elif closing:
            group = stack.pop()
            for name, n in group.items():
                stack[-1][name] += n * int(times or 1)
    if len(stack) != 1:
        raise ValueError(f"unbalanced: {formula}")
    return stack[0]


def mass(formula):
    return sum(MASS[e] * n for e, n in parse(formula).items())


def balance(left, right, most=4):
    for counts in product(range(1, most + 1), repeat=len(left) + len(right)):
        sides = [Counter(), Counter()]
        for k, (n, formula) in enumerate(zip(counts, left + right)):
            for element, m in parse(formula).items():
                sides[k >= len(left)][element] += n * m
        if sides[0] == sides[1]:
            return counts
    return None


for formula in ("H2O", "NaCl", "Ca(OH)2", "C6H12O6", "Xx2", "Ca(OH"):
    try:
        print(f"{formula:8} {mass(formula):8.3f} {dict(parse(formula))}")
    except (KeyError, ValueError) as e:
        print(f"{formula:8} {type(e).__name__} {e}")
print(balance(["H2", "O2"], ["H2O"], 2), balance(["H2"], ["O2"], 2))
