"""Generators in a chain: windows over words, filtered, batched; a progress callback and text assembly."""
# time: 2

WORDS = [f"w{i}" for i in range(40)]
def windows(words, size, step):
    for i in range(0, len(words) - size + 1, step):
        yield i, words[i:i + size]
def relevant(pairs):
    for i, w in pairs:
        if rate(" ".join(w)) >= 4:
            yield i, w
def batches(items, n):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == n:
            yield batch
            batch = []
    if batch:
        yield batch
progress = []
def report(k, text): progress.append(k); print(f"batch {k}: {text}")
parts = []
for k, batch in enumerate(batches(relevant(windows(WORDS, 8, 4)), 2)):
    text = llm(" / ".join(" ".join(w) for _, w in batch))
    parts.append(text)
    report(k, text)
document = "\n".join(parts)
starts = [i for i, _ in relevant(windows(WORDS, 8, 8))]
