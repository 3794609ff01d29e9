"""A sparse matrix over a dict: arithmetic, transposes, powers, graphs as matrices."""

from collections import defaultdict


class Sparse:
    def __init__(self, rows, columns, cells=()):
        self.shape = rows, columns
        self.cells = defaultdict(int)
        for place, value in dict(cells).items():
            self[place] = value

    def __setitem__(self, place, value):
        r, c = place
        if not (0 <= r < self.shape[0] and 0 <= c < self.shape[1]):
            raise IndexError(place)
        if value:
            self.cells[place] = value
        else:
            self.cells.pop(place, None)

    def __getitem__(self, place):
        return self.cells.get(place, 0)

    def __add__(self, other):
        out = Sparse(*self.shape, self.cells)
        for place, value in other.cells.items():
            out[place] += value
        return out

    def __matmul__(self, other):
        by_row = defaultdict(list)
        for (r, c), v in other.cells.items():
            by_row[r].append((c, v))
        sums = defaultdict(int)
        for (r, k), v in self.cells.items():
            for c, w in by_row[k]:
                sums[r, c] += v * w
        return Sparse(self.shape[0], other.shape[1], sums)

    def __pow__(self, n):
        return self if n == 1 else self @ self ** (n - 1)

    @property
    def T(self):
        return Sparse(*reversed(self.shape), {(c, r): v for (r, c), v in self.cells.items()})

    def __str__(self):
        return "\n".join(" ".join(str(self[r, c]) for c in range(self.shape[1])) for r in range(self.shape[0]))


edges = Sparse(4, 4, {(0, 1): 1, (1, 2): 1, (2, 0): 1, (2, 3): 1})
print(edges)
print(len((edges**3).cells), (edges**3)[0, 0], (edges + edges.T)[1, 0], edges.T.T.cells == edges.cells)
edges[0, 1] -= 1
print(len(edges.cells), (edges @ edges)[1, 3], sum(edges.cells.values()))
try:
    edges[4, 0] = 1
except IndexError as e:
    print("outside", e)
