"""Answers are parsed into dataclasses with methods; what they say decides what is done next."""
# time: 2

@dataclass
class Review:
    product: str
    score: int
    tags: list
    text: str

    @classmethod
    def from_json(cls, product, raw):
        data = json.loads(raw)
        return cls(product, data["score"], data["tags"], data["text"])

    def label(self):
        if self.score >= 7:
            return "good"
        return "poor" if self.score < 3 else "fair"

    def is_urgent(self):
        return self.label() == "poor" or "b" in self.tags

    def summary(self, width=20):
        return f"{self.product:<8}{self.label():<6}{self.text[:width]}"

products = [f"prod{i}" for i in range(8)]
reviews = [Review.from_json(p, llm_json(f"review of {p}")) for p in products]
labels = Counter(r.label() for r in reviews)
for r in reviews:
    print(r.summary())
replies = {r.product: llm(f"apologise for {r.text}") for r in reviews if r.is_urgent()}
print(labels, replies)
