"""A supervisor delegates to workers, who keep a shared blackboard; an event bus with callbacks."""
# time: 5

class Bus:
    def __init__(self): self.handlers = defaultdict(list)
    def on(self, event, fn): self.handlers[event].append(fn); return fn
    def emit(self, event, **data):
        for fn in self.handlers[event]:
            fn(**data)
class Board(dict):
    def note(self, who, text):
        self.setdefault(who, []).append(text)
        return text
bus, board, counts = Bus(), Board(), Counter()
bus.on("done", lambda who, text: board.note(who, text))
bus.on("done", lambda who, **_: counts.update([who]))
class Worker:
    def __init__(self, name): self.name = name
    def work(self, task):
        answer = llm(f"{self.name}: {task}")
        if rate(answer) < 3:
            bus.emit("retry", who=self.name, task=task)
            answer = llm(f"{self.name} again: {task}")
        bus.emit("done", who=self.name, text=answer)
        return answer
workers = {n: Worker(n) for n in ("ann", "bob", "cid")}
retries = []
bus.on("retry", lambda who, task: retries.append((who, task)))
tasks = [f"task {i}" for i in range(5)]
done = [workers[pick(t, list(workers))].work(t) for t in tasks]
summary = llm("\n".join(f"{k}: {v}" for k, v in board.items()))
print(counts, retries, summary)
