"""Evaluation harness: cases, metrics, groupby and a table with totals."""
# time: 3

from itertools import groupby
from operator import itemgetter, attrgetter
@dataclass
class Case:
    id: int
    topic: str
    prompt: str
    expected: int
    answer: str = ""
    scores: dict = field(default_factory=dict)
    @property
    def passed(self): return self.scores["rating"] >= self.expected
METRICS = {"length": lambda c: len(c.answer), "rating": lambda c: rate(c.answer), "strict": lambda c: rate((c.prompt, c.answer))}
cases = [Case(i, "math history code".split()[i % 3], f"prompt {i}", i % 5) for i in range(9)]
for case in cases:
    case.answer = llm(case.prompt)
for case in cases:
    for name, metric in METRICS.items():
        case.scores[name] = metric(case)
print(f"{'topic':<10}|" + "|".join(f"{m:>8}" for m in METRICS) + "|  passed")
print("-" * 48)
ordered = sorted(cases, key=attrgetter("topic", "id"))
totals = {}
for topic, group in groupby(ordered, key=attrgetter("topic")):
    group = list(group)
    means = {m: statistics.fmean(c.scores[m] for c in group) for m in METRICS}
    ok = sum(c.passed for c in group)
    totals[topic] = (means, ok, len(group))
    print(f"{topic:<10}|" + "|".join(f"{means[m]:8.2f}" for m in METRICS) + f"|{ok:3}/{len(group)}")
worst = min(totals.items(), key=lambda kv: (kv[1][1] / kv[1][2], kv[0]))[0]
advice = llm(f"why is {worst} bad: " + "; ".join(c.answer for c in cases if c.topic == worst))
print(worst, advice)
