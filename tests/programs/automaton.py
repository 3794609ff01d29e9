"""An elementary cellular automaton and a finite state machine."""


def rule(number):
    return {tuple(map(int, f"{k:03b}")): number >> k & 1 for k in range(8)}


def evolve(row, table):
    n = len(row)
    return [table[row[k - 1], row[k], row[(k + 1) % n]] for k in range(n)]


row = [0] * 15
row[7] = 1
table = rule(90)
for _ in range(5):
    print("".join(" #"[c] for c in row).rstrip())
    row = evolve(row, table)


class Turnstile:
    state = "locked"
    moves = {("locked", "coin"): "open", ("open", "push"): "locked"}

    def __call__(self, event):
        old, self.state = self.state, self.moves.get((self.state, event), self.state)
        return f"{old}-{event}->{self.state}"


gate = Turnstile()
print([gate(e) for e in "push coin coin push push".split()], Turnstile.state)
