"""References to copied arguments in a result are the originals, also those deeper down and those that were changed meanwhile."""

a, b = ["a"], {"k": ["b"]}
r = pack(a, b, [a])
a.append("later")
r[2][0].append("through the result")
same = r[0] is a, r[1] is b, r[2][0] is a, r[1]["k"] is b["k"]
