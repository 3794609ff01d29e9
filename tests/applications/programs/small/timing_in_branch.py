"""Managers that note times, in a loop of a function that has waited before."""
# time: 3

class Step:
    def __init__(self, name): self.name = name; self.elapsed = None
    def __enter__(self):
        self.t0 = time.perf_counter()
        return self
    def __exit__(self, *exc):
        self.elapsed = time.perf_counter() - self.t0
        return False
def pipeline(topic):
    steps = []
    drafts = search(topic, k=4)
    answers = []
    for d in drafts:
        with Step(d["text"]) as step:
            answers.append(llm(d["text"]))
        steps.append(step)
    return answers, [s.name for s in steps], all(s.elapsed >= 0 for s in steps)
found = [pipeline(t) for t in ("a", "b", "c")]
print(found)
print([llm(" ".join(answers)) for answers, *_ in found])
