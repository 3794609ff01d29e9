"""Embeddings and cosine similarity in pure Python; clustering by threshold."""
# time: 2

def dot(a, b): return sum(x * y for x, y in zip(a, b))
def norm(a): return math.sqrt(dot(a, a))
def cosine(a, b): return dot(a, b) / (norm(a) * norm(b))
texts = [f"sentence number {i}" for i in range(7)]
vectors = {t: embed(t) for t in texts}
pairs = sorted(((cosine(vectors[a], vectors[b]), a, b) for a, b in itertools.combinations(texts, 2)), reverse=True)
clusters = []
for t in texts:
    for c in clusters:
        if cosine(vectors[c[0]], vectors[t]) > 0.9:
            c.append(t)
            break
    else:
        clusters.append([t])
names = [llm("name " + ", ".join(c)) for c in clusters]
centroids = [[sum(col) / len(c) for col in zip(*(vectors[t] for t in c))] for c in clusters]
for n, c in zip(names, clusters):
    print(f"{n}: {len(c)}")
print(pairs[0][1:], round(pairs[0][0], 4))
