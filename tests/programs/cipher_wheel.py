"""Ciphers: substitution, rail fence, Playfair-like pairs, frequency analysis, xor with bytes."""

import string
from collections import Counter
from itertools import cycle


def keyed(key):
    seen = dict.fromkeys(key.lower() + string.ascii_lowercase)
    return "".join(seen)


def substitute(text, alphabet, back=False):
    table = (alphabet, string.ascii_lowercase) if back else (string.ascii_lowercase, alphabet)
    return text.translate(str.maketrans(*table))


def rails(n, count):
    up_down = [*range(count), *range(count - 2, 0, -1)] or [0]
    return sorted(range(n), key=lambda i: (up_down[i % len(up_down)], i))


def fence(text, count):
    return "".join(text[i] for i in rails(len(text), count))


def unfence(text, count):
    out = [""] * len(text)
    for place, c in zip(rails(len(text), count), text):
        out[place] = c
    return "".join(out)


def xor(data, key):
    return bytes(a ^ b for a, b in zip(data, cycle(key)))


secret = substitute("attack at dawn", keyed("zebra"))
print(keyed("zebra"), secret, substitute(secret, keyed("zebra"), back=True))
print(fence("wearediscovered", 3), unfence(fence("wearediscovered", 3), 3))
print(Counter(filter(str.isalpha, secret)).most_common(2))
data = xor(b"hello", b"key")
print(data.hex(), xor(data, b"key").decode(), bytes.fromhex("68 69"))
square = keyed("monarchy").replace("j", "")
rows = [square[i : i + 5] for i in range(0, 25, 5)]
print(rows, divmod(square.index("s"), 5))
print("".join(chr((ord(c) - 97 + 13) % 26 + 97) for c in "uryyb"), "Az".swapcase(), "ab\tc".expandtabs(4))
