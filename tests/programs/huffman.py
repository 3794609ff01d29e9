"""Huffman codes of a text."""

import heapq
from collections import Counter


def codes(text):
    heap = [(n, c, c) for c, n in sorted(Counter(text).items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        n, a, left = heapq.heappop(heap)
        m, b, right = heapq.heappop(heap)
        heapq.heappush(heap, (n + m, min(a, b), (left, right)))
    found = {}

    def walk(node, prefix):
        if isinstance(node, str):
            found[node] = prefix or "0"
        else:
            for bit, child in zip("01", node):
                walk(child, prefix + bit)

    walk(heap[0][2], "")
    return found


text = "abracadabra"
table = codes(text)
bits = "".join(table[c] for c in text)
for c, code in sorted(table.items(), key=lambda item: (len(item[1]), item)):
    print(c, code)
back, buffer, reverse = "", "", {v: k for k, v in table.items()}
for bit in bits:
    buffer += bit
    if buffer in reverse:
        back += reverse[buffer]
        buffer = ""
print(len(bits), "bits for", len(text) * 8, back == text)
