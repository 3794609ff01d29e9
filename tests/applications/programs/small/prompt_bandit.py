"""A bandit over prompts with counts and means in dicts; epsilon-greedy with a seeded generator; budget in a while loop."""
# time: 10

rng = random.Random(11)
arms = {name: {"n": 0, "total": 0} for name in ("plain", "polite", "harsh")}
spent, budget, log = 0, 12, []
def mean(a): return a["total"] / a["n"] if a["n"] else 5.0
while spent < budget:
    name = rng.choice(sorted(arms)) if rng.random() < 0.3 else max(arms, key=lambda k: mean(arms[k]))
    reward = rate(f"{name} {spent}")
    arms[name]["n"] += 1
    arms[name]["total"] += reward
    log.append((name, reward))
    spent += 1 + len(name) // 6
best = max(arms, key=lambda k: mean(arms[k]))
print(best, {k: round(mean(a), 2) for k, a in arms.items()}, len(log))
