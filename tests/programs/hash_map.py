"""A hash map with open addressing, tombstones and growth."""


class HashMap:
    FREE, GONE = object(), object()

    def __init__(self, pairs=(), size=4):
        self._slots = [self.FREE] * size
        self._used = self._count = 0
        for k, v in pairs:
            self[k] = v

    def _probe(self, key):
        i = hash(key) % len(self._slots)
        while True:
            yield i, self._slots[i]
            i = (i + 1) % len(self._slots)

    def __setitem__(self, key, value):
        if (self._used + 1) * 3 > len(self._slots) * 2:
            self._grow()
        spare = None
        for i, slot in self._probe(key):
            if slot is self.FREE:
                self._used += spare is None
                self._slots[i if spare is None else spare] = (key, value)
                self._count += 1
                return
            if slot is self.GONE:
                spare = i if spare is None else spare
            elif slot[0] == key:
                self._slots[i] = (key, value)
                return

    def _grow(self):
        pairs = list(self.items())
        self._slots = [self.FREE] * (len(self._slots) * 2)
        self._used = self._count = 0
        for k, v in pairs:
            self[k] = v

    def _find(self, key):
        for i, slot in self._probe(key):
            if slot is self.FREE:
                raise KeyError(key)
            if slot is not self.GONE and slot[0] == key:
                return i

    def __getitem__(self, key):
        return self._slots[self._find(key)][1]

    def __delitem__(self, key):
        self._slots[self._find(key)] = self.GONE
        self._count -= 1

    def __contains__(self, key):
        try:
            self._find(key)
        except KeyError:
            return False
        return True

    def items(self):
        return (s for s in self._slots if s is not self.FREE and s is not self.GONE)

    def __len__(self):
        return self._count


m = HashMap((k, k * k) for k in range(3))
print(sorted(m.items()), len(m), len(m._slots))
m[10] = "ten"
m[1] = "one"
del m[0]
print(m[1], 0 in m, 10 in m, len(m))
for k in range(20, 25):
    m[k] = k
print(len(m), len(m._slots), sorted(k for k, _ in m.items()))
try:
    del m[0]
except KeyError as e:
    print("missing", e)
