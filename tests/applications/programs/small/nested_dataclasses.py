"""Structured extraction into nested dataclasses with asdict, replace and json round trip; unknown fields are dropped."""
# time: 2

from dataclasses import asdict, replace, fields
@dataclass
class Score:
    value: int = 0
    tags: list = field(default_factory=list)
@dataclass
class Item:
    name: str
    rating: Score = field(default_factory=Score)
    text: str = ""
    note: str = ""
    @classmethod
    def from_json(cls, name, text):
        data = json.loads(text)
        known = {f.name for f in fields(cls)}
        extra = {k: v for k, v in data.items() if k in known}
        return cls(name, Score(data.get("score", -1), list(data["tags"])), **extra)
    def __str__(self): return f"{self.name}({self.rating.value})"
items = [Item.from_json(f"item{i}", llm_json(f"extract {i}")) for i in range(6)]
noted = [replace(i, note=llm(f"note on {i}")) for i in items]
rows = [asdict(i) for i in noted]
text = json.dumps(rows, indent=1)
back = [Item(r["name"], Score(**r["rating"]), r["text"], r["note"]) for r in json.loads(text)]
tags = Counter(t for i in noted for t in i.rating.tags)
high = sorted((i for i in noted if i.rating.value >= 5), key=lambda i: (-i.rating.value, i.name))
print(*map(str, high), back == noted, tags, sep=" | ")
