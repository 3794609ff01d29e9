"""A router with a dict of handlers, and a fallback."""
# time: 3

class Handler:
    kind = "base"
    count = 0
    def handle(self, q):
        type(self).count += 1
        return self.reply(q)
    def reply(self, q): raise NotImplementedError
class Billing(Handler):
    kind = "billing"
    def reply(self, q):
        facts = search(q, k=2)
        return llm(f"billing {q} " + ", ".join(f["text"] for f in facts))
class Tech(Handler):
    kind = "tech"
    def reply(self, q): return llm(f"tech {q}")
class Chat(Handler):
    kind = "chat"
    def reply(self, q): return f"Hello! {q}".upper()
HANDLERS = {h.kind: h for h in (Billing(), Tech(), Chat())}
def route(q):
    kind = pick(q, list(HANDLERS))
    handler = HANDLERS.get(kind, HANDLERS["chat"])
    return kind, handler.handle(q)
log = []
for q in [f"question {i}" for i in range(8)]:
    kind, text = route(q)
    log.append({"q": q, "kind": kind, "text": text})
    print(kind, text[:30])
by_kind = defaultdict(list)
for row in log:
    by_kind[row["kind"]].append(row["text"])
stats = {k: len(v) for k, v in sorted(by_kind.items())}
counts = (Billing.count, Tech.count, Chat.count, Handler.count)
