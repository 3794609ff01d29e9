"""Validators chained, exceptions of one's own, else/finally, a budget tracked by a context manager."""
# time: 3

class GuardError(Exception):
    def __init__(self, rule, text):
        self.rule, self.text = rule, text
        super().__init__(f"{rule}: {text[:12]}")
class Budget:
    def __init__(self, limit): self.limit, self.spent, self.open = limit, 0, 0
    def __enter__(self):
        self.open += 1
        return self
    def __exit__(self, *exc):
        self.open -= 1
        return False
    def charge(self, text):
        self.spent += len(text)
        return text
RULES = [("short", lambda t: len(t) < 40), ("no-zero", lambda t: "0" not in t), ("no-f9", lambda t: "f9" not in t)]
budget = Budget(1000)
def guarded(prompt, attempts=3):
    problems = []
    for k in range(attempts):
        try:
            with budget as b:
                text = b.charge(llm(f"{prompt}#{k}"))
                for name, rule in RULES:
                    if not rule(text):
                        raise GuardError(name, text)
        except GuardError as e:
            problems.append((k, e.rule))
        else:
            return text, problems
        finally:
            problems.append(k)
    raise ValueError(f"no answer for {prompt}") from None
ok, bad = {}, []
for p in [f"p{i}" for i in range(8)]:
    try:
        ok[p] = guarded(p)
    except ValueError as e:
        bad.append(str(e))
print(len(ok), bad, budget.spent, budget.open)
