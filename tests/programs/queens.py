"""Eight queens (six, here), with generators."""


def place(n, row=0, columns=()):
    if row == n:
        yield columns
        return
    for column in range(n):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(columns)):
            yield from place(n, row + 1, (*columns, column))


solutions = list(place(6))
print(len(solutions))
for columns in solutions[:2]:
    for c in columns:
        print("".join("Q" if k == c else "." for k in range(6)))
    print("-" * 6)
