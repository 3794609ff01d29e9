"""A sliding puzzle solved by A*, with states as tuples."""

from heapq import heappop, heappush

GOAL = (1, 2, 3, 4, 5, 6, 7, 8, 0)


def moves(state):
    z = state.index(0)
    r, c = divmod(z, 3)
    for name, dr, dc in (("U", -1, 0), ("D", 1, 0), ("L", 0, -1), ("R", 0, 1)):
        if 0 <= r + dr < 3 and 0 <= c + dc < 3:
            t = (r + dr) * 3 + c + dc
            s = list(state)
            s[z], s[t] = s[t], s[z]
            yield name, tuple(s)


def distance(state):
    return sum(abs(i // 3 - (n - 1) // 3) + abs(i % 3 - (n - 1) % 3) for i, n in enumerate(state) if n)


def solvable(state):
    tiles = [n for n in state if n]
    return sum(a > b for i, a in enumerate(tiles) for b in tiles[i + 1 :]) % 2 == 0


def solve(start):
    if not solvable(start):
        return None
    heap, best = [(distance(start), 0, start, "")], {start: 0}
    while heap:
        _, cost, state, path = heappop(heap)
        if state == GOAL:
            return path
        for name, after in moves(state):
            if cost + 1 < best.get(after, 1 << 30):
                best[after] = cost + 1
                heappush(heap, (cost + 1 + distance(after), cost + 1, after, path + name))


def show(state):
    return "\n".join(" ".join(str(n or ".") for n in state[k : k + 3]) for k in (0, 3, 6))


start = (1, 2, 3, 4, 0, 6, 7, 5, 8)
print(show(start))
print(solve(start), solve((1, 2, 3, 4, 6, 0, 7, 5, 8)), solve((2, 1, 3, 4, 5, 6, 7, 8, 0)))
print(distance(start), [n for n, _ in moves(GOAL)])
