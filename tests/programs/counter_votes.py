"""Elections: plurality, run-offs, Borda counts, with Counter arithmetic."""

from collections import Counter

ballots = ["abc"] * 5 + ["bca"] * 4 + ["cba"] * 3 + ["acb"] * 2


def plurality(ballots):
    return Counter(b[0] for b in ballots).most_common()


def runoff(ballots):
    rounds = []
    left = set("".join(ballots))
    while True:
        tally = Counter(next(c for c in b if c in left) for b in ballots)
        rounds.append(dict(sorted(tally.items())))
        winner, votes = tally.most_common(1)[0]
        if votes * 2 > len(ballots):
            return winner, rounds
        left.remove(min(sorted(left), key=lambda c: tally[c]))


def borda(ballots):
    points = Counter()
    for b in ballots:
        points.update({c: len(b) - i - 1 for i, c in enumerate(b)})
    return points


def beats(x, y):
    return sum(1 if b.index(x) < b.index(y) else -1 for b in ballots) > 0


print(plurality(ballots))
winner, rounds = runoff(ballots)
for k, tally in enumerate(rounds, 1):
    print("round", k, tally)
print("winner", winner)
points = borda(ballots)
print(points.most_common(), points.total())
print([x for x in "abc" if all(beats(x, y) for y in "abc" if y != x)])
first, second = Counter(b[0] for b in ballots), Counter(b[1] for b in ballots)
print(first + second, first - second, first & second, first | second)
print(sorted((first - Counter(a=20)).elements()), +Counter(a=1, b=-1))
