"""What a container holds when it is read at last is looked at, not what it held when the reader was issued."""

K=['k']; L=['l']; N={'n':['old']}
a = [K, 0]
if f(1):
    N['n'] = ['new']
    a[0] = N['n']
if num(1) < 0:
    N['n'] = ['new']
    a[0] = N['n']
if g(2): n = a[0][-1:]
N['n'].append(2)
end = f([K, L, N]), str([K, L, N])
