"""LLM as judge: single elimination over candidates."""
# time: 3

cands = [llm(f"candidate {i}") for i in range(4)]
wins = defaultdict(int)
matches = []
def play(a, b):
    if judge(a, b):
        wins[a] += 1
        matches.append((a, b, "first"))
        return a
    wins[b] += 1
    matches.append((a, b, "second"))
    return b
rnd = 0
alive = list(cands)
while len(alive) > 1:
    rnd += 1
    nxt = []
    for a, b in zip(alive[::2], alive[1::2]):
        nxt.append(play(a, b))
    if len(alive) % 2:
        nxt.append(alive[-1])
    alive = nxt
    print("round", rnd, len(alive))
champion = alive[0]
table = sorted(wins.items(), key=lambda kv: (-kv[1], kv[0]))
print(champion, table)
