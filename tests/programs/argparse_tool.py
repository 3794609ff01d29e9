"""A command line with subcommands, parsed from lists; errors are shown, not raised."""

import argparse
import contextlib
import io


def build():
    parser = argparse.ArgumentParser(prog="tool", exit_on_error=False)
    parser.add_argument("-v", "--verbose", action="count", default=0)
    commands = parser.add_subparsers(dest="command")
    add = commands.add_parser("add")
    add.add_argument("numbers", nargs="+", type=float)
    add.add_argument("--round", type=int, default=2)
    show = commands.add_parser("show")
    show.add_argument("what", choices=["names", "sizes"])
    show.add_argument("--limit", type=int)
    return parser


NAMES = {"ann": 3, "bob": 5, "cyd": 1}


def main(argv):
    args = build().parse_args(argv)
    if args.verbose:
        print("verbose", args.verbose)
    match args.command:
        case "add":
            print("sum", round(sum(args.numbers), args.round))
        case "show":
            items = list(NAMES if args.what == "names" else NAMES.values())
            print(*items[: args.limit])
        case None:
            print("nothing to do")


for line in ["add 1 2.5 3.25", "-vv add 1.23456 --round 3", "show names --limit 2", "show sizes", "-v"]:
    main(line.split())
for line in ["show colours", "add x"]:
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors):
        try:
            main(line.split())
        except SystemExit as e:
            print("exit", e.code, errors.getvalue().splitlines()[-1][:40])
        except argparse.ArgumentError as e:
            print("error", str(e)[:60])
