"""A copy that is made ahead of a call that fails leaves nothing in the class."""

import copy

class N: pass
class M: pass
a, b = N(), M()
copy.copy(b)
try:
    fail(2)
    copy.copy(a)
    copy.deepcopy(b)
except ValueError:
    out = "__slotnames__" in vars(N), "__slotnames__" in vars(M)
c = N()
fail(5)
copy.deepcopy(c)
