"""JSON: custom encoders and decoders, sorted keys, lines, paths into documents, merging."""

import json
from datetime import date
from decimal import Decimal
from enum import Enum


class Colour(Enum):
    RED = 1


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, date):
            return {"$date": o.isoformat()}
        if isinstance(o, (set, frozenset)):
            return sorted(o)
        if isinstance(o, Enum):
            return o.name
        return super().default(o)


def revive(d):
    return date.fromisoformat(d["$date"]) if d.keys() == {"$date"} else d


doc = {"when": date(2024, 5, 6), "tags": {"b", "a"}, "c": Colour.RED, "n": [1, 2.5, None, True]}
text = json.dumps(doc, cls=Encoder, sort_keys=True)
print(text)
back = json.loads(text, object_hook=revive)
print(back["when"].year, back["tags"], json.loads("[1.10]", parse_float=Decimal))
for bad in ("{'a': 1}", "[1,]", "", '{"a": 1} x'):
    try:
        json.loads(bad)
    except json.JSONDecodeError as e:
        print(f"{e.msg} at {e.pos}")
try:
    json.dumps({"x": object()}, cls=Encoder)
except TypeError as e:
    print(str(e)[:30])


def paths(value, at="$"):
    if isinstance(value, dict):
        for k, v in value.items():
            yield from paths(v, f"{at}.{k}")
    elif isinstance(value, list):
        for i, v in enumerate(value):
            yield from paths(v, f"{at}[{i}]")
    else:
        yield at, value


def merge(a, b):
    if isinstance(a, dict) and isinstance(b, dict):
        return {k: merge(a[k], b[k]) if k in a and k in b else b.get(k, a.get(k)) for k in [*a, *(k for k in b if k not in a)]}
    return b


print(dict(paths({"a": [1, {"b": None}], "c": {}})))
print(merge({"a": {"x": 1, "y": 2}, "b": [1]}, {"a": {"y": 3}, "b": [2], "c": 0}))
print(json.dumps({"ü": "\n\t"}, ensure_ascii=False, indent=1), json.dumps([1, {"a": 2}], separators=(",", ":")))
print(max(json.loads(line)["t"] for line in '{"t": 3}\n{"t": 9}'.splitlines()))
