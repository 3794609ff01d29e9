"""An operator or builtin that waits for a value may call special methods of the user's: what comes later waits for what they change."""

calls = []
class X:
    def __add__(self, o):
        calls.append(('add', o)); return 5
    def __gt__(self, o):
        calls.append(('gt', o)); return True
    def __setitem__(self, k, v): calls.append((k, v))
    def __eq__(self, o):
        calls.append(('eq', o)); return True
def t():
    x = X()
    calls[:] = []
    x + ident(1)
    a = list(calls)
    x > ident(2)
    b = list(calls)
    ident(3) < x
    c = list(calls)
    x[ident(1):2] = ident(4)
    d = list(calls)
    x == ident(1)
    e = list(calls)
    ident(1) in [x]
    return a, b, c, d, e, list(calls)
r = t()

calls = []
class X:
    def __init__(self): self.n = 0
    def __add__(self, o):
        self.n += 1; calls.append(('add', o)); return 5
    def __str__(self):
        self.n += 1; calls.append('str'); return "x"
    def __len__(self):
        self.n += 1; calls.append('len'); return 3
    def __bool__(self):
        self.n += 1; calls.append('bool'); return False
    def __getitem__(self, k):
        self.n += 1; calls.append(k); return k
    def __eq__(self, o): self.n += 1; calls.append('eq'); return True
    def __hash__(self): return 1
    def __neg__(self): self.n += 1; return 4
x = X()
log = []
ident(x) + 1
log.append((x.n, len(calls)))
str(ident(x))
log.append((x.n, len(calls)))
len(ident(x))
log.append((x.n, len(calls)))
bool(ident(x))
log.append((x.n, len(calls)))
ident(x)[1]
log.append((x.n, len(calls)))
f"{ident(x)}"
log.append((x.n, len(calls)))
[ident(x)] == [1]
log.append((x.n, len(calls)))
ident([x]) == [1]
log.append((x.n, len(calls)))
-pick([x])
log.append((x.n, len(calls)))
x + ident(1)
log.append((x.n, len(calls)))
"%s" % ident(x)
log.append((x.n, len(calls)))
d = {ident(x): 1}
log.append((x.n, len(calls)))
d[ident(1)] = 3
log.append((x.n, len(calls)))
ident(1) in (x,)
log.append((x.n, len(calls)))
" ".join([str(v) for v in pack(x, 1)])
log.append((x.n, len(calls)))
print(ident(x))
log.append((x.n, len(calls)))

