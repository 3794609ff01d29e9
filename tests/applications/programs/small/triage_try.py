"""Triage of documents: parse, classify, extract; errors go to a dead letter list; retries with a counter."""
# time: 7
import json
class TriageError(Exception):
    def __init__(self, doc_id, stage, reason):
        super().__init__(f"{doc_id} failed at {stage}: {reason}")
        self.doc_id, self.stage = doc_id, stage

stats = {"ok": 0, "failed": 0, "retries": 0}
def with_retries(fn, *args, attempts=3):
    for attempt in range(attempts):
        try:
            return fn(*args, attempt)
        except (ConnectionError, ValueError):
            stats["retries"] += 1
    raise RuntimeError("too many attempts")

def parse(text, attempt):
    data = json.loads(bad_json(text, attempt))
    if data["age"] > 80:
        raise ValueError("too old")
    return data

def triage(doc_id, text):
    try:
        raw = with_retries(flaky, text)
    except RuntimeError as e:
        raise TriageError(doc_id, "fetch", e) from e
    try:
        data = with_retries(parse, raw)
    except RuntimeError as e:
        raise TriageError(doc_id, "parse", e) from e
    data["doc"] = doc_id
    data["priority"] = "high" if rate(data["name"]) > 6 else "low"
    return data

documents = {f"doc{i}": f"text {i}" for i in range(8)}
done, dead = [], []
for doc_id, text in documents.items():
    try:
        record = triage(doc_id, text)
    except TriageError as e:
        dead.append((e.doc_id, e.stage, str(e)))
        stats["failed"] += 1
        print("FAILED", e)
    else:
        done.append(record)
        stats["ok"] += 1
        print("ok", record)
print(stats)
