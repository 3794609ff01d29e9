"""A quiz with players as objects, a leaderboard sorted after each round, hints when a player is behind."""
# time: 3
class Player:
    def __init__(self, name): self.name, self.points, self.answers = name, 0, []
    def answer(self, question, hint=None):
        text = llm(f"{self.name}: {question}" + (f" hint {hint}" if hint else ""))
        self.answers.append(text)
        return text
    def __lt__(self, other): return (-self.points, self.name) < (-other.points, other.name)
players = [Player(n) for n in ("ann", "bob", "cid")]
for number in range(3):
    question = f"question {number}"
    for p in players:
        points = rate(p.answer(question))
        p.points += points
        if points == 0:
            print(f"{p.name} got nothing")
    board = sorted(players)
    print(number, [(p.name, p.points) for p in board])
winner = sorted(players)[0]
print(winner.name, winner.answers)
speech = llm(f"{winner.name} won with {winner.points}")
