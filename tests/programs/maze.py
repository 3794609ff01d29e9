"""The shortest way through a maze, breadth first."""

from collections import deque

MAZE = """
S.#.....
..#.###.
.##...#.
....#.#E
""".strip().splitlines()


def find(c):
    return next((x, y) for y, row in enumerate(MAZE) for x, cell in enumerate(row) if cell == c)


def neighbours(at):
    x, y = at
    for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        if 0 <= y + dy < len(MAZE) and 0 <= x + dx < len(MAZE[0]) and MAZE[y + dy][x + dx] != "#":
            yield x + dx, y + dy


start, end = find("S"), find("E")
came = {start: None}
queue = deque([start])
while queue:
    at = queue.popleft()
    if at == end:
        break
    for there in neighbours(at):
        if there not in came:
            came[there] = at
            queue.append(there)
path = []
while at is not None:
    path.append(at)
    at = came[at]
path.reverse()
print(len(path) - 1, path[:3], path[-1])
print("\n".join("".join("o" if (x, y) in path and c == "." else c for x, c in enumerate(row)) for y, row in enumerate(MAZE)))
