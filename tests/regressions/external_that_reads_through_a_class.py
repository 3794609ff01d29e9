"""What methods of a class read belongs to the footprint of an external that gets hold of the class, or of an instance."""

T = 1
class Helper:
    def text(self, q): return f"{q} {T}"
    @property
    def p(self): return T
helper = Helper()
@external
def ask(q):
    return Helper().text(q)
@external
def ask2(q):
    return helper.p
out = []
for i in range(3):
    if str(i) in f(i):
        out.append(ask(i))
        out.append(ask2(i))
T = 2
out.append(ask(9))
a = f(1)
T = 3
out.append(ask(10))
out.append(ask2(11))
