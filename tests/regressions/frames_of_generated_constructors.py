"""What fails inside of a dataclass's generated `__init__` has the frame of that in its traceback, walked past or not."""

import traceback
from dataclasses import dataclass, field, InitVar
out = []

class Checked:
    def __set_name__(self, owner, name): self.name = "_" + name
    def __get__(self, o, t=None): return 0 if o is None else getattr(o, self.name)
    def __set__(self, o, v):
        if v == 1: raise TypeError(v)
        setattr(o, self.name, fail(v))

@dataclass
class A:
    n: int
    s: str = "s"
    xs: list = field(default_factory=lambda: [fail(-1)])
@dataclass(frozen=True)
class B:
    n: int
    hidden: list = field(init=False, default_factory=lambda: fail(-2))
@dataclass(kw_only=True)
class C:
    n: Checked = Checked()
    m: InitVar[int] = 3
    def __post_init__(self, m):
        self.k = fail(m)
        if ok(m): raise KeyError(m)
class D(A):
    pass
def make(cls, **given):
    try:
        made = cls(**given)
        out.append(made.n)
    except (ValueError, KeyError, TypeError):
        out.append(traceback.format_exc())
for k in (1, num("a")):
    make(A, n=k)
    make(B, n=k)
    make(C, n=1)
    make(C, n=k)
    make(C, n=4, m=k)
    make(C, n=4, m=-k)
    make(D, n=k)
    make(D, n=k, xs=[])
f(1)
z = A(num("b"))
