"""`python -m tests.cpython [FILE ...]`: compares files of CPython's tests under the engine with plain Python.

Without names, all of `known.FILES`. `--seed`, `--share` (of the constants) and `--expressions` (of other expressions) choose what is pending.
"""

from __future__ import annotations

import argparse
import sys

from tests.cpython.compare import compare
from tests.cpython.known import FILES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=FILES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.1)
    parser.add_argument("--expressions", type=float, default=0.0)
    parser.add_argument("--only", default="", help="tests whose names contain this")
    parser.add_argument("--seconds", type=float, default=900)
    given = parser.parse_args()
    different = same = 0
    for name in given.files:
        result = compare(name, given.seed, given.share, given.expressions, given.only, given.seconds)
        print(result, flush=True)
        different += bool(result.differences)
        same += not result.differences
    print(f"{same} files the same, {different} different")
    return bool(different)


if __name__ == "__main__":
    sys.exit(main())
