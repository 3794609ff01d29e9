"""Routing by an enumeration: the classifier's word is made a member, handlers are chosen by it."""
# time: 2

class Intent(enum.Enum):
    BILLING = "billing"
    TECH = "tech"
    OTHER = "other"
    @property
    def urgent(self): return self is Intent.TECH

class Handler:
    prefix = "?"
    def __init__(self): self.seen = []
    def handle(self, text):
        self.seen.append(text)
        return llm(f"{self.prefix}: {text}")
class Billing(Handler): prefix = "billing"
class Tech(Handler):
    prefix = "tech"
    def handle(self, text):
        return super().handle(text) + "!"
class Other(Handler): prefix = "other"

handlers = {Intent.BILLING: Billing(), Intent.TECH: Tech(), Intent.OTHER: Other()}
tickets = [f"ticket {i}" for i in range(9)]
replies = []
for t in tickets:
    intent = Intent(pick(t, [i.value for i in Intent]))
    reply = handlers[intent].handle(t)
    replies.append((t, intent.name, reply, intent.urgent))
for r in replies: print(*r)
print({i.name: len(h.seen) for i, h in handlers.items()})
