"""Attributes stored into a class, an object or a list through an answer that turns out to be it."""

class Shell:
    def a(self):
        return "A"
ident(Shell).known = 5
print(Shell.known)
ident(Shell).known = 6
print(Shell().known)
ident([Shell])[0].q = 8
print(Shell.q)
ident(Shell).z = 8
print(Shell().z)
S = Shell()
ident(S).kind = Shell
ident(S).kind.w = 9
print(Shell.w, hasattr(Shell, "w"), getattr(Shell, "w"), "w" in vars(Shell))
class Sub(Shell):
    pass
ident(Shell).a = lambda self: "B"
print(S.a(), Sub().a(), Sub.known)
ident(Shell).q2 = ident(8)
print(getattr(S, "q2", 0))
ident(Shell).q3 = ident(8)
print(vars(Shell).get("q3"), sorted(vars(Shell)))
del ident(Shell).q3
print(hasattr(S, "q3"))
setattr(ident(Shell), "q4", 5)
print(S.q4)

class A:
    pass

o = A()
xs = []
ident(o).x = xs
o.x.append(1)
print(xs)
