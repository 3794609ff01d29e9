"""Counting words in a text, with ties in order."""

import collections
import string
import textwrap

text = """It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness;
it was the epoch of belief."""
words = text.lower().translate(str.maketrans("", "", string.punctuation)).split()
counts = collections.Counter(words)
for word, n in counts.most_common(5):
    print(f"{word:<8}{'*' * n:>8} {n / len(words):.1%}")
by_length = collections.defaultdict(set)
for word in words:
    by_length[len(word)].add(word)
for length in sorted(by_length, reverse=True):
    print(length, *sorted(by_length[length]))
print(textwrap.fill(text, 40))
