"""Minesweeper: counts, floods, flags, a win and a loss, from a script."""

BOARD = ["..*..", ".....", "*....", "....*"]


class Boom(Exception):
    pass


class Mines:
    def __init__(self, rows):
        self.rows, self.shown, self.flags = rows, set(), set()
        self.h, self.w = len(rows), len(rows[0])

    def around(self, r, c):
        for dr in (-1, 0, 1):
            for dc in (-1, 0, 1):
                if (dr or dc) and 0 <= r + dr < self.h and 0 <= c + dc < self.w:
                    yield r + dr, c + dc

    def mine(self, place):
        return self.rows[place[0]][place[1]] == "*"

    def count(self, place):
        return sum(map(self.mine, self.around(*place)))

    def open(self, place):
        if place in self.flags or place in self.shown:
            return 0
        if self.mine(place):
            raise Boom(place)
        todo, opened = [place], 0
        while todo:
            at = todo.pop()
            if at in self.shown:
                continue
            self.shown.add(at)
            opened += 1
            if not self.count(at):
                todo += [n for n in self.around(*at) if n not in self.shown]
        return opened

    @property
    def won(self):
        return len(self.shown) + sum(row.count("*") for row in self.rows) == self.h * self.w

    def __str__(self):
        def cell(p):
            return "F" if p in self.flags else "#" if p not in self.shown else str(self.count(p) or ".")

        return "\n".join("".join(cell((r, c)) for c in range(self.w)) for r in range(self.h))


game = Mines(BOARD)
print(game.open((1, 0)), game.open((1, 0)))
game.flags |= {(0, 2), (2, 0)}
print(game.open((3, 3)), game.open((2, 0)), game.open((1, 4)))
print(game)
for place in [(0, 0), (0, 1), (3, 4)]:
    try:
        print(place, game.open(place), game.won)
    except Boom as e:
        print("boom at", *e.args)
print(sum(game.mine((r, c)) for r in range(game.h) for c in range(game.w)))
