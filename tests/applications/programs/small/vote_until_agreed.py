"""Agents vote in rounds until they agree, each seeing the others' last votes; statistics and a for-else."""
# time: 4

class Voter:
    def __init__(self, name, options): self.name, self.options, self.votes = name, options, []
    @property
    def last(self): return self.votes[-1] if self.votes else None
    def vote(self, others):
        seen = ", ".join(f"{o.name}={o.last}" for o in others if o is not self)
        self.votes.append(pick(f"{self.name} round {len(self.votes)} sees {seen}", self.options))
voters = [Voter(n, ["red", "blue"]) for n in ("a", "b", "c")]
for rnd in range(1, 5):
    previous = [copy.copy(v) for v in voters]
    for p in previous:
        p.votes = list(p.votes)
    for v in voters:
        v.vote(previous)
    counts = Counter(v.last for v in voters)
    print(rnd, dict(sorted(counts.items())))
    if len(counts) == 1:
        print("agreed after", rnd)
        break
else:
    print("no agreement")
winner, n = counts.most_common(1)[0]
flips = {v.name: sum(a != b for a, b in zip(v.votes, v.votes[1:])) for v in voters}
