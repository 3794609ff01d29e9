"""E-mails are classified and routed by a table of handlers; escalation; counts per route."""
# time: 3
from dataclasses import dataclass
from typing import Callable
@dataclass(frozen=True)
class Email:
    sender: str
    subject: str
    body: str
def handle_billing(mail):
    details = llm_json(f"billing {mail.body}")
    return {"route": "billing", "details": json.loads(details)["tags"]}
def handle_tech(mail):
    hits = search(mail.subject, k=2)
    reply = llm(f"{mail.body} {[h['text'] for h in hits]}")
    return {"route": "tech", "reply": reply}
def handle_other(mail):
    return {"route": "other"}
ROUTES: dict[str, Callable] = {"billing": handle_billing, "tech": handle_tech}
def process(mail):
    label = pick(f"Classify {mail.subject}\n{mail.body}", ["billing", "tech", "spam", "other"])
    if label == "spam":
        return None
    handler = ROUTES.get(label, handle_other)
    result = handler(mail)
    result["sender"] = mail.sender
    if rate(f"urgency {mail.body}") > 6:
        result["escalated"] = True
        result["note"] = llm(f"Escalate {mail.sender}: {result}")
    return result
mails = [Email(f"u{i}@x.org", f"subject {i}", f"body {i}") for i in range(9)]
outbox, counts, spam = [], {}, 0
for mail in mails:
    result = process(mail)
    if result is None:
        spam += 1
        continue
    counts[result["route"]] = counts.get(result["route"], 0) + 1
    outbox.append(result)
    print(mail.sender, result["route"], "!" if result.get("escalated") else "")
print(counts, spam)
