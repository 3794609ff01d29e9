"""Chat history as TypedDict and NamedTuple, trimmed by a token budget, several users in turn."""
# time: 4

from typing import TypedDict, NamedTuple
class Message(TypedDict):
    role: str
    content: str
class Turn(NamedTuple):
    user: str
    question: str
    answer: str
    tokens: int
def tokens(messages: list[Message]) -> int:
    return sum(len(m["content"].split()) for m in messages)
def trim(messages, budget):
    head, rest = messages[:1], messages[1:]
    while rest and tokens(head + rest) > budget:
        rest.pop(0)
    return head + rest
histories: dict[str, list[Message]] = {}
turns: list[Turn] = []
for n in range(4):
    for user in ("ann", "bob"):
        h = histories.setdefault(user, [Message(role="system", content="Be kind.")])
        h.append({"role": "user", "content": f"question {n} of {user} about some thing"})
        h[:] = trim(h, 14)
        answer = llm(h)
        h.append(Message(role="assistant", content=answer))
        turns.append(Turn(user, h[-2]["content"], answer, tokens(h)))
longest = max(turns, key=lambda t: t.tokens)
by_user = {u: [t.answer for t in turns if t.user == u] for u in histories}
first = turns[0]._replace(answer="...")._asdict()
print(longest.user, longest.tokens, first)
for t in turns:
    user, *_, size = t
    print(f"{user:>5} {size:3d}")
