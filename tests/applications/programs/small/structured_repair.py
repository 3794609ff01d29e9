"""Structured output: parse, validate into a dataclass, repair with the error message, count the repairs."""
# time: 4

class ValidationError(ValueError):
    pass

@dataclass
class Person:
    name: str
    age: int

    @classmethod
    def parse(cls, raw: str) -> "Person":
        try:
            data = json.loads(raw)
        except json.JSONDecodeError as e:
            raise ValidationError(f"not JSON: {e.msg}") from e
        if not 0 <= data["age"] < 80:
            raise ValidationError(f"age {data['age']} out of range")
        return cls(**data)

class Extractor:
    def __init__(self, max_repairs=3):
        self.max_repairs = max_repairs
        self.repairs = 0
        self.errors = []

    def extract(self, text):
        prompt = text
        for attempt in range(self.max_repairs + 1):
            raw = bad_json(prompt, attempt)
            try:
                return Person.parse(raw)
            except ValidationError as e:
                self.repairs += 1
                self.errors.append(str(e))
                prompt = f"{text}\nFix: {e}"
        return None

extractor = Extractor()
people = [extractor.extract(f"text {i}") for i in range(10)]
found = [p for p in people if p]
print(len(found), extractor.repairs)
for p in sorted(found, key=lambda p: (p.age, p.name)):
    print(f"{p.name:>4} {p.age}")
print(Counter(e.split(":")[0] for e in extractor.errors))
