"""Collatz sequences with a memo, records, and a histogram."""

memo = {1: 0}


def steps(n):
    path = []
    while n not in memo:
        path.append(n)
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    base = memo[n]
    for k, m in enumerate(reversed(path), 1):
        memo[m] = base + k
    return memo[path[0]] if path else base


record = -1
for n in range(1, 8):
    s = steps(n)
    if s > record:
        record = s
        print(f"new record: {n} takes {s}")


def sequence(n):
    while True:
        yield n
        if n == 1:
            return
        n = [n // 2, 3 * n + 1][n % 2]


print(*sequence(6), sep=" -> ")
histogram = {}
for n in range(1, 7):
    histogram.setdefault(steps(n) // 5, []).append(n)
for k, ns in sorted(histogram.items()):
    print(f"{k * 5:3}-{k * 5 + 4:<3}", "#" * len(ns))
print(max(sequence(7)), len(list(sequence(3))))
