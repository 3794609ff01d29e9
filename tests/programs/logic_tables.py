"""Boolean expressions: parsed, tabulated, tautologies, normal forms."""

import re
from itertools import product


class Parser:
    LEVELS = [("->", lambda a, b: lambda e: not a(e) or b(e)), ("|", lambda a, b: lambda e: a(e) or b(e)), ("&", lambda a, b: lambda e: a(e) and b(e))]

    def __init__(self, text):
        self.tokens = re.findall(r"->|[a-z]|[|&~()]", text)
        self.names = sorted({t for t in self.tokens if t.isalpha()})
        self.function = self.level(0)
        if self.tokens:
            raise SyntaxError(f"left over: {' '.join(self.tokens)}")

    def level(self, k):
        if k == len(self.LEVELS):
            return self.atom()
        sign, make = self.LEVELS[k]
        left = self.level(k + 1)
        while self.tokens and self.tokens[0] == sign:
            self.tokens.pop(0)
            left = make(left, self.level(k + 1))
        return left

    def atom(self):
        if not self.tokens:
            raise SyntaxError("too short")
        token = self.tokens.pop(0)
        if token == "~":
            inner = self.atom()
            return lambda e: not inner(e)
        if token == "(":
            inner = self.level(0)
            if not self.tokens or self.tokens.pop(0) != ")":
                raise SyntaxError("missing )")
            return inner
        if not token.isalpha():
            raise SyntaxError(f"unexpected {token}")
        return lambda e: e[token]

    def table(self):
        for values in product([False, True], repeat=len(self.names)):
            env = dict(zip(self.names, values))
            yield env, self.function(env)


for text in ("p & ~q", "(p -> q) -> (~q -> ~p)", "p & ~p", "p |", "p q"):
    try:
        formula = Parser(text)
    except SyntaxError as e:
        print(f"{text}: {e}")
        continue
    rows = list(formula.table())
    column = "".join("FT"[v] for _, v in rows)
    kind = {True: "always", False: "never"}.get(rows[0][1] if len(set(column)) == 1 else None, "sometimes")
    dnf = [" & ".join(n if env[n] else "~" + n for n in formula.names) for env, v in rows if v]
    print(f"{text}: {column} {kind} {dnf[0] if dnf else '-'}")
