"""What a `try` has put there first is gone when it fails: adding to it then fails, in the next `try`."""

class B: pass
b = B()
def first(i):
    try:
        if f(i):
            b.n = 0
        bad(i)
    except ValueError:
        return "undone"
    except Exception:
        return "no"
def add(i):
    try:
        b.n += 1
        return "added"
    except AttributeError as e:
        return f"caught {e}"
out = [first(1), add(2), add(3)]
print(out, vars(b))

d = {"m": 0}
def first(i):
    try:
        d["n"] = 0
        f(i)
        d["n"] += 1
        bad(i)
    except Exception:
        return "undone"
def add(i):
    try:
        d["n"] += 1
        return "added"
    except KeyError as e:
        return f"caught {e}"
out = [add(0), first(1), add(2), add(3)]
print(out, d)

class B: pass
b = B(); b.n = 1
d = {"n": 1}
def drop(i):
    if f(i):
        del b.n
        del d["n"]
def add(i):
    try:
        b.n += 1
    except AttributeError:
        print("gone", i)
    try:
        d["n"] += 1
    except KeyError:
        print("no key", i)
drop(1)
add(1); add(2)

e = {"a": 0, "b": 1}
def drop(i):
    if f(i): e.pop("a")
def add(i):
    try: e["a"] += 1
    except KeyError: return "no"
    return "yes"
drop(1)
out = [add(1), add(2)]; e["a"] = 5
drop(2); out += [add(3)]
print(out, e)
