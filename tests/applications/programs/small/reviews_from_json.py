"""Objects made of the fields of an answer, and their methods while these are not known."""
# time: 2
class Review:
    def __init__(self, score, tags, text):
        self.score, self.tags, self.text = score, tags, text
    def verdict(self):
        return "good" if self.score > 5 else "bad"
    def title(self):
        return f"{self.text} ({', '.join(self.tags)})"
reviews = []
for i in range(4):
    r = Review(**json.loads(llm_json(f"review {i}")))
    reviews.append(r)
    print(i, r.verdict(), r.title())
replies = [llm(f"reply to {r.title()}") for r in reviews if r.verdict() == "bad"]
print(replies)
