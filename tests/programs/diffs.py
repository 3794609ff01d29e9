"""Texts compared: unified diffs, close matches, ratios, opcodes, patches of our own."""

import difflib

old = "one\ntwo\nthree\nfour\nfive\n".splitlines(keepends=True)
new = "one\n2\nthree\nfive\nsix\n".splitlines(keepends=True)
print("".join(difflib.unified_diff(old, new, "old", "new", n=1)), end="")
print([line[:3].strip() for line in difflib.ndiff(old, new)])
words = ["apple", "ape", "maple", "peach", "puppy"]
for typo in ("appel", "pech", "xyz"):
    print(typo, difflib.get_close_matches(typo, words, 2))
matcher = difflib.SequenceMatcher(None, "abcd efgh", "bcde fgh!")
print(round(matcher.ratio(), 3), [b.size for b in matcher.get_matching_blocks()])


def patch(a, b):
    commands = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b).get_opcodes():
        if tag != "equal":
            commands.append((i, j, b[k:m]))
    return commands


def apply(a, commands):
    a = list(a)
    for i, j, lines in reversed(commands):
        a[i:j] = lines
    return a


commands = patch(old, new)
print(commands)
print(apply(old, commands) == new)


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


print([distance(*pair) for pair in [("kitten", "sitting"), ("", "abc"), ("flaw", "lawn")]])
