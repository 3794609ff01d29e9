"""Compression by hand: run lengths, LZ77, LZW, bit packing, zlib; with round trips."""

import zlib
from itertools import groupby


def rle(text):
    return [(c, len(list(g))) for c, g in groupby(text)]


def lz77(text, window=8):
    out, i = [], 0
    while i < len(text):
        best = (0, 0)
        for start in range(max(0, i - window), i):
            n = 0
            while i + n < len(text) - 1 and text[start + n] == text[i + n]:
                n += 1
            best = max(best, (n, i - start))
        n, back = best
        out.append((back, n, text[i + n]))
        i += n + 1
    return out


def unlz77(triples):
    out = []
    for back, n, c in triples:
        for _ in range(n):
            out.append(out[-back])
        out.append(c)
    return "".join(out)


def lzw(text):
    codes = {chr(k): k for k in range(97, 123)}
    word, out = "", []
    for c in text:
        if word + c in codes:
            word += c
        else:
            out.append(codes[word])
            codes[word + c] = 123 + len(codes) - 26
            word = c
    return [*out, codes[word]]


def pack(numbers, bits):
    total = 0
    for n in numbers:
        if n >> bits:
            raise OverflowError(f"{n} needs more than {bits} bits")
        total = total << bits | n
    return total.to_bytes((bits * len(numbers) + 7) // 8, "big")


text = "abababcabababc"
print(rle("aaabccd"), "".join(c * n for c, n in rle("aaabccd")))
print(lz77(text), unlz77(lz77(text)) == text)
print(lzw(text), len(lzw("aaaaaaaaaa")), pack([1, 2, 3], 4).hex())
try:
    pack([16], 4)
except OverflowError as e:
    print(e)
data = zlib.compress(text.encode() * 10, 9)
print(len(data) < 60, zlib.decompress(data).decode().count("c"), zlib.crc32(b"abc"), zlib.adler32(b"abc"))
