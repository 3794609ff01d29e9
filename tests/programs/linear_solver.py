"""Gaussian elimination with fractions, determinants, inverses, least squares."""

from copy import deepcopy
from fractions import Fraction


class Singular(ArithmeticError):
    pass


def solve(matrix, *rights):
    n = len(matrix)
    rows = [[Fraction(x) for x in row] + [Fraction(r[i]) for r in rights] for i, row in enumerate(matrix)]
    determinant = Fraction(1)
    for c in range(n):
        pivot = next((r for r in range(c, n) if rows[r][c]), None)
        if pivot is None:
            raise Singular(f"column {c}")
        if pivot != c:
            rows[c], rows[pivot] = rows[pivot], rows[c]
            determinant = -determinant
        determinant *= rows[c][c]
        rows[c] = [x / rows[c][c] for x in rows[c]]
        for r in range(n):
            if r != c and rows[r][c]:
                rows[r] = [x - rows[r][c] * y for x, y in zip(rows[r], rows[c])]
    return determinant, [[row[n + k] for row in rows] for k in range(len(rights))]


def inverse(matrix):
    n = len(matrix)
    _, columns = solve(matrix, *[[int(i == k) for i in range(n)] for k in range(n)])
    return [list(row) for row in zip(*columns)]


def times(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


a = [[2, 1, -1], [-3, -1, 2], [-2, 1, 2]]
determinant, [x] = solve(a, [8, -11, -3])
print(determinant, *x)
inv = inverse(a)
print([[str(v) for v in row] for row in inv], times(a, inv) == [[int(i == j) for j in range(3)] for i in range(3)])
try:
    solve([[1, 2], [2, 4]], [1, 2])
except Singular as e:
    print("singular", e)
xs, ys = [0, 1, 2, 3], [1, 3, 4, 8]
_, [[c, m]] = solve([[len(xs), sum(xs)], [sum(xs), sum(v * v for v in xs)]], [sum(ys), sum(p * q for p, q in zip(xs, ys))])
print(f"y = {m} x + {c}", [float(m * v + c) for v in xs], a == deepcopy(a))
