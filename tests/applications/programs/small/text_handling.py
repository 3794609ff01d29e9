"""String work on answers: partition, translate, join, zip of lines, slices, startswith tuples, sorting of characters, f-string nesting."""
# time: 2

TABLE = str.maketrans("0123456789", "ABCDEFGHIJ")
words = ["alpha", "beta", "gamma", "delta"]
answers = [llm(w) for w in words]
names = {}
for w, a in zip(words, answers):
    head, _, tail = a.partition("(")
    code = tail.rstrip(")").translate(TABLE)
    kind = "digit" if tail[0].isdigit() else "vowel" if tail.startswith(tuple("aeiou")) else "other"
    names[w] = {"code": code, "kind": kind, "sorted": "".join(sorted(set(code))), "swap": a.swapcase()[::-1]}
    print(f"{w:>{8}}|{code:^10}|{kind.upper():<7}|{len(set(a)):03d}|{a!r}")
longest = max(names, key=lambda w: (len(names[w]["sorted"]), w))
acrostic = "".join(n["code"][:1] for n in names.values())
follow = [llm(f"{w}/{n['kind']}") for w, n in names.items() if n["kind"] != "vowel"]
lines = "\n".join(f"{i}. {f}" for i, f in enumerate(follow, 1)).splitlines(keepends=True)
print(longest, acrostic, *lines, sep="")
