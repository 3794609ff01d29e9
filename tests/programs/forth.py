"""A small Forth: words, definitions, loops, a stack that complains."""


class Forth:
    def __init__(self):
        self.stack, self.words, self.out = [], {}, []
        binary = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "<": lambda a, b: -(a < b)}
        for name, f in binary.items():
            self.words[name] = lambda f=f: self.push(f(*self.take(2)))
        self.words |= {
            "dup": lambda: self.push(*self.take(1) * 2),
            "drop": lambda: self.take(1),
            "swap": lambda: self.push(*reversed(self.take(2))),
            "over": lambda: self.push(*(lambda a, b: (a, b, a))(*self.take(2))),
            ".": lambda: self.out.append(str(self.take(1)[0])),
        }

    def push(self, *values):
        self.stack.extend(values)

    def take(self, n):
        if len(self.stack) < n:
            raise IndexError("stack underflow")
        taken, self.stack[-n:] = self.stack[-n:], []
        return taken

    def run(self, text):
        self.execute(iter(text.lower().split()))
        result, self.out = " ".join(self.out), []
        return result

    def execute(self, tokens):
        for token in tokens:
            if token == ":":
                name, *body = iter(tokens.__next__, ";")
                self.words[name] = lambda body=body: self.execute(iter(body))
            elif token == "times":
                body = list(iter(tokens.__next__, "end"))
                for _ in range(self.take(1)[0]):
                    self.execute(iter(body))
            elif token in self.words:
                self.words[token]()
            elif token.lstrip("-").isdigit():
                self.push(int(token))
            else:
                raise NameError(token)


forth = Forth()
for line in [
    "2 3 + .",
    ": square dup * ; 7 square .",
    "1 2 swap over . . .",
    "1 5 times 2 * end .",
    "3 4 < . 4 3 < .",
    "+",
    "1 what",
    ": cube dup square * ; 3 cube .",
]:
    try:
        print(f"{line!r:32} {forth.run(line)} {forth.stack}")
    except (IndexError, NameError) as e:
        print(f"{line!r:32} {type(e).__name__}: {e}")
        forth.stack.clear()
