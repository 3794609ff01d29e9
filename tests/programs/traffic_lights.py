"""Traffic lights as generators and as a state machine with guards; a simulation of cars."""

from collections import deque
from itertools import cycle, islice


def light(*phases):
    for colour, seconds in cycle(phases):
        for left in range(seconds, 0, -1):
            yield colour, left


class Crossing:
    def __init__(self, **queues):
        self.queues = {name: deque(range(1, n + 1)) for name, n in queues.items()}
        self.passed = []

    def tick(self, time, **colours):
        for name, colour in colours.items():
            if colour == "green" and self.queues[name]:
                self.passed.append((time, name, self.queues[name].popleft()))

    def __bool__(self):
        return any(self.queues.values())


main = light(("green", 3), ("yellow", 1), ("red", 3))
side = light(("red", 4), ("green", 2), ("yellow", 1))
crossing, time = Crossing(main=5, side=3), 0
for (a, left), (b, _) in zip(main, side):
    assert not (a == b == "green"), "crash"
    crossing.tick(time, main=a, side=b)
    time += 1
    if not crossing or time > 30:
        break
print(time, crossing.passed)
print(list(islice(light(("on", 1), ("off", 2)), 5)))
waits = {}
for t, name, _ in crossing.passed:
    waits.setdefault(name, []).append(t)
print({name: (max(ts), sum(ts) / len(ts)) for name, ts in waits.items()})
