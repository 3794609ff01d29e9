"""A spelling corrector by edits and frequencies; a trie with completions."""

from collections import Counter

WORDS = Counter("the cat sat on the mat the cat ate that hat then they sang".split())
LETTERS = "aehnty"


def edits(word):
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    yield from (a + b[1:] for a, b in splits if b)
    yield from (a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1)
    yield from (a + c + b[1:] for a, b in splits if b for c in LETTERS)
    yield from (a + c + b for a, b in splits for c in LETTERS)


def correct(word):
    if word in WORDS:
        return word
    known = {w for w in edits(word) if w in WORDS}
    return max(sorted(known), key=WORDS.get, default=word + "?")


class Trie:
    def __init__(self):
        self.children, self.count = {}, 0

    def add(self, word, n=1):
        node = self
        for c in word:
            node = node.children.setdefault(c, Trie())
        node.count += n

    def find(self, prefix):
        node = self
        for c in prefix:
            if (node := node.children.get(c)) is None:
                return None
        return node

    def words(self, prefix=""):
        if self.count:
            yield prefix, self.count
        for c in sorted(self.children):
            yield from self.children[c].words(prefix + c)


print([correct(w) for w in ("teh", "cta", "ht", "zzz")])
trie = Trie()
for word, n in WORDS.items():
    trie.add(word, n)
for prefix in ("th", "ca", "x"):
    node = trie.find(prefix)
    print(prefix, sorted(node.words(prefix), key=lambda p: (-p[1], p[0])) if node else "nothing")
print(sum(1 for _ in trie.words()), len(set(edits("at"))), WORDS.total())
