"""A moderation pipeline: cheap rules first, a classifier, a second opinion; early exit; an audit trail."""
# time: 3
BANNED = {"spam", "scam"}
audit = []
def rules(text):
    return any(w in text.split() for w in BANNED)
def moderate(post):
    text = post["text"]
    if rules(text):
        audit.append((post["id"], "rules"))
        return "blocked"
    toxicity = rate(f"toxicity: {text}")
    if toxicity >= 8:
        audit.append((post["id"], f"toxic {toxicity}"))
        return "blocked"
    if 5 <= toxicity < 8:
        votes = [judge(text, f"policy {k}") for k in range(3)]
        if sum(votes) >= 2:
            audit.append((post["id"], f"votes {votes}"))
            return "blocked"
        appeal = llm(f"Explain to the author: {text}")
        audit.append((post["id"], appeal))
        return "warned"
    if any(rate(f"{kind}: {text}") > 8 for kind in ("privacy", "violence")):
        return "flagged"
    return "ok"
posts = [{"id": i, "text": f"post {i}" + (" spam" if i % 5 == 0 else "")} for i in range(12)]
for post in posts:
    post["status"] = moderate(post)
    print(post["id"], post["status"])
published = [p for p in posts if p["status"] == "ok"]
print(len(published), audit)
