"""Answers parsed with a repair call on JSONDecodeError, for-else, and a list of what could not be parsed."""
# time: 3

class ParseError(Exception):
    pass
def parse(text):
    try:
        return json.loads(text)
    except json.JSONDecodeError as e:
        raise ParseError(f"at {e.pos}: {e.msg}") from e
def ask(text, tries=4):
    problem = None
    for attempt in range(tries):
        raw = bad_json(text if problem is None else f"{text} (fix: {problem})", attempt)
        try:
            data = parse(raw)
        except ParseError as e:
            problem = str(e)
        else:
            data["attempts"] = attempt + 1
            break
    else:
        return {"name": None, "age": -1, "attempts": tries}
    return data
rows = [ask(f"note {i}") for i in range(9)]
by_attempts = Counter(r["attempts"] for r in rows)
known = {r["name"]: r["age"] for r in rows if r["name"]}
oldest = max(rows, key=lambda r: r["age"])
print(json.dumps(oldest, sort_keys=True), sorted(known.items()), by_attempts.most_common())
