"""A lazily answered property, a setter that validates, comparison methods and a set of what was seen."""
# time: 2

@functools.total_ordering
class Candidate:
    seen = set()
    def __init__(self, name): self.name, self._skill, self.notes = name, None, []
    @property
    def skill(self):
        if self._skill is None:
            self.skill = rate(self.name)
        return self._skill
    @skill.setter
    def skill(self, value):
        if not 0 <= value <= 10:
            raise ValueError(value)
        self._skill = value
        Candidate.seen.add(self.name)
    def __eq__(self, other): return self.skill == other.skill
    def __lt__(self, other): return self.skill < other.skill
    def __hash__(self): return hash(self.name)
    def __repr__(self): return f"<{self.name} {self._skill}>"
cands = [Candidate(f"cand{i}") for i in range(6)]
strong = [c for c in cands if c.skill > 4]
for c in strong:
    c.notes.append(llm(f"praise {c.name} {c.skill}"))
ranking = sorted(cands, reverse=True)
print(ranking, min(cands), len(Candidate.seen))
