"""Structured output with pydantic: validators, a repair loop with the errors, methods of the models."""
# time: 4

from pydantic import BaseModel, Field, ValidationError, field_validator

class Person(BaseModel):
    name: str
    age: int = Field(ge=0, lt=80)
    tags: list[str] = []

    @field_validator("name")
    @classmethod
    def upper(cls, v):
        if v.endswith("7"):
            raise ValueError("no sevens")
        return v.upper()

    def label(self) -> str:
        return f"{self.name} ({self.age})"

class Outcome(BaseModel):
    person: Person | None = None
    attempts: int = 0
    errors: list[str] = []

def extract(text: str, limit: int = 4) -> Outcome:
    outcome = Outcome()
    feedback = ""
    for attempt in range(limit):
        outcome.attempts += 1
        raw = bad_json(text + feedback, attempt)
        try:
            outcome.person = Person.model_validate_json(raw)
            break
        except ValidationError as e:
            first = e.errors()[0]
            outcome.errors.append(first["type"])
            feedback = f" fix {first['type']}"
    return outcome

outcomes = [extract(f"text {i}") for i in range(8)]
for o in outcomes:
    print(o.attempts, o.person.label() if o.person else "failed", o.errors)
print(sum(o.attempts for o in outcomes))
