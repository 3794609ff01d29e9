"""Reviews as models with a method and a property, used as soon as each is there."""
# time: 2
from pydantic import BaseModel, Field
class Review(BaseModel):
    score: int
    tags: list[str] = Field(default_factory=list)
    text: str
    @property
    def good(self):
        return self.score >= 5
    def label(self):
        return f"{self.text}/{self.score}"
def review(item):
    return Review.model_validate_json(llm_json(f"review {item}"))
out = []
for i in range(6):
    r = review(i)
    print(i, r.label())
    out.append(llm(f"improve {r.label()}"))
