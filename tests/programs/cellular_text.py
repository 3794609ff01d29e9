"""Rules applied to text until nothing changes: rewriting, Markov algorithms, balanced forms."""


class Rewriter:
    def __init__(self, *rules, limit=50):
        self.rules, self.limit = [tuple(map(str.strip, r.split("->"))) for r in rules], limit

    def steps(self, text):
        yield text
        for _ in range(self.limit):
            for left, right in self.rules:
                if left in text:
                    text = text.replace(left, right.rstrip("."), 1)
                    yield text
                    if right.endswith("."):
                        return
                    break
            else:
                return
        raise RuntimeError(f"no end of {text[:10]}")

    def __call__(self, text):
        *_, last = self.steps(text)
        return last


unary = Rewriter("1+1 -> 2", "2+1 -> 3", "+ -> ")
swap = Rewriter("ba -> ab", "cb -> bc", "ca -> ac")
balance = Rewriter("() -> ", "[] -> ")
print(unary("1+1+1"), swap("cabbac"), list(swap.steps("cba")))
print([text for text in ("([])", "([)]", "") if not balance(text)], repr(balance("([)]")))
try:
    Rewriter("a -> aa")("a")
except RuntimeError as e:
    print(e)
print(len(list(swap.steps("ccbbaa"))) - 1)
