"""Extraction into pydantic models with validators and a method on the model."""
# time: 3
import json
from enum import Enum
from typing import List, Optional
from pydantic import BaseModel, Field, ValidationError, field_validator

class Kind(str, Enum):
    INVOICE = "invoice"
    LETTER = "letter"

class Item(BaseModel):
    name: str
    qty: int = Field(ge=0)

class Doc(BaseModel):
    kind: Kind
    items: List[Item] = []
    total: float = 0
    note: Optional[str] = None

    @field_validator("total")
    @classmethod
    def positive(cls, v):
        if v < 0:
            raise ValueError("negative total")
        return v

    def count(self):
        return sum(i.qty for i in self.items)

    def label(self) -> str:
        return f"{self.kind.value}:{self.total:.1f}"

def parse(raw, i):
    data = json.loads(raw)
    return {"kind": "invoice" if data["score"] > 4 else "letter",
            "items": [{"name": t, "qty": data["score"]} for t in data["tags"]],
            "total": data["score"] * 1.5 - 2}

def extract(i, text):
    raw = llm_json(f"Extract: {text}")
    try:
        doc = Doc.model_validate(parse(raw, i))
    except ValidationError as e:
        fixed = llm_json(f"Fix {raw}: {e.error_count()} errors")
        data = parse(fixed, i)
        data["total"] = abs(data["total"])
        doc = Doc(**data)
        doc.note = "fixed"
    return doc

texts = [f"text number {i}" for i in range(8)]
docs = [extract(i, t) for i, t in enumerate(texts)]
for doc in docs:
    print(doc.label(), doc.count(), doc.note)
comments = [llm(f"Comment on {doc.label()}") for doc in docs if doc.kind is Kind.INVOICE]
dump = [d.model_dump() for d in docs]
print(json.dumps(dump, default=str)[:80])
total = sum(d.total for d in docs)
