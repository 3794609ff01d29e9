"""A Bloom filter over hashlib, and how often it is wrong."""

import hashlib


class Bloom:
    def __init__(self, size, hashes):
        self.size, self.hashes = size, hashes
        self.bits = bytearray(size)
        self.added = 0

    def places(self, item):
        for k in range(self.hashes):
            digest = hashlib.sha256(f"{k}:{item}".encode()).digest()
            yield int.from_bytes(digest[:4], "big") % self.size

    def add(self, item):
        for place in self.places(item):
            self.bits[place] = 1
        self.added += 1

    def __contains__(self, item):
        return all(self.bits[place] for place in self.places(item))


seen = Bloom(64, 3)
for name in ("ann", "bob", "cyd", "dan"):
    seen.add(name)
print([name in seen for name in ("ann", "bob", "cyd", "dan")])
wrong = [k for k in range(30) if k in seen]
print(len(wrong) <= 10, sum(seen.bits), seen.added)
tiny = Bloom(4, 2)
for k in range(6):
    tiny.add(k)
print(tiny.bits, "anything" in tiny)
print(hashlib.md5(b"poppy").hexdigest()[:12], hashlib.blake2b(b"x", digest_size=4).hexdigest())
