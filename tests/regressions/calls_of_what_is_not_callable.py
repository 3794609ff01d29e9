"""What is no callable is called: the error is that of the call."""

class N: pass
n = N()
a = f(1)
try:
    n(a)
except TypeError as e:
    print(e)
for k in (1, n):
    k(f(2))
