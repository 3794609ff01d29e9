"""Ciphers: Caesar, Vigenere, and their inverses."""

import itertools

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def shift(text, key, sign=1):
    keys = itertools.cycle(ALPHABET.index(k) for k in key)
    out = ""
    for c in text:
        if c.lower() in ALPHABET:
            moved = ALPHABET[(ALPHABET.index(c.lower()) + sign * next(keys)) % 26]
            out += moved.upper() if c.isupper() else moved
        else:
            out += c
    return out


for key in ("d", "key"):
    secret = shift("Attack at Dawn!", key)
    print(key, secret, shift(secret, key, -1))
guess = max(ALPHABET, key=lambda k: sum(shift("dwwdfn", k, -1).count(v) for v in "at"))
print(guess, shift("dwwdfn", guess, -1))
