"""Answers validated by a model with a validator of its own; what it refuses is asked again."""
# time: 4
from pydantic import BaseModel, ValidationError, field_validator
class Person(BaseModel):
    name: str
    age: int
    @field_validator("age")
    @classmethod
    def sensible(cls, v):
        if v > 60:
            raise ValueError("too old")
        return v
def extract(text, tries=3):
    problem = None
    for attempt in range(tries):
        raw = bad_json(text if problem is None else f"{text} fix", attempt)
        try:
            return Person.model_validate_json(raw)
        except ValidationError as e:
            problem = e.error_count()
    return None
people = []
for text in [f"bio {i}" for i in range(6)]:
    p = extract(text)
    if p is not None:
        people.append(p)
        print(p.name, p.age)
    else:
        print("failed", text)
ages = sorted(p.age for p in people)
letters = [llm(f"Dear {p.name} ({p.age})") for p in people]
