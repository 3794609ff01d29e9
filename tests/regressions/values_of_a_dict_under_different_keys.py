"""Values of one dict under different keys, while a branch that waits may put others there, or move them from key to key."""

# ---- cell
# swap
s = {"a": [1], "b": [2], "n": 0}
if num(1) > -1:
    s["a"], s["b"] = s["b"], s["a"]
s["a"].append(9)
s["n"] += 1
print(s)

# pop
s = {"a": [1], "b": [2]}
if num(1) > -1:
    s["c"] = s.pop("a")
    s["a"] = s["b"]
s["c"].append(9)
s["a"].append(10)
print(s)

# update
s = {"a": [1], "b": [2]}
o = {"a": s["b"]}
if num(1) > -1:
    s.update(o)
s["a"].append(9)
print(s)
s.update(dct("a", "b"))
print(s["a"])

# setdefault
s = {"a": [1]}
if num(1) > -1:
    s.setdefault("b", s["a"]).append(3)
s["a"].append(4)
s["b"].append(5)
print(s)

# calls
s = {"notes": [], "out": ["a", "b"], "n": 0, "d": {}}
def ask(x):
    s["n"] += 1
    return f(x)
for t in s["out"]:
    d = ask(t)
    if ok(d):
        s["notes"].append(t)
        d = ask(d)
    s["d"][t] = d
    s["last"] = d
print(s)

# alias_later
s = {"a": [1], "b": [2]}
keep = s["b"]
def go():
    if num(3) > -1:
        s["a"] = keep
go()
s["a"].append(f(1))
keep.append("k")
print(s, keep)

# nested
s = {"a": {"x": [1]}, "b": {"x": [2]}}
def go(k):
    if num(k) > -1:
        s[k]["x"] = s["b"]["x"]
        s["c"] = s[k]
go("a")
s["a"]["x"].append(5)
s["c"]["y"] = f(1)
print(s)

# key_types
s = {1: ["one"], "1": ["str"], True: ["t"]}
if num(2) > -1:
    s[1.0] = s["1"]
s[1].append(3)
s[True].append(4)
print(s)

# get
s = {"a": [1], "b": [2]}
if num(2) > -1:
    s["a"] = s["b"]
s.get("a").append(3)
s.get("z", s["b"]).append(4)
print(s)
