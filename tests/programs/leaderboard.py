"""A leaderboard with ties, streaks, and an undo history."""

import copy
from operator import attrgetter, itemgetter


class Player:
    def __init__(self, name):
        self.name, self.points, self.streak, self.results = name, 0, 0, []

    def record(self, won, by=1):
        self.results.append("W" if won else "L")
        self.streak = max(self.streak, 0) + 1 if won else min(self.streak, 0) - 1
        self.points += by * (2 if self.streak >= 3 else 1) if won else 0

    def __repr__(self):
        return f"{self.name}:{self.points}"


class Board:
    def __init__(self, *names):
        self.players = {n: Player(n) for n in names}
        self.history = []

    def play(self, winner, loser, by=1):
        self.history.append(copy.deepcopy(self.players))
        self.players[winner].record(True, by)
        self.players[loser].record(False)

    def undo(self):
        self.players = self.history.pop()

    def ranks(self):
        ordered = sorted(self.players.values(), key=attrgetter("name"))
        ordered.sort(key=attrgetter("points"), reverse=True)
        out, last = [], None
        for place, p in enumerate(ordered, 1):
            rank = out[-1][0] if last is not None and last.points == p.points else place
            out.append((rank, p))
            last = p
        return out


board = Board("ann", "bob", "cyd")
for game in [("ann", "bob"), ("ann", "cyd", 2), ("ann", "bob"), ("bob", "cyd", 4), ("cyd", "ann", 1)]:
    board.play(*game)
    print(" ".join(f"{rank}.{p}" for rank, p in board.ranks()))
board.undo()
print(board.ranks(), [p.streak for p in board.players.values()], len(board.history))
print({n: "".join(p.results) for n, p in board.players.items()})
table = [dict(name=p.name, points=p.points) for _, p in board.ranks()]
print(max(table, key=itemgetter("points")), list(map(itemgetter("name"), table)))
