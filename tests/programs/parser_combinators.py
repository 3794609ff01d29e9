"""Parsers put together from small ones; arithmetic with precedence; error positions."""


class Failure(Exception):
    def __init__(self, at, expected):
        super().__init__(f"expected {expected} at {at}")
        self.at = at


class Parser:
    def __init__(self, run):
        self.run = run

    def __call__(self, text):
        value, at = self.run(text, 0)
        if at != len(text):
            raise Failure(at, "the end")
        return value

    def __rshift__(self, f):
        def run(text, at):
            value, at = self.run(text, at)
            return f(value), at

        return Parser(run)

    def __add__(self, other):
        def run(text, at):
            a, at = self.run(text, at)
            b, at = other.run(text, at)
            return (a, b), at

        return Parser(run)

    def __or__(self, other):
        def run(text, at):
            try:
                return self.run(text, at)
            except Failure as e:
                if e.at != at:
                    raise
                return other.run(text, at)

        return Parser(run)

    def many(self):
        def run(text, at):
            out = []
            while True:
                try:
                    value, at = self.run(text, at)
                except Failure as e:
                    if e.at != at:
                        raise
                    return out, at
                out.append(value)

        return Parser(run)


def char(chars):
    def run(text, at):
        if at < len(text) and text[at] in chars:
            return text[at], at + 1
        raise Failure(at, chars)

    return Parser(run)


def lazy(f):
    return Parser(lambda text, at: f().run(text, at))


def fold(pair):
    total, rest = pair
    for op, n in rest:
        total = {"+": total + n, "-": total - n, "*": total * n, "/": total / n if n else float("inf")}[op]
    return total


digits = char("0123456789")
number = (digits + digits.many()) >> (lambda p: int(p[0] + "".join(p[1])))
atom = number | (char("(") + lazy(lambda: sums) + char(")") >> (lambda p: p[0][1]))
products = (atom + (char("*/") + atom).many()) >> fold
sums = (products + (char("+-") + products).many()) >> fold
for text in ("1+2*3", "(1+2)*3", "8/2/2-1", "2*(3", "1+", "7a", ""):
    try:
        print(text, "=", sums(text))
    except Failure as e:
        print(text, "!", e)
