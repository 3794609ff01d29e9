"""Embeddings, k-means by hand with numpy, names for the clusters."""
# time: 2
import numpy as np
texts = [f"headline {i}" for i in range(12)]
vectors = np.array([embed(t) for t in texts])
rng = np.random.default_rng(0)
centers = vectors[rng.choice(len(vectors), 3, replace=False)]
for step in range(10):
    distances = np.linalg.norm(vectors[:, None, :] - centers[None, :, :], axis=2)
    labels = distances.argmin(axis=1)
    new = np.array([vectors[labels == k].mean(axis=0) if (labels == k).any() else centers[k] for k in range(3)])
    if np.allclose(new, centers):
        break
    centers = new
names = {}
for k in range(3):
    members = [t for t, l in zip(texts, labels) if l == k]
    names[k] = llm("Name this cluster:\n" + "\n".join(members))
    print(k, len(members), names[k])
similar = []
for i, t in enumerate(texts):
    sims = vectors @ vectors[i]
    order = np.argsort(-sims)
    similar.append([texts[j] for j in order if j != i][:2])
print(similar[0])
del vectors, centers, distances, labels, new, sims, order, members
