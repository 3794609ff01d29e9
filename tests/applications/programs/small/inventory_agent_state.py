"""An agent with a state machine and an inventory: transitions by the model's choice, guards, a log of states."""
# time: 4

class State(enum.Enum):
    IDLE, SEARCH, BUY, DONE = range(4)

class Shopper:
    TRANSITIONS = {State.IDLE: [State.SEARCH], State.SEARCH: [State.SEARCH, State.BUY], State.BUY: [State.SEARCH, State.DONE]}
    def __init__(self, name, budget):
        self.name, self.budget = name, budget
        self.state, self.log, self.bought = State.IDLE, [], {}
    def step(self):
        options = self.TRANSITIONS[self.state]
        names = [s.name for s in options]
        chosen = State[pick(f"{self.name} {len(self.log)}", names)] if len(options) > 1 else options[0]
        self.log.append(f"{self.state.name}->{chosen.name}")
        self.state = chosen
        if chosen is State.BUY:
            price = rate(f"{self.name} price {len(self.bought)}")
            if price <= self.budget:
                self.budget -= price
                self.bought[f"thing{len(self.bought)}"] = price
    def run(self, limit=5):
        while self.state is not State.DONE and len(self.log) < limit:
            self.step()
        return self

shoppers = [Shopper(n, b).run() for n, b in (("ann", 10), ("bob", 20), ("cid", 5))]
for s in shoppers:
    print(s.name, s.budget, s.bought, " ".join(s.log))
