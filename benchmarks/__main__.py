"""`python -m benchmarks [NAME...]`: measures the figures (all by default) and prints them beside their goals."""

from __future__ import annotations

import argparse
from importlib import import_module


NAMES = ("gather", "growth", "shapes", "operation", "plain", "compiling", "loading", "empty", "memory")


def main() -> None:
    """Print each line as soon as it is known: some take minutes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what the engine costs.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which figures: {', '.join(NAMES)}")
    names = parser.parse_args().names or NAMES
    for name in names:
        if name not in NAMES:
            parser.error(f"there is no benchmark {name!r}: choose from {', '.join(NAMES)}")
    print(f"{'figure':<38} {'measured':>10} {'goal':>7} {'unit':<8} {'met':<4} note")
    for name in names:
        for figure in import_module(f".{name}", __package__).figures():
            goal = "" if figure.goal is None else f"{figure.goal:g}"
            met = {True: "yes", False: "NO", None: ""}[figure.met]
            print(f"{figure.name:<38} {figure.measured:>10,.2f} {goal:>7} {figure.unit:<8} {met:<4} {figure.note}", flush=True)


if __name__ == "__main__":
    main()
