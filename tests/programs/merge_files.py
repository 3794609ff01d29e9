"""Text files merged, split, counted and compared, in a temporary directory."""

import filecmp
import fileinput
import heapq
import tempfile
from itertools import groupby
from pathlib import Path


def write(path, lines):
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def merge(paths, target):
    files = [path.open() for path in paths]
    try:
        with target.open("w") as out:
            out.writelines(heapq.merge(*files))
    finally:
        for file in files:
            file.close()
    return target


def split(path, size):
    with path.open() as file:
        for k, group in groupby(enumerate(file), key=lambda pair: pair[0] // size):
            part = path.with_name(f"{path.stem}.{k}")
            part.write_text("".join(line for _, line in group))
            yield part


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        a = write(folder / "a.txt", ["apple", "fig", "pear"])
        b = write(folder / "b.txt", ["banana", "fig"])
        whole = merge([a, b], folder / "all.txt")
        print(whole.read_text().split())
        parts = list(split(whole, 2))
        print([p.name for p in parts], [len(p.read_text().splitlines()) for p in parts])
        joined = folder / "joined.txt"
        with joined.open("wb") as out:
            for part in parts:
                out.write(part.read_bytes())
        print(filecmp.cmp(joined, whole, shallow=False), filecmp.cmp(a, b, shallow=False))
        with fileinput.input([a, b]) as lines:
            print([f"{Path(lines.filename()).name}:{lines.filelineno()}:{line.strip()}" for line in lines])
        with whole.open() as file:
            print(file.readline().strip(), file.tell(), file.seek(0), sum(len(line) for line in file))
        with (folder / "log").open("x+") as log:
            print("first", file=log)
            log.write("second\n")
            log.seek(0)
            print(log.read().splitlines())
        try:
            (folder / "log").open("x")
        except FileExistsError as e:
            print(type(e).__name__)


main()
