"""JSON parsing with validation loops and retries."""
# time: 3

class Invalid(ValueError):
    def __init__(self, message, raw):
        super().__init__(message)
        self.raw = raw
def parse(raw):
    match = re.search(r"\{.*\}", raw, re.S)
    if not match:
        raise Invalid("no json", raw)
    data = json.loads(match.group())
    missing = {"name", "age"} - data.keys()
    if missing:
        raise Invalid(f"missing {sorted(missing)}", raw)
    return data
def extract(text, attempts=4):
    errors = []
    for k in range(attempts):
        try:
            return parse(bad_json(text, k)), errors
        except (Invalid, json.JSONDecodeError) as e:
            errors.append(f"{type(e).__name__}: {e}")
    return None, errors
people, failures = [], {}
for t in [f"text {i}" for i in range(10)]:
    person, errs = extract(t)
    if person is None:
        failures[t] = errs
        continue
    people.append({**person, "source": t, "retries": len(errs)})
adults = [p for p in people if p["age"] >= 18]
adults.sort(key=lambda p: (-p["age"], p["name"]))
total_retries = sum(p["retries"] for p in people)
print(json.dumps(adults[:3], indent=1))
print(len(failures), total_retries)
