"""Deterministic automata, their products, and a matcher by derivatives."""


class Automaton:
    def __init__(self, start, accepting, edges):
        self.start, self.accepting, self.edges = start, set(accepting), edges

    def run(self, text):
        state = self.start
        for c in text:
            state = self.edges.get((state, c))
            if state is None:
                return False
        return state in self.accepting

    def __and__(self, other):
        edges = {}
        for (s, c), t in self.edges.items():
            for (u, d), v in other.edges.items():
                if c == d:
                    edges[(s, u), c] = (t, v)
        accepting = {(a, b) for a in self.accepting for b in other.accepting}
        return Automaton((self.start, other.start), accepting, edges)


even = Automaton(0, {0}, {(0, "a"): 1, (1, "a"): 0, (0, "b"): 0, (1, "b"): 1})
ends = Automaton("n", {"y"}, {("n", "a"): "n", ("n", "b"): "y", ("y", "a"): "n", ("y", "b"): "y"})
both = even & ends
for word in ("", "b", "aab", "ab", "aabb", "abc"):
    print(f"{word or '-':5}", even.run(word), ends.run(word), both.run(word))


def matches(pattern, text):
    if not pattern:
        return not text
    head = bool(text) and pattern[0] in (text[0], ".")
    if pattern[1:2] == "*":
        return matches(pattern[2:], text) or (head and matches(pattern, text[1:]))
    return head and matches(pattern[1:], text[1:])


print([(p, t, matches(p, t)) for p, t in [("a*b", "aab"), (".*", "xyz"), ("a.c", "abd"), ("", "")]])
