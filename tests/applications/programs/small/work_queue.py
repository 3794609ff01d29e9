"""A priority queue of tasks, results feed follow-up tasks."""
# time: 4

@dataclass(order=True)
class Task:
    priority: int
    name: str = field(compare=False)
    depth: int = field(compare=False, default=0)
class Planner:
    def __init__(self): self.heap, self.done = [], []
    def add(self, *tasks):
        for t in tasks:
            heapq.heappush(self.heap, t)
    def step(self):
        t = heapq.heappop(self.heap)
        answer = llm(f"do {t.name}")
        self.done.append((t.name, answer))
        return t, answer
p = Planner()
p.add(*(Task(i % 3, f"task{i}") for i in range(6)))
follow = []
while p.heap:
    t, a = p.step()
    if t.depth == 0 and rate(a) > 6:
        follow.append(Task(t.priority, f"follow {t.name}", 1))
for t in follow:
    p.add(t)
while p.heap:
    p.step()
final = llm("report " + ", ".join(a for _, a in p.done))
print([n for n, _ in p.done], final)
