"""Agents that publish to subscribers: weak callbacks replaced by bound methods in lists, a blackboard by defaultdict(list)."""
# time: 3

class Event:
    def __init__(self): self.subscribers = []
    def __iadd__(self, fn):
        self.subscribers.append(fn)
        return self
    def fire(self, *args):
        return [fn(*args) for fn in self.subscribers]
class Analyst:
    def __init__(self, name, desk):
        self.name, self.desk, self.notes = name, desk, []
        desk.news += self.read
    def read(self, headline):
        note = llm(f"{self.name} on {headline}")
        self.notes.append(note)
        self.desk.board[headline].append((self.name, rate(note)))
        return note
class Desk:
    def __init__(self):
        self.news, self.board = Event(), defaultdict(list)
        self.log = []
desk = Desk()
analysts = [Analyst(n, desk) for n in ("ann", "bob", "cid")]
desk.news += desk.log.append
for h in ("rain", "sun"):
    desk.news.fire(h)
opinion = {h: statistics.mean(s for _, s in b) for h, b in desk.board.items()}
final = llm(f"{opinion} {[len(a.notes) for a in analysts]}")
print(opinion, desk.log, final)
