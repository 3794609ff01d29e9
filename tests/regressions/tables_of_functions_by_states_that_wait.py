"""`TABLE[state](x)` where the state is a member of an enumeration that open writes put somewhere: any function may be meant."""

from enum import Enum, auto
class State(Enum):
    NEW = auto()
    OPEN = auto()
    DONE = auto()
class Ticket:
    def __init__(self, n):
        self.n, self.state, self.trail = n, State.NEW, []
    def move(self, state):
        self.trail.append(f"{self.state.name}->{state.name}")
        self.state = state
count = 0
def first(t):
    t.trail.append(num(t.n))
    t.move(State.OPEN)
def second(t):
    global count
    count += num(t.n + 1)
    good = num(f"{t.n} {len(t.trail)}") > 3
    t.move(State.DONE if good or len(t.trail) > 4 else State.OPEN)
    if ok(count):
        TABLE[State.DONE] = last
def last(t):
    t.trail.append("last")
TABLE = {State.NEW: first, State.OPEN: second}
tickets = [Ticket(i) for i in range(5)]
for t in tickets:
    while t.state is not State.DONE:
        TABLE[t.state](t)
    TABLE.get(State.DONE, first)(t) if count % 2 else TABLE.get(t.state, len)
    print(t.n, t.state, t.trail, count, len(TABLE))
