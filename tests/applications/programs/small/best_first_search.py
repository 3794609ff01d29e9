"""Best-first search: the most promising state is taken from a heap, what follows from it is pushed with its value."""
# time: 9
frontier = [(-rate("start"), 0, "start")]
number, best = 1, None
for _ in range(4):
    value, _, state = heapq.heappop(frontier)
    if best is None or value < best[0]:
        best = value, state
    for way in range(3):
        following = llm(f"continue {state} by {way}")
        heapq.heappush(frontier, (-rate(following), number, following))
        number += 1
print(best, len(frontier))
