"""`python -m tests.faults --count 2000`: how many random programs it takes to find each seeded fault."""

from __future__ import annotations

import argparse
import sys

from tests.faults.campaign import FIRST, LEVEL, first_that_finds
from tests.faults.faults import FAULTS


def main() -> int:
    """Run the programs; 1 if a fault was not found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="how many programs at most (default %(default)s)")
    parser.add_argument("--first", type=int, default=FIRST, help="the seed of the first program (default %(default)s)")
    parser.add_argument("--level", type=int, default=LEVEL, help="constructs admitted (default %(default)s)")
    parser.add_argument("faults", nargs="*", help="names of faults, by default all")
    args = parser.parse_args()
    missed = 0
    for name in args.faults or FAULTS:
        seed = first_that_finds(name, args.first, args.count, args.level)
        missed += seed is None
        print(f"{name}: " + (f"seed {seed}, program {seed - args.first + 1}" if seed is not None else "NOT FOUND"), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
