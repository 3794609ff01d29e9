"""Samples are drawn until one answer leads by two; per question, in a class with a history of votes."""
# time: 6

class Poll:
    def __init__(self, question, lead=2, limit=6):
        self.question, self.lead, self.limit = question, lead, limit
        self.votes = Counter()
    def leader(self):
        ranked = self.votes.most_common(2)
        if not ranked:
            return None, 0
        first = ranked[0][1]
        second = ranked[1][1] if len(ranked) > 1 else 0
        return ranked[0][0], first - second
    def run(self):
        while self.votes.total() < self.limit:
            option = pick(f"{self.question}#{self.votes.total()}", ["yes", "no"])
            self.votes[option] += 1
            name, margin = self.leader()
            if margin >= self.lead:
                break
        return self.leader()[0]

polls = [Poll(f"q{i}") for i in range(5)]
answers = [p.run() for p in polls]
for p, a in zip(polls, answers):
    print(p.question, a, dict(p.votes))
