"""Recursion: towers of Hanoi, subsets, permutations by hand, Ackermann, nested lists, mutual recursion."""


def hanoi(n, a="A", b="B", c="C"):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield f"{a}{c}"
        yield from hanoi(n - 1, b, a, c)


def subsets(items):
    if not items:
        return [[]]
    rest = subsets(items[1:])
    return rest + [[items[0], *s] for s in rest]


def permute(s):
    return [c + p for i, c in enumerate(s) for p in permute(s[:i] + s[i + 1 :])] if s else [""]


def ackermann(m, n):
    if m == 0:
        return n + 1
    return ackermann(m - 1, 1 if n == 0 else ackermann(m, n - 1))


def flatten(x):
    return [y for part in x for y in flatten(part)] if isinstance(x, list) else [x]


def depth(x):
    return 1 + max(map(depth, x), default=0) if isinstance(x, list) else 0


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def power(b, n):
    if n == 0:
        return 1
    half = power(b, n // 2)
    return half * half * (b if n % 2 else 1)


def partitions(n, most=None):
    if n == 0:
        yield ()
    for k in range(min(n, most or n), 0, -1):
        for rest in partitions(n - k, k):
            yield (k, *rest)


print(" ".join(hanoi(3)), subsets("abc")[-1], len(subsets("abcd")))
print(permute("abc"), ackermann(1, 3), flatten([1, [2, [3, []], 4]]), depth([1, [2, [3, []]]]))
print(even(6), odd(6), power(3, 13), list(partitions(4)))
y = (lambda f: (lambda x: x(x))(lambda x: f(lambda n: x(x)(n))))(lambda me: lambda n: 1 if n < 2 else n * me(n - 1))
print(y(6))
