"""A parked strand reads the value that a global had at its place, though the cell has bound it anew meanwhile."""
# time: 2
T = 0


def ask(x):
    return f(x, T)


# ---- cell
out = []
for T in (1, 2, 3):
    if ok(T * 2):
        out.append(ask("q"))
T = 9
