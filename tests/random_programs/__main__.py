"""`python -m tests.random_programs --count 10000 --seed 0`: run random programs both ways and print, shrunk, those that differ."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from tests.equivalence import AXES, Different, check
from tests.random_programs.campaign import PROCESSORS, Options, campaign, write
from tests.random_programs.generator import constructs, generate


FOUND = Path(__file__).parent / "found"


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.random_programs", description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="how many programs (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first")
    parser.add_argument(
        "--level", type=int, default=5, choices=range(1, 8),
        help="constructs admitted, from simple (1) to all (5); with many names for one list (6), or as programs around models have them (7)",
    )
    parser.add_argument("--only", default="", help="constructs besides those of level 1, separated by commas; see --list")
    parser.add_argument("--max-size", type=int, default=25, help="statements in a program, at most (default %(default)s)")
    parser.add_argument("--orders", type=int, default=6, help="orders of completion per program, besides the ideal one")
    parser.add_argument("--but", default="", help="axes not to compare, separated by commas, such as 'order of names,traceback'")
    parser.add_argument("--jobs", type=int, default=min(2, PROCESSORS), help="processes")
    parser.add_argument("--most", type=int, default=20, help="stop after so many failures")
    parser.add_argument("--shrink", type=float, default=45.0, help="seconds to shrink a failure; 0: not at all")
    parser.add_argument("--out", type=Path, default=FOUND, help="folder for files of failures (default %(default)s)")
    parser.add_argument("--list", action="store_true", help="list the constructs with their levels")
    parser.add_argument("--show", action="store_true", help="print the program of the seed, run it, and print how it differs")
    return parser.parse_args()


def main() -> int:
    """Run the programs; 1 if one differs."""
    args = arguments()
    known = constructs()
    only = [name.strip() for name in args.only.split(",") if name.strip()]
    if unknown := [name for name in only if name not in known]:
        print(f"no such construct: {', '.join(unknown)}; --list shows them all", file=sys.stderr)
        return 2
    if args.list:
        print("\n".join(f"{level}  {name}" for name, level in known.items()))
        return 0
    but = [axis.strip() for axis in args.but.split(",") if axis.strip()]
    if unknown := [axis for axis in but if axis not in AXES]:
        print(f"no such axis: {', '.join(unknown)}; there are {', '.join(AXES)}", file=sys.stderr)
        return 2
    options = Options(args.level, only, args.max_size, args.orders, but, args.shrink)
    return show(args, options) if args.show else run(args, options)


def show(args: argparse.Namespace, options: Options) -> int:
    """One program."""
    source = generate(args.seed, options.level, options.only, options.size).source
    print(source)
    try:
        print(check(source, orders=options.orders, but=options.but, seed=args.seed, engine=options.engine), "runs, no difference")
    except Different as different:
        print(different)
        return 1
    return 0


def run(args: argparse.Namespace, options: Options) -> int:
    """All programs."""
    used: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    done = runs = skipped = 0
    began = time.monotonic()
    for result in campaign(range(args.seed, args.seed + args.count), options, args.jobs):
        done += 1
        runs += result.runs
        skipped += not result.runs
        used.update(set(result.used))
        if result.failure is not None:
            kinds[result.failure.kind] += 1
            path = write(result.failure, options, args.out)
            print(f"\n==== seed {result.seed}: {result.failure.kind} -> {path}\n{result.failure.message}", flush=True)
            if sum(kinds.values()) >= args.most:
                print(f"\nstopped after {args.most} failures")
                break
        if sys.stderr.isatty():
            print(f"\r{done}/{args.count} programs, {sum(kinds.values())} differ", end="", file=sys.stderr)
    possible = [
        name
        for name, level in constructs().items()
        if level <= options.level and (level == 1 or not options.only or name in options.only)
    ]
    print(
        f"\n{done} programs ({skipped} without end left out), {runs} runs, {time.monotonic() - began:.0f} s, {sum(kinds.values())} differ"
    )
    for kind, count in kinds.most_common():
        print(f"  {count} {kind}")
    print("programs with each construct: " + ", ".join(f"{name} {count}" for name, count in used.most_common()))
    print("never used: " + (", ".join(name for name in possible if not used[name]) or "none"))
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
