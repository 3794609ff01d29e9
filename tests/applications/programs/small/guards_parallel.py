"""Input and output guards around a call; violations are exceptions with data."""
# time: 2

class Violation(Exception):
    def __init__(self, guard, severity):
        super().__init__(f"{guard}:{severity}")
        self.guard = guard
        self.severity = severity

class Guard:
    name = "guard"
    limit = 7
    def check(self, text):
        severity = rate(f"{self.name}? {text}")
        if severity > self.limit:
            raise Violation(self.name, severity)

class Toxicity(Guard):
    name = "toxicity"

class Privacy(Guard):
    name = "privacy"
    limit = 8

class Pipeline:
    def __init__(self, *guards):
        self.guards = guards
        self.blocked = Counter()
        self.handled = 0

    def handle(self, prompt):
        self.handled += 1
        try:
            for guard in self.guards:
                guard.check(prompt)
            answer = llm(prompt)
            for guard in self.guards:
                guard.check(answer)
            return answer
        except Violation as v:
            self.blocked[v.guard] += 1
            return f"[blocked by {v.guard}]"

pipeline = Pipeline(Toxicity(), Privacy())
replies = [pipeline.handle(f"user text {i}") for i in range(10)]
for i, reply in enumerate(replies):
    print(i, reply)
print(dict(pipeline.blocked), pipeline.handled)
