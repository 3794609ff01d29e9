"""A four by four sudoku by backtracking."""

grid = [[1, 0, 0, 0], [0, 0, 3, 0], [0, 4, 0, 0], [0, 0, 0, 2]]


def fits(y, x, n):
    if n in grid[y] or any(row[x] == n for row in grid):
        return False
    top, left = y // 2 * 2, x // 2 * 2
    return all(grid[a][b] != n for a in range(top, top + 2) for b in range(left, left + 2))


tries = 0


def solve():
    global tries
    for y in range(4):
        for x in range(4):
            if not grid[y][x]:
                for n in range(1, 5):
                    tries += 1
                    if fits(y, x, n):
                        grid[y][x] = n
                        if solve():
                            return True
                        grid[y][x] = 0
                return False
    return True


print(solve(), tries)
for row in grid:
    print(*row)
