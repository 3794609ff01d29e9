"""Extraction into a pydantic model, with validation and retries."""
# time: 3

from pydantic import BaseModel, Field, ValidationError
class Person(BaseModel):
    name: str
    age: int = Field(ge=10)
    def label(self): return f"{self.name.title()} ({self.age})"
    @property
    def adult(self): return self.age >= 18
def get(text, tries=3):
    for k in range(tries):
        try:
            return Person.model_validate_json(bad_json(text, k))
        except ValidationError as e:
            problem = e.error_count()
    return None
found = [get(f"doc {i}") for i in range(8)]
good = [p for p in found if p is not None]
labels = [p.label() for p in good]
table = [p.model_dump() | {"adult": p.adult} for p in good]
oldest = max(good, key=lambda p: p.age)
print(labels, oldest.label())
