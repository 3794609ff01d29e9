"""Fields out of letters as JSON: parsed, checked against a model, repaired by the model where broken, written as JSON lines."""

import json
import pathlib
import re
import tempfile
from typing import Optional

from openai import OpenAI
from pydantic import BaseModel, ValidationError, field_validator


client = OpenAI()
LETTERS = [
    "Dear Sir, I ordered 3 lamps and 2 arrived.",
    "The parcel of May 4 never came. Please refund 20 euros.",
    "Thank you, all is well.",
    "Your newsletter comes twice a day, stop it.",
    "I want to return the shoes, size 44.",
    "Where is my order 1177?",
]


class Case(BaseModel):
    answer: str
    score: int
    relevant: bool
    numbers: list[int] = []
    note: Optional[str] = None

    @field_validator("score")
    @classmethod
    def low_enough(cls, value):
        if value > 7:
            raise ValueError("too high")
        return value


def request(prompt, as_json=True):
    options = {"response_format": {"type": "json_object"}} if as_json else {}
    reply = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": prompt}], **options)
    return reply.choices[0].message.content


def parse(text):
    match = re.search(r"\{.*\}", text, re.DOTALL)
    if match is None:
        raise ValueError(f"no JSON in {text[:30]!r}")
    return Case(**json.loads(match.group()))


def extract(letter, attempts=3):
    prompt = f"Extract the fields of this letter: {letter}"
    errors = []
    text = request(prompt, as_json=len(letter) % 2 == 0)
    for attempt in range(attempts):
        try:
            case = parse(text)
            case.numbers = [int(n) for n in re.findall(r"\d+", letter)]
            if errors:
                case.note = f"repaired {len(errors)} times"
            return case, errors
        except (ValueError, ValidationError) as error:
            errors.append(f"{type(error).__name__}: {str(error).splitlines()[0]}")
            text = request(f"Repair ({attempt}): {text}")
    return None, errors


path = pathlib.Path(tempfile.mkdtemp()) / "cases.jsonl"
cases, given_up = [], 0
with open(path, "w") as file:
    for number, letter in enumerate(LETTERS):
        case, errors = extract(letter)
        if case is None:
            given_up += 1
            print(number, "given up:", "; ".join(errors))
            continue
        file.write(json.dumps({"number": number, **case.model_dump()}) + "\n")
        cases.append(case)
        print(number, case.answer, case.numbers, case.note)

lines = path.read_text().splitlines()
relevant = [case for case in cases if case.relevant]
print(len(lines), "lines,", len(relevant), "relevant,", given_up, "given up")
del path
