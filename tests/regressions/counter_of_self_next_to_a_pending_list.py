"""`self.n += 1` must not claim all that self reaches, nor lose an update of the list beside it."""
# time: 2


class Agent:
    def __init__(self):
        self.n, self.history = 0, []

    def step(self, x):
        self.n += 1
        self.history.append(f(x, self.n))
        if "1" in self.history[-1]:
            self.n += 10


agents = [Agent(), Agent()]
for a in agents:
    a.step(1)
out = [g(a.history) for a in agents]
