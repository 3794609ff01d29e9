"""Conversation with summarised memory."""
# time: 4

class Memory:
    def __init__(self, limit=4):
        self.turns, self.summary, self.limit = [], "", limit
    def add(self, role, text):
        self.turns.append((role, text))
        if len(self.turns) > self.limit:
            old, self.turns = self.turns[:2], self.turns[2:]
            self.summary = llm(f"condense {self.summary} {old}")
    def context(self):
        lines = [f"{r}: {t}" for r, t in self.turns]
        return "\n".join([self.summary, *lines]).strip()
class Chat:
    def __init__(self, persona):
        self.persona, self.memory = persona, Memory()
    def send(self, text):
        self.memory.add("user", text)
        reply = llm(f"{self.persona}|{self.memory.context()}")
        self.memory.add("assistant", reply)
        return reply
chats = [Chat(p) for p in ("pirate", "poet", "lawyer")]
transcript = []
for turn in range(4):
    for c in chats:
        transcript.append((turn, c.persona, c.send(f"turn {turn}")))
for t, p, r in transcript:
    print(t, p, r)
summaries = {c.persona: c.memory.summary for c in chats}
