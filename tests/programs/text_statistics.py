"""Statistics of a text: sentences, readability, letter frequencies, concordance, n-grams, similarity."""

import re
from collections import Counter, defaultdict
from itertools import islice
from math import log2, sqrt

TEXT = """It was a bright cold day in April. The clocks were striking thirteen!
Was it cold? It was a day like any other day, bright and cold."""


def words(text):
    return re.findall(r"[a-z]+", text.lower())


def ngrams(items, n):
    return zip(*(islice(items, k, None) for k in range(n)))


def syllables(word):
    return max(1, len(re.findall(r"[aeiouy]+", word.removesuffix("e"))))


def cosine(a, b):
    dot = sum(a[w] * b[w] for w in a.keys() & b.keys())
    return dot / sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))


sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+", TEXT)]
found = words(TEXT)
print(len(sentences), len(found), len(set(found)), max(sentences, key=len)[:15], sum(map(syllables, found)))
counts = Counter(found)
print([w for w, n in counts.most_common() if n > 2], [f"{' '.join(g)}:{n}" for g, n in Counter(ngrams(found, 2)).most_common(2)])
letters = Counter("".join(found))
entropy = -sum(n / letters.total() * log2(n / letters.total()) for n in letters.values())
print(f"{entropy:.3f}", "".join(c for c, _ in sorted(letters.items(), key=lambda p: (-p[1], p[0]))[:5]))
index = defaultdict(list)
for number, sentence in enumerate(sentences, 1):
    for w in words(sentence):
        index[w].append(number)
print({w: index[w] for w in ("cold", "was", "day")}, index.get("nothing"))
for m in re.finditer(r"\bcold\b", TEXT):
    print(f"{TEXT[max(0, m.start() - 9) : m.start()]!r:>14} [{m[0]}] {TEXT[m.end() : m.end() + 7]!r}")
vectors = [Counter(words(s)) for s in sentences]
print([round(cosine(vectors[0], v), 3) for v in vectors], round(206.835 - 1.015 * len(found) / len(sentences), 1))
