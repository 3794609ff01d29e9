"""Fields out of letters: validated, changed, repaired with the text of the failure; a tuple of the case, the errors and the attempts."""
# time: 3
import pathlib, re, tempfile
from pydantic import BaseModel, ValidationError, field_validator

class Case(BaseModel):
    score: int
    tags: list[str] = []
    numbers: list[int] = []
    note: str | None = None

    @field_validator("score")
    @classmethod
    def low_enough(cls, value):
        if value > 4:
            raise ValueError("too high")
        return value

def extract(letter, attempts=3):
    errors = []
    text = llm_json(f"Extract {letter}")
    for attempt in range(attempts):
        try:
            case = Case(**json.loads(text))
            case.numbers = [int(n) for n in re.findall(r"\d+", letter)]
            if errors:
                case.note = f"repaired {len(errors)} times"
            return case, errors, attempt
        except (ValueError, ValidationError) as error:
            errors.append(f"{type(error).__name__}: {str(error).splitlines()[1:3]}")
            if attempt < attempts - 1:
                text = llm_json(f"Repair ({attempt}): {text} {errors[-1]}")
    return None, errors, attempts

path = pathlib.Path(tempfile.mkdtemp()) / "cases.jsonl"
cases, total, given_up = [], 0, 0
with open(path, "w") as file:
    for number, letter in enumerate(["a 1", "b 22", "c 3 4", "dd 5", "eee", "f 9 9", "g 10"]):
        case, errors, attempt = extract(letter)
        total += attempt
        if case is None:
            given_up += 1
            print(number, "given up:", "; ".join(errors))
            continue
        file.write(json.dumps({"number": number, **case.model_dump()}) + "\n")
        cases.append(case)
        print(number, case.score, case.numbers, case.note)
lines = path.read_text().splitlines()
print(len(lines), "lines,", [c for c in cases if c.tags], given_up, "given up", total, "attempts")
del path
