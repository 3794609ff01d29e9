"""Long text split by sentences into overlapping chunks with a generator, map step, filter by score, refine over what is left."""
# time: 8

TEXT = " ".join(f"Sentence number {i} says something." for i in range(24))
def sentences(text):
    for m in re.finditer(r"[^.]+\.", text):
        yield m.group().strip()
def chunks(items, size=5, overlap=1):
    items = list(items)
    step = size - overlap
    for start in range(0, len(items), step):
        yield items[start:start + size]
        if start + size >= len(items):
            return
notes = []
for n, chunk in enumerate(chunks(sentences(TEXT))):
    note = llm(f"note {n}: " + " ".join(chunk))
    if rate(note) > 2:
        notes.append(note)
summary = ""
for note in notes:
    summary = llm(f"refine {summary!r} with {note}")
print(len(notes), summary)
