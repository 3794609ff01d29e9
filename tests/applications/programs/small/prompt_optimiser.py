"""A beam of prompts: mutate, score on a small dataset, keep the best."""
# time: 6

DATA = [("2+2", "4"), ("3*3", "9"), ("10-7", "3")]

class PromptCandidate:
    def __init__(self, text, generation=0):
        self.text = text
        self.generation = generation
        self._score = None

    @property
    def score(self):
        if self._score is None:
            self._score = statistics.mean(rate(f"{self.text} {q} = {a}") for q, a in DATA)
        return self._score

    def mutate(self, n):
        return [PromptCandidate(llm(f"improve #{i}: {self.text}"), self.generation + 1) for i in range(n)]

    def __repr__(self):
        return f"<{self.text} g{self.generation} {self.score:.2f}>"

beam = [PromptCandidate("Solve:"), PromptCandidate("Compute:")]
for generation in range(3):
    pool = list(beam)
    for candidate in beam:
        pool += candidate.mutate(2)
    beam = sorted(pool, key=lambda c: c.score, reverse=True)[:2]
    print(generation, beam)
print("best:", max(beam, key=lambda c: c.score).text)
