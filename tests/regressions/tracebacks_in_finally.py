"""A `finally`, a manager and a handler print the traceback of what is on its way out: frames of the program only."""

import traceback
out = []
try:
    try:
        1()
    finally:
        out.append(traceback.format_exc())
except TypeError as e:
    out.append(traceback.format_exc())
class M:
    def __enter__(self): return self
    def __exit__(self, t, e, tb):
        out.append("".join(traceback.format_exception(t, e, tb)))
        return True
with M():
    1()
with M():
    len(ident(3))
try:
    with M() as m:
        try:
            None.x
        finally:
            out.append(traceback.format_exc())
except AttributeError:
    pass
def go():
    try:
        return [] + 1
    finally:
        out.append(traceback.format_exc())
try:
    go()
except TypeError:
    pass
try:
    try:
        ident(3) + ""
    finally:
        out.append(traceback.format_exc())
except TypeError:
    pass
