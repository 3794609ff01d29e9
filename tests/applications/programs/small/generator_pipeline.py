"""Generators in a chain, one of which yields behind a test; `list` of the last."""
# time: 3
def load():
    for i in range(6):
        yield {"id": i, "text": f"text {i}"}
def translate(rows):
    for r in rows:
        yield {**r, "en": llm(f"translate {r['text']}")}
def keep(rows, at_least):
    for r in rows:
        if rate(r["en"]) >= at_least:
            yield r
def enrich(rows):
    for r in rows:
        r["title"] = llm(f"title {r['en']}")
        yield r
final = list(enrich(keep(translate(load()), 4)))
for r in final:
    print(r["id"], r["title"])
