"""Random programs of the small language that `critical` understands: no aliases, one kind of value per name, all terminate."""

from __future__ import annotations

import random


HEAD = """def ask(x, n):
    notes = [x]
    for k in range(n):
        notes.append(f(notes))
    return notes
def pick(x):
    if ok(x):
        return g(x)
    return x
def retry(x):
    for k in range(3):
        try:
            return fail(num(x, k))
        except ValueError:
            x = g(x)
    return x
class Agent:
    def __init__(self, name):
        self.name = name
        self.history = [name]
        self.turns = 0
    def step(self, x):
        self.turns += 1
        a = f(self.history, x)
        self.history.append(a)
        return a
"""


def program(seed: int) -> str:
    """The program of a seed."""
    return _Maker(random.Random(seed)).source()


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.texts, self.numbers, self.lists, self.dicts = ["s1", "s2"], ["n1"], ["xs1", "xs2"], ["d1"]
        self.left = chance.randint(4, 12)
        self.counters = 0

    def source(self) -> str:
        lines = ["s1 = 'a'", "s2 = f(0)", "n1 = 1", "xs1 = ['p', 'q']", "xs2 = lst(1)", "d1 = {'k': 'v'}"]
        lines += ["a1 = Agent('x')", "a2 = Agent(s2)"]
        while self.left > 0:
            lines += self.statement(0, "")
        return HEAD + "\n".join(lines) + "\n"

    def text(self, depth: int = 0) -> str:
        c = self.chance
        kinds = ["name"] * 4 + ["constant", "f", "g", "join", "item", "f-string", "key"]
        kinds += ["choice", "pick", "step", "ask", "retry"] if depth < 1 else []
        kind = c.choice(kinds)
        inner = depth + 1
        return {
            "name": lambda: c.choice(self.texts),
            "constant": lambda: repr(c.choice("abc")),
            "f": lambda: f"f({self.text(inner) if depth < 2 else c.choice(self.texts)})",
            "g": lambda: f"g({c.choice([*self.texts, *self.lists, *self.dicts])})",
            "join": lambda: f"'-'.join({c.choice(self.lists)})",
            "item": lambda: f"{c.choice(self.lists)}[0]",
            "key": lambda: f"{c.choice(self.dicts)}['k']",
            "f-string": lambda: f"f'<{{{c.choice([*self.texts, *self.numbers])}}}>'",
            "choice": lambda: f"({self.text(2)} if {self.test(2)} else {self.text(2)})",
            "pick": lambda: f"pick({self.text(2)})",
            "step": lambda: f"{c.choice(['a1', 'a2'])}.step({c.choice(self.texts)})",
            "ask": lambda: f"ask({c.choice(self.texts)}, {c.randint(1, 2)})[0]",
            "retry": lambda: f"retry({c.choice(self.texts)})",
        }[kind]()

    def number(self) -> str:
        c = self.chance
        return c.choice([
            c.choice(self.numbers), str(c.randint(0, 5)), f"num({c.choice(self.texts)})", f"{c.choice(self.numbers)} + 1",
            f"len({c.choice(self.lists)})", "a1.turns", f"{c.choice(self.numbers)} * 2 % 7",
        ])  # fmt: skip

    def test(self, depth: int = 0) -> str:
        c = self.chance
        kinds = [f"ok({c.choice([*self.texts, *self.numbers])})", f"{c.choice(self.numbers)} < 3", f"'a' in {c.choice(self.texts)}"]
        if depth < 1:
            kinds += [f"not {self.test(1)}", f"{self.test(1)} and {self.test(1)}", f"{self.test(1)} or {self.test(1)}"]
        return c.choice(kinds)

    def list_(self) -> str:
        c = self.chance
        return c.choice([
            f"[{self.text(1)}, {self.text(1)}]", f"[f(v) for v in {c.choice(self.lists)}]", f"lst({c.choice(self.texts)})",
            f"[v for v in {c.choice(self.lists)} if ok(v)]", f"[g(v, {c.choice(self.texts)}) for v in {c.choice(self.lists)} if v in {c.choice(self.texts)}]",
            f"{c.choice(self.lists)} + [{self.text(1)}]", f"ask({c.choice(self.texts)}, 1)",
        ])  # fmt: skip

    def block(self, depth: int, inside: str) -> list[str]:
        lines: list[str] = []
        for _ in range(self.chance.randint(1, 3)):
            lines += self.statement(depth + 1, inside)
        return ["    " + line for line in lines]

    def statement(self, depth: int, inside: str) -> list[str]:
        """`inside`: which exit a loop around may take."""
        c = self.chance
        self.left -= 1
        kinds = ["text", "text", "number", "append", "append", "key", "print", "list", "call"]
        if depth < 2:
            kinds += ["if", "if", "for", "for", "while", "try"]
        if inside:
            kinds += ["exit"]
        kind = c.choice(kinds)
        if kind == "text":
            return [f"{c.choice(self.texts)} = {self.text()}"]
        if kind == "number":
            return [f"{c.choice(self.numbers)} = {self.number()}"]
        if kind == "append":
            return [f"{c.choice(self.lists)}.append({self.text()})"]
        if kind == "key":
            return [f"d1[{c.choice(['k', 'm'])!r}] = {self.text()}"]
        if kind == "print":
            return [f"print({self.text(1)})"]
        if kind == "call":
            return [f"{self.text()}"]
        if kind == "list":
            return [f"{c.choice(self.lists)} = {self.list_()}"] if not depth else [f"{c.choice(self.texts)} = f({c.choice(self.lists)})"]
        if kind == "exit":
            return [f"if {self.test()}:", f"    {inside}"]
        if kind == "if":
            lines = [f"if {self.test()}:", *self.block(depth, inside)]
            return lines + ["else:", *self.block(depth, inside)] if c.random() < 0.5 else lines
        if kind == "for":
            self.counters += 1
            over = c.choice([f"range({c.randint(1, 3)})", "['b', 'c']", f"[{self.text(1)}, {self.text(1)}]"])
            return [f"for v{self.counters} in {over}:", *self.block(depth, c.choice(["", "", "break", "continue"]))]
        if kind == "while":
            self.counters += 1
            k = f"k{self.counters}"
            return [f"{k} = 0", f"while {k} < 3 and {self.test(1)}:", f"    {k} += 1", *self.block(depth, c.choice(["", "", "break"]))]
        return ["try:", *self.block(depth, ""), f"    {c.choice(self.texts)} = fail({self.number()})", "except ValueError:", *self.block(depth, "")]
