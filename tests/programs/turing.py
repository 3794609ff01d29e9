"""A Turing machine with a sparse tape: increment, palindromes, a busy beaver."""

from collections import defaultdict


class Machine:
    def __init__(self, rules, start="A", blank="_"):
        self.rules, self.start, self.blank = {}, start, blank
        for rule in rules.split(","):
            state, read, write, move, after = rule.split()
            self.rules[state, read] = write, {"L": -1, "R": 1, "S": 0}[move], after

    def run(self, text="", limit=200):
        tape = defaultdict(lambda: self.blank, enumerate(text))
        at, state, steps = 0, self.start, 0
        while state != "HALT":
            if steps >= limit:
                raise TimeoutError(f"still in {state} after {steps} steps")
            try:
                tape[at], move, state = self.rules[state, tape[at]]
            except KeyError as e:
                return steps, f"stuck at {e}"
            at += move
            steps += 1
        used = sorted(k for k, c in tape.items() if c != self.blank)
        return steps, "".join(tape[k] for k in range(used[0], used[-1] + 1)) if used else ""


increment = Machine("A 0 0 R A,A 1 1 R A,A _ _ L B,B 1 0 L B,B 0 1 S HALT,B _ 1 S HALT")
for number in ("1011", "111", "0", "12"):
    print(number, increment.run(number))
beaver = Machine("A 0 1 R B,A 1 1 L B,B 0 1 L A,B 1 1 R HALT", blank="0")
print(beaver.run())
try:
    Machine("A _ _ R A").run(limit=10)
except TimeoutError as e:
    print(e)
