"""Bit tricks: population counts, Gray codes, masks, a bit set, parity."""


def popcount(n):
    count = 0
    while n:
        n &= n - 1
        count += 1
    return count


def gray(n):
    return n ^ (n >> 1)


def ungray(g):
    n = 0
    while g:
        n ^= g
        g >>= 1
    return n


class BitSet:
    def __init__(self, items=()):
        self.bits = 0
        for i in items:
            self.add(i)

    def add(self, i):
        self.bits |= 1 << i

    def remove(self, i):
        if i not in self:
            raise KeyError(i)
        self.bits &= ~(1 << i)

    def __contains__(self, i):
        return self.bits >> i & 1 == 1

    def __iter__(self):
        n, i = self.bits, 0
        while n:
            if n & 1:
                yield i
            n, i = n >> 1, i + 1

    def __or__(self, other):
        out = BitSet()
        out.bits = self.bits | other.bits
        return out

    def __len__(self):
        return self.bits.bit_count()


print([popcount(n) for n in range(10)])
print([f"{gray(n):03b}" for n in range(8)], all(ungray(gray(n)) == n for n in range(20)))
a, b = BitSet([1, 3, 5]), BitSet([3, 4])
print(list(a | b), len(a | b), 4 in a, 4 in b)
a.remove(3)
print(list(a))
try:
    a.remove(7)
except KeyError as e:
    print("no", e)
print(f"{0xDEADBEEF:_b}", int("1011", 2), ~5, -7 >> 1, 0b1010 ^ 0b0110)
print((1234).to_bytes(2, "big"), int.from_bytes(b"\x04\xd2", "big"))
