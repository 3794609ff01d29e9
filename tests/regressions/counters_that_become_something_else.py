"""Open writes put texts, or numbers that are too large, where a number was: adding to it fails where it stands."""

class B: pass
b = B(); b.n = 0
o = B(); o.x = 1
def flip(i):
    if f(i):
        o.x = "ab"
def use(i):
    try:
        if g(i):
            b.n = o.x * 2
    except Exception as e:
        print("use", e)
def add(i):
    try:
        b.n += 1
    except TypeError as e:
        print("caught", i, e)
        return "caught"
    return "fine"
flip(1); use(2)
out = [add(i) for i in range(3)]
print(out, b.n)

class B: pass
b = B(); b.n = 1
def grow(i):
    if f(i):
        b.n = 10 ** 400
def add(i):
    try:
        b.n += 0.5
    except OverflowError as e:
        return str(e)
    return b.n
grow(1)
print(add(1), add(2) == add(3))

class B: pass
b = B(); b.n = 10 ** 100
def grow(i):
    if f(i):
        b.n *= b.n
def add(i):
    try:
        b.n = b.n + 0.5
    except OverflowError as e:
        return str(e)
    return "fine"
for i in range(3): grow(i)
print(add(1), add(2))

class B: pass
b = B(); b.s = ""; b.n = 0
def go(i):
    try:
        b.s += f(i)
        b.n += b.s
    except TypeError as x:
        b.s += "!"
        return str(x)
print([go(i) for i in range(4)], b.s, b.n)

class B: pass
b = B(); b.n = 0
def go(i):
    try:
        b.n += num(i)
        b.n += f(i)
    except TypeError as x:
        return str(x)
print([go(i) for i in range(4)], b.n)

class B: pass
b = B(); b.n = 0
def go(i):
    if f(i):
        b.__dict__["n"] = "x"
def add(i):
    try: b.n += 1
    except TypeError: return "no"
    return "yes"
go(1)
print(add(1), b.n)
