"""Tuples of different classes, of texts, with objects that the program has changed, and what is no tuple of that length at all."""

class A:
    def __init__(self, n): self.n = n
    def name(self): return f"A{self.n}"
class B:
    n = 3
    def name(self): return f"B{self.n}"
kept = A(7)
def one(i):
    for k in range(3):
        try:
            x = num(i + k)
            if x % 4 == 0: return A(x), "a", k
            if x % 4 == 1: return B(), x, k
            if x % 4 == 2: return kept, None, k
            if i > 4: return None, [x], 0.5
            bad(i)
        except Exception:
            continue
    return "xyz"
r = []
for i in range(8):
    a, b, c = one(i)
    kept.n += 1
    try:
        r.append((a.name(), b, c))
    except AttributeError as e:
        r.append((str(e), b, c))
    c += 1
    r.append(c) if type(c) is int else print(b, c)
print(r, kept.n)

def swapped(i):
    try:
        a = A(num(i))
        return a, a.n
    except Exception:
        return None, 0
for i in range(4):
    a, n = swapped(i)
    if n % 2:
        a.__class__ = B
    elif n:
        a.name = lambda n=n: f"own {n}"
    print(a.name(), n)
def two(i):
    try:
        x = num(i)
        return (x,) if x % 2 else (x, x)
    except Exception:
        return 0
for i in range(4):
    try:
        a, b = two(i)
    except ValueError as e:
        print(e)
    else:
        print(a + b)
print(one(3)[0], one(4)[-1])

class Texts:
    def __init__(self): self.text, self.at, self.old = "", 0, []
    def put(self, text):
        self.old.append((self.text, self.at))
        self.text, self.at = self.text + text, self.at + len(text)
        return self
    def back(self):
        if self.old: self.text, self.at = self.old.pop()
        return self
b = Texts()
b.put(str(num(1))).put("b").put(str(num(2))).back()
print(b.text, b.at, b.back().text, b.back().back().at)
