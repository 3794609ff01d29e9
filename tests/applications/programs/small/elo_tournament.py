"""Elo ratings from judged matches, round-robin, with upsets recorded."""
# time: 2

K = 32
ratings = {name: 1000.0 for name in ("gpt", "claude", "llama", "gemma")}
history = []

def expected(a, b):
    return 1 / (1 + 10 ** ((ratings[b] - ratings[a]) / 400))

def update(a, b, a_wins):
    ea = expected(a, b)
    delta = K * ((1.0 if a_wins else 0.0) - ea)
    ratings[a] += delta
    ratings[b] -= delta
    return delta

prompts = ["poem", "proof"]
for prompt in prompts:
    for a, b in itertools.combinations(ratings, 2):
        ra, rb = llm(f"{a}: {prompt}"), llm(f"{b}: {prompt}")
        a_wins = judge(ra, rb)
        delta = update(a, b, a_wins)
        history.append({"prompt": prompt, "pair": (a, b), "winner": a if a_wins else b, "delta": round(delta, 2)})
for name, r in sorted(ratings.items(), key=lambda kv: -kv[1]):
    print(f"{name:<8}{r:8.1f}")
print(len(history), history[0])
