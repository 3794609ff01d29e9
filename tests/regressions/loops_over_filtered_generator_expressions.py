"""Conditions of a generator expression are under way at once for a loop or comprehension over it; what is left out leaves no trace."""
import traceback

docs = list("abcd")


def wanted(x):
    return f(x) and x in "bd"


def keep(items):
    return (s for s in items if wanted(s))


out = [f("T: " + it) for it in keep(docs)]
members = {f(it) for it in keep(docs)}
pairs = {it: f(it) for it in keep(docs)}
for q in keep(docs):
    print(q, f(q))
log = []
for q in (x + "!" for x in keep(docs)):
    log.append(f(q))
flat = [w for it in keep(docs) for w in (it, f(it))]
print(len(out), q)
for none in (s for s in docs if f(s) == 1):
    print("never")
else:
    print("end", f(1))
try:
    print(none)
except NameError as e:
    print(e)


def go():
    for q in (s for s in docs if f(s) and (s != "c" or 1 / 0)):
        log.append(f(q))
    print("never")


try:
    go()
except ZeroDivisionError:
    print(traceback.format_exc())
try:
    [f(q) for q in (s for s in docs if f(s) and (s != "c" or 1 / 0))]
except ZeroDivisionError:
    print(traceback.format_exc())


def turns():
    for q in (s for s in docs if f(s)):
        log.append(q)
        if q == "c":
            raise ValueError(f(q))


try:
    turns()
except ValueError:
    print(traceback.format_exc())
for q in (s for s in docs if f(s) and (s != "c" or bad(s))):
    log.append(q)
