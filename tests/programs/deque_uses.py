"""Queues with two ends: a window, a rotation, a palindrome, a history with a limit."""

from collections import deque


def moving_average(numbers, n):
    window = deque(maxlen=n)
    for x in numbers:
        window.append(x)
        if len(window) == n:
            yield sum(window) / n


def josephus(n, k):
    ring = deque(range(1, n + 1))
    out = []
    while ring:
        ring.rotate(-(k - 1))
        out.append(ring.popleft())
    return out


def palindrome(text):
    letters = deque(c for c in text.lower() if c.isalpha())
    while len(letters) > 1:
        if letters.pop() != letters.popleft():
            return False
    return True


def maxima(numbers, k):
    best, out = deque(), []
    for i, x in enumerate(numbers):
        while best and numbers[best[-1]] <= x:
            best.pop()
        best.append(i)
        if best[0] <= i - k:
            best.popleft()
        if i >= k - 1:
            out.append(numbers[best[0]])
    return out


print(list(moving_average([40, 30, 50, 46, 39, 44], 3)))
print(josephus(7, 3))
print([palindrome(t) for t in ("A man, a plan, a canal: Panama", "no", "x", "")])
print(maxima([1, 3, -1, -3, 5, 3, 6, 7], 3))
d = deque("abc", maxlen=4)
d.extend("de")
d.appendleft("z")
print(d, d.count("d"), d.index("c"), "a" in d)
d.insert(1, "q") if len(d) < d.maxlen else print("full")
d.reverse()
d.extendleft([1, 2])
d.remove("b") if "b" in d else None
print(list(d), d[0], d[-1], d.maxlen)
try:
    deque().pop()
except IndexError as e:
    print(e)
