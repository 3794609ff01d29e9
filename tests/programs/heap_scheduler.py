"""Tasks with priorities on a heap: cancelled, repeated, delayed; k-way merges; running medians."""

import heapq
from dataclasses import dataclass, field


@dataclass(order=True)
class Task:
    at: int
    priority: int
    name: str = field(compare=False)
    every: int = field(default=0, compare=False)
    alive: bool = field(default=True, compare=False, repr=False)


class Scheduler:
    def __init__(self):
        self.heap, self.now, self.log = [], 0, []

    def add(self, *args, **kwargs):
        task = Task(*args, **kwargs)
        heapq.heappush(self.heap, task)
        return task

    def run(self, until):
        while self.heap and self.heap[0].at <= until:
            task = heapq.heappop(self.heap)
            if not task.alive:
                continue
            self.now = task.at
            self.log.append(f"{self.now}:{task.name}")
            if task.every:
                task.at += task.every
                heapq.heappush(self.heap, task)


s = Scheduler()
s.add(3, 1, "tea")
beat = s.add(1, 0, "beat", every=2)
late = s.add(4, 0, "never")
s.add(3, 0, "first")
late.alive = False
s.run(5)
print(s.log, s.now, len(s.heap))
beat.alive = False
s.run(100)
print(s.log[-1], s.heap)
print(list(heapq.merge([1, 4, 7], [2, 5], [0, 9])), heapq.nlargest(2, ["pear", "fig", "banana"], key=len))


def medians(numbers):
    low, high = [], []
    for x in numbers:
        heapq.heappush(high, -heapq.heappushpop(low, -x))
        if len(high) > len(low):
            heapq.heappush(low, -heapq.heappop(high))
        yield -low[0] if len(low) > len(high) else (high[0] - low[0]) / 2


print(list(medians([5, 2, 8, 1, 9])))
h = [9, 4, 7, 1]
heapq.heapify(h)
print(heapq.heapreplace(h, 5), [heapq.heappop(h) for _ in range(len(h))])
