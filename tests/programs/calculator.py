"""A recursive descent parser of arithmetic."""

import operator
import re

OPS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow}


class Parser:
    def __init__(self, text):
        self.tokens = re.findall(r"\d+\.?\d*|[-+*/^()]", text)
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self):
        token = self.peek()
        self.at += 1
        return token

    def expression(self):
        value = self.term()
        while self.peek() in ("+", "-"):
            value = OPS[self.take()](value, self.term())
        return value

    def term(self):
        value = self.factor()
        while self.peek() in ("*", "/"):
            value = OPS[self.take()](value, self.factor())
        return value

    def factor(self):
        base = self.atom()
        if self.peek() == "^":
            self.take()
            return base ** self.factor()
        return base

    def atom(self):
        token = self.take()
        if token == "(":
            value = self.expression()
            if self.take() != ")":
                raise SyntaxError("expected )")
            return value
        if token == "-":
            return -self.atom()
        if token is None:
            raise SyntaxError("unexpected end")
        return float(token) if "." in token else int(token)


for text in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-4 / (1 - 3)", "1.5 * 4", "(1 + 2", "5 / 0", "7 +"):
    try:
        print(text, "=", Parser(text).expression())
    except (SyntaxError, ZeroDivisionError) as e:
        print(text, "->", type(e).__name__, e)
