"""Advent-like puzzles: instructions, folded paper, bingo, depths, crabs."""

from collections import Counter
from statistics import median


def depths(numbers):
    return sum(b > a for a, b in zip(numbers, numbers[1:])), sum(b > a for a, b in zip(numbers, numbers[3:]))


def dive(lines):
    x = y = aim = 0
    for line in lines:
        match line.split():
            case ["forward", n]:
                x += int(n)
                y += aim * int(n)
            case ["down" | "up" as way, n]:
                aim += int(n) if way == "down" else -int(n)
    return x * y


def fold(dots, axis, at):
    out = set()
    for x, y in dots:
        if axis == "x" and x > at:
            x = 2 * at - x
        if axis == "y" and y > at:
            y = 2 * at - y
        out.add((x, y))
    return out


def bingo(board, draws):
    lines = [set(row) for row in board] + [set(column) for column in zip(*board)]
    for turn, n in enumerate(draws, 1):
        for line in lines:
            line.discard(n)
            if not line:
                return turn, n * sum(set().union(*lines))
    return None


def fish(ages, days):
    school = Counter(ages)
    for _ in range(days):
        born = school.pop(0, 0)
        school = Counter({age - 1: n for age, n in school.items()})
        school[6] += born
        school[8] += born
    return school.total()


print(depths([199, 200, 208, 210, 200, 207]), dive(["forward 5", "down 5", "forward 8", "up 3", "down 8", "forward 2"]))
dots = fold({(6, 10), (0, 14), (0, 3), (6, 4), (4, 11), (10, 4)}, "y", 7)
print(len(dots), sorted(fold(dots, "x", 5))[:2])
print(bingo([[1, 2], [3, 4]], [9, 4, 1, 2]), bingo([[1, 2], [3, 4]], [1, 4]), fish([3, 4, 3, 1, 2], 8))
crabs = [16, 1, 2, 0, 4, 2, 7, 1, 2, 14]
print(int(sum(abs(c - median(crabs)) for c in crabs)), min(sum(d * (d + 1) // 2 for c in crabs for d in [abs(c - p)]) for p in (4, 5, 6)))
