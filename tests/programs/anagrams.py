"""Words grouped by their letters, and the longest of the groups."""

from collections import defaultdict
from itertools import groupby

words = "listen silent enlist google elgoog inlets banana tinsel abc cab bca".split()
groups = defaultdict(list)
for word in words:
    groups["".join(sorted(word))].append(word)

for key in sorted(groups, key=lambda k: (-len(groups[k]), k)):
    if len(groups[key]) > 1:
        print(f"{key}: {', '.join(sorted(groups[key]))}")

by_length = {n: [*ws] for n, ws in groupby(sorted(words, key=len), key=len)}
for n, ws in by_length.items():
    print(n, len(ws), max(ws))

largest = max(groups.values(), key=len)
print(len(largest), largest[0], largest[-1])


def is_anagram(a, b):
    counts = [0] * 26
    for x, y in zip(a, b):
        counts[ord(x) - ord("a")] += 1
        counts[ord(y) - ord("a")] -= 1
    return len(a) == len(b) and not any(counts)


print([(a, b) for i, a in enumerate(words) for b in words[i + 1 :] if is_anagram(a, b)][:4])
