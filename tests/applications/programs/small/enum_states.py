"""Enum states, a match statement, handlers by state in a dict; each ticket walks until closed."""
# time: 4
from enum import Enum, auto
class State(Enum):
    NEW = auto()
    TRIAGED = auto()
    SOLVED = auto()
    CLOSED = auto()
class Ticket:
    def __init__(self, n):
        self.n, self.state, self.trail, self.data = n, State.NEW, [], {}
    def move(self, state):
        self.trail.append(f"{self.state.name}->{state.name}")
        self.state = state
def triage(t):
    t.data["label"] = pick(f"ticket {t.n}", ["bug", "idea"])
    t.move(State.TRIAGED)
def solve(t):
    match t.data["label"]:
        case "bug":
            t.data["fix"] = llm(f"fix {t.n} {len(t.trail)}")
            ok = rate(t.data["fix"]) > 3
        case _:
            ok = True
    t.move(State.SOLVED if ok or len(t.trail) > 3 else State.TRIAGED)
def close(t):
    t.data["mail"] = llm(f"mail {t.n} {sorted(t.data)}")
    t.move(State.CLOSED)
HANDLERS = {State.NEW: triage, State.TRIAGED: solve, State.SOLVED: close}
tickets = [Ticket(i) for i in range(6)]
for t in tickets:
    while t.state is not State.CLOSED:
        HANDLERS[t.state](t)
    print(t.n, t.trail, t.data["mail"])
