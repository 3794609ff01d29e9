"""A client with retries that counts calls and errors by their kind: in a dict, a Counter and a defaultdict."""
# time: 4

class Client:
    def __init__(self, stats):
        self.stats, self.errors = stats, []
    def ask(self, i, attempts=3):
        for k in range(attempts):
            try:
                self.stats["calls"] += 1
                answer = flaky(f"url {i}", k)
                self.stats["ok"] += 1
                return answer
            except ConnectionError as e:
                self.stats[type(e).__name__] = self.stats.get(type(e).__name__, 0) + 1
                self.errors.append(f"{i}/{k}: {e}")
        self.stats["given up"] = self.stats.get("given up", 0) + 1
        return llm(f"instead of {i}")
clients = {"dict": Client({"calls": 0, "ok": 0}), "Counter": Client(Counter()), "default": Client(defaultdict(int))}
for name, client in clients.items():
    answers = []
    for i in range(6):
        answers.append(client.ask(i))
    print(name, sorted(client.stats.items()), len(client.errors), answers[-1])
