"""Self-consistency with Counter, ties broken by a judge."""
# time: 2

questions = [f"q{i}" for i in range(5)]
def sample(q, n=5):
    return [llm_json(f"{q} sample {i}") for i in range(n)]
results = {}
confidence = {}
for q in questions:
    votes = Counter(json.loads(s)["text"] for s in sample(q))
    (top, n), *rest = votes.most_common()
    if rest and rest[0][1] == n:
        tied = [t for t, c in votes.items() if c == n]
        top = pick(q, tied)
    results[q] = top
    confidence[q] = n / sum(votes.values())
    print(f"{q}: {results[q]} ({confidence[q]:.0%})")
mean = statistics.mean(confidence.values())
print(f"mean confidence {mean:.3f}")
