"""A simulation of a shop with a queue of events."""

import heapq
import random


class Shop:
    def __init__(self, seed, servers):
        self.random = random.Random(seed)
        self.events, self.waiting, self.free = [], [], servers
        self.now, self.count, self.waits = 0, 0, []

    def at(self, delay, what, *args):
        self.count += 1
        heapq.heappush(self.events, (self.now + delay, self.count, what, args))

    def arrive(self, n):
        self.waiting.append((self.now, n))
        if n < 6:
            self.at(self.random.randint(1, 3), self.arrive, n + 1)
        self.serve()

    def serve(self):
        while self.free and self.waiting:
            came, n = self.waiting.pop(0)
            self.free -= 1
            self.waits.append(self.now - came)
            self.at(self.random.randint(2, 6), self.leave, n)

    def leave(self, n):
        print(f"{self.now:>3} customer {n} leaves")
        self.free += 1
        self.serve()

    def run(self):
        self.at(0, self.arrive, 1)
        while self.events:
            self.now, _, what, args = heapq.heappop(self.events)
            what(*args)
        return sum(self.waits) / len(self.waits)


for servers in (1, 2):
    print(servers, "servers:", round(Shop(7, servers).run(), 2))
