"""A client with cost tracking, a budget that raises, and a usage report by purpose."""
# time: 2

class BudgetExceeded(RuntimeError): pass

class Usage:
    def __init__(self): self.tokens = 0; self.calls = 0
    def add(self, prompt, answer):
        self.tokens += len(prompt.split()) + len(answer) // 4
        self.calls += 1

class Client:
    def __init__(self, budget=10_000):
        self.budget = budget
        self.usage = defaultdict(Usage)
    @property
    def spent(self): return sum(u.tokens for u in self.usage.values())
    def complete(self, prompt, purpose="general"):
        answer = llm(prompt)
        self.usage[purpose].add(prompt, answer)
        return answer

client = Client()
titles = [client.complete(f"title for {i}", "titles") for i in range(5)]
bodies = [client.complete(f"write about {t}", purpose="bodies") for t in titles]
if client.spent > client.budget:
    raise BudgetExceeded(client.spent)
for purpose, usage in client.usage.items():
    print(f"{purpose:10} {usage.calls:3} calls {usage.tokens:5} tokens")
print(client.spent)
