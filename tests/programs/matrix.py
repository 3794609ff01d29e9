"""Matrices with operators, determinants, transposition."""


class Matrix:
    def __init__(self, rows):
        self.rows = [list(row) for row in rows]

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    def __matmul__(self, other):
        return Matrix([[sum(a * b for a, b in zip(row, column)) for column in zip(*other.rows)] for row in self.rows])

    def __mul__(self, k):
        return Matrix([[k * v for v in row] for row in self.rows])

    __rmul__ = __mul__

    def __pow__(self, n):
        result = Matrix.identity(len(self.rows))
        base = self
        while n:
            if n & 1:
                result = result @ base
            base = base @ base
            n >>= 1
        return result

    def det(self):
        if len(self.rows) == 1:
            return self.rows[0][0]
        return sum((-1) ** j * v * Matrix([r[:j] + r[j + 1 :] for r in self.rows[1:]]).det() for j, v in enumerate(self.rows[0]))

    def __str__(self):
        return "\n".join(" ".join(f"{v:4}" for v in row) for row in self.rows)


m = Matrix([[2, 0, 1], [1, 3, 2], [1, 1, 1]])
print(m @ m, 2 * m, sep="\n--\n")
print(m.det(), (Matrix([[1, 1], [1, 0]]) ** 10).rows[0][1])
