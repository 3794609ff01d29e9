"""A round-robin schedule, a table with tie-breaks, a knockout bracket."""

from collections import defaultdict
from functools import cmp_to_key


def rounds(teams):
    teams = list(teams) + [None] * (len(teams) % 2)
    n = len(teams)
    for k in range(n - 1):
        pairs = [(teams[i], teams[n - 1 - i]) for i in range(n // 2)]
        yield k + 1, [p if k % 2 == 0 else p[::-1] for p in pairs if None not in p]
        teams.insert(1, teams.pop())


STRENGTH = {"lions": 7, "bears": 5, "owls": 5, "ants": 2, "cats": 6}


def play(a, b):
    return max(0, STRENGTH[a] - len(b) + 1) // 2, max(0, STRENGTH[b] - len(a)) // 2


class Row:
    def __init__(self):
        self.points = self.scored = self.conceded = 0

    def add(self, scored, conceded):
        self.scored += scored
        self.conceded += conceded
        self.points += 3 * (scored > conceded) + (scored == conceded)


table, results = defaultdict(Row), {}
for number, pairs in rounds(STRENGTH):
    for a, b in pairs:
        x, y = results[a, b] = play(a, b)
        table[a].add(x, y)
        table[b].add(y, x)
    print(number, ", ".join(f"{a} {results[a, b][0]}:{results[a, b][1]} {b}" for a, b in pairs))


def compare(a, b):
    for key in (lambda r: r.points, lambda r: r.scored - r.conceded, lambda r: r.scored):
        if key(table[a]) != key(table[b]):
            return key(table[b]) - key(table[a])
    return (a > b) - (a < b)


order = sorted(table, key=cmp_to_key(compare))
for place, team in enumerate(order, 1):
    r = table[team]
    print(f"{place}. {team:6}{r.points:3}{r.scored:4}:{r.conceded}")
left = order[:4]
while len(left) > 1:
    left = [a if STRENGTH[a] >= STRENGTH[b] else b for a, b in zip(left, reversed(left))][: len(left) // 2]
    print(left)
