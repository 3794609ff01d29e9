"""A plan is a list of steps; a match statement runs them, results by name, later steps refer to earlier ones."""
# time: 4

def plan(goal):
    names = ["search", "rate", "write"]
    return [{"op": names[(len(goal) + i) % 3], "arg": goal if i == 0 else f"$s{i-1}", "name": f"s{i}"} for i in range(3)]
class Executor:
    def __init__(self): self.env, self.trace = {}, []
    def resolve(self, arg):
        return self.env.get(arg[1:], arg) if isinstance(arg, str) and arg.startswith("$") else arg
    def step(self, s):
        match s:
            case {"op": "search", "arg": a, "name": n}:
                self.env[n] = [h["text"] for h in search(self.resolve(a), k=2)]
            case {"op": "rate", "arg": a, "name": n}:
                self.env[n] = rate(str(self.resolve(a)))
            case {"op": "write", "arg": a, "name": n}:
                self.env[n] = llm(f"write {self.resolve(a)}")
            case _:
                raise ValueError(s)
        self.trace.append((s["name"], type(self.env[s["name"]]).__name__))
    def run(self, steps):
        for s in steps:
            self.step(s)
        return self.env[steps[-1]["name"]]
results = {}
for goal in ("tea", "coffee", "cocoa", "water"):
    ex = Executor()
    results[goal] = ex.run(plan(goal))
    print(goal, ex.trace)
best = max(results, key=lambda g: rate(str(results[g])))
