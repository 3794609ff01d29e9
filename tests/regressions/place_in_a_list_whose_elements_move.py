"""The rest of a parked strand reads one place of a list whose elements it moves: others stand there then."""

import heapq
from collections import deque


class D:
    def __init__(self, k):
        self.k, self.n = k, 0

    def __lt__(self, other):
        return (self.n, self.k) < (other.n, other.k)


ds = [D(i) for i in range(5)]


def drain(queue):
    while queue:
        x = queue[0]
        if ok(f(x.k)):
            x.n += 1
        else:
            x.n += 100
        queue.pop(0)
        if x.n > 1000:
            return


def rotate(ring):
    for i in range(6):
        x = ring[0]
        x.n += num(f(x.k, i)) % 7 + 1
        ring.rotate(-1)
        if x.n > 500:
            break


def replace(heap):
    for i in range(4):
        x = heap[0]
        x.n += num(f(x.k, i)) % 7 + 1
        heapq.heapreplace(heap, x)
        if x.n > 500:
            break


def push(last):
    for d in ds:
        last.append(d)
        last[0].n += num(f(last[0].k)) % 5 + 1
        if last[0].n > 500:
            break


drain(list(ds))
print([d.n for d in ds])
rotate(deque(ds))
print([d.n for d in ds])
replace(list(ds))
print([d.n for d in ds])
push(deque(maxlen=2))
print([d.n for d in ds])
