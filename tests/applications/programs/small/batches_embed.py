"""Batched embedding calls with a helper for batches, heapq.nlargest by cosine, a threshold and a group of near duplicates."""
# time: 2

def batched(iterable, n):
    it = iter(iterable)
    while batch := list(itertools.islice(it, n)):
        yield batch
def cosine(a, b):
    top = sum(x * y for x, y in zip(a, b))
    return top / math.sqrt(sum(x * x for x in a) * sum(y * y for y in b))
texts = [f"sentence {i}" for i in range(10)]
index = {}
for batch in batched(texts, 4):
    vectors = [embed(t) for t in batch]
    index.update(zip(batch, vectors))
def nearest(query, k=3):
    q = embed(query)
    return heapq.nlargest(k, index, key=lambda t: cosine(index[t], q))
results = {q: nearest(q) for q in ("first", "second", "third")}
answers = {q: llm(f"{q} given {hits}") for q, hits in results.items()}
seen, unique = [], []
for t, v in index.items():
    if any(cosine(v, w) > 0.99 for w in seen):
        continue
    seen.append(v)
    unique.append(t)
print(results, answers, len(unique))
