"""Tree of thoughts: beam search with a priority queue."""
# time: 7

@dataclass(order=True)
class Thought:
    score: int
    text: str = field(compare=False)
    path: tuple = field(default=(), compare=False)
def propose(t, n=3):
    return [Thought(0, llm(f"{t.text} -> {i}"), t.path + (i,)) for i in range(n)]
def evaluate(t):
    t.score = rate(t.text)
    return t
beam = [Thought(0, "start")]
seen = set()
for depth in range(3):
    heap = []
    for t in beam:
        for c in propose(t):
            if c.text in seen:
                continue
            seen.add(c.text)
            heapq.heappush(heap, (-evaluate(c).score, len(heap), c))
    beam = [heapq.heappop(heap)[2] for _ in range(min(2, len(heap)))]
    print(depth, [(b.score, b.path) for b in beam])
answer = llm("final " + beam[0].text)
