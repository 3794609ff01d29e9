"""Draft, critique, revise until the critic is content; best version kept by score."""
# time: 7

class Draft:
    def __init__(self, text, score=None, parent=None):
        self.text, self.score, self.parent = text, score, parent
    def __lt__(self, other): return self.score < other.score
    def lineage(self):
        d, n = self, 0
        while d is not None:
            n += 1; d = d.parent
        return n
def critique(draft):
    data = json.loads(llm_json(f"critique {draft.text}"))
    draft.score = data["score"]
    return data["text"]
def refine(topic, rounds=3, target=8):
    draft = Draft(llm(f"write {topic}"))
    history = []
    for k in range(rounds):
        feedback = critique(draft)
        history.append((draft.score, feedback))
        if draft.score >= target:
            break
        draft = Draft(llm(f"revise {draft.text} with {feedback}"), parent=draft)
    return draft, history
topics = ["sea", "sky", "fire", "stone", "wind"]
finals = []
for t in topics:
    d, h = refine(t)
    if d.score is None:
        d.score = -1
    finals.append((t, d, h))
ranking = sorted(finals, key=lambda p: (p[1].score, p[0]), reverse=True)
for t, d, h in ranking:
    print(f"{t:>6} {d.score:3} after {d.lineage()} drafts {h}")
best = max((d for _, d, _ in finals), key=lambda d: d.score)
summary = {t: d.text for t, d, _ in finals}
