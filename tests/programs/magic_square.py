"""Magic squares: made, checked, completed by search."""

from itertools import permutations


def siamese(n):
    square = [[0] * n for _ in range(n)]
    r, c = 0, n // 2
    for k in range(1, n * n + 1):
        square[r][c] = k
        up, right = (r - 1) % n, (c + 1) % n
        if square[up][right]:
            r = (r + 1) % n
        else:
            r, c = up, right
    return square


def lines(square):
    n = len(square)
    yield from square
    yield from map(list, zip(*square))
    yield [square[i][i] for i in range(n)]
    yield [square[i][n - 1 - i] for i in range(n)]


def magic(square):
    return len({sum(line) for line in lines(square)}) == 1


for n in (3, 5):
    square = siamese(n)
    print(n, magic(square), sum(square[0]))
    if n < 4:
        print("\n".join(" ".join(f"{x:2}" for x in row) for row in square))


def complete(*rows):
    used = {k for row in rows for k in row}
    left = [k for k in range(1, 10) if k not in used]
    return [s for last in permutations(left) if magic(s := [*map(list, rows), list(last)])]


print(complete((8, 1, 6), (3, 5, 7)), complete((1, 2, 3), (4, 5, 6)))
rotated = [list(row) for row in zip(*siamese(3)[::-1])]
print(rotated, magic(rotated), magic([[1, 2], [3, 4]]))
