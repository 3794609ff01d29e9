"""Makes a random program of a seed: it ends, and means the same each time it is run."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from tests.random_programs import aliases, everyday, functions, snippets, statements  # noqa: F401 - some enter themselves
from tests.random_programs.grammar import EXPRESSIONS, STATEMENTS, Base, Env, expression


OWN = ["class Own(Exception):", "    pass"]
MODULES = (  # all of them at level 7, in the others only the first two
    "sys functools json re math statistics operator itertools heapq bisect random copy collections csv io contextlib".split()
)
MANAGERS = """
from contextlib import contextmanager, suppress
class Manager:
    def __init__(self, log, name, swallows):
        self.log, self.name, self.swallows = log, name, swallows
    def __enter__(self):
        self.log.append("in")
        return f(self.name)
    def __exit__(self, kind, e, tb):
        self.log.append("out" if e is None else kind.__name__)
        return e is not None and isinstance(e, self.swallows)
@contextmanager
def managed(log, name):
    log.append("in")
    try:
        yield f(name)
    finally:
        log.append("out")
""".strip().split("\n")
LOGGED = """
import functools
log = []
def logged(fn):
    @functools.wraps(fn)
    def inner(*args):
        log.append(fn.__name__)
        r = fn(*args)
        log.append(type(r).__name__)
        return r
    return inner
""".strip().split("\n")
SPECIAL = {"property": ("s", "<o!v>.prop"), "__call__": ("s", "<o!v>(<n>)"), "__getitem__": ("s", "<o!v>[<n>]"), "__bool__": ("b", "bool(<o!v>)"),
           "__eq__": ("b", "(<o!v> == <o!v>)"), "__add__": ("o", "(<o!v> + <o!v>)")}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A program, and how often each construct was used in it."""

    seed: int
    source: str
    used: Counter[str]


for _name, (_kind, _text) in SPECIAL.items():

    def _make(g: Base, env: Env, depth: int, name: str = _name, text: str = _text) -> str | None:
        return g.fill(text, env, depth) if g.used[name] else None

    expression(_kind, f"use of {_name}", 5, 1.0)(_make)


def generate(seed: int, level: int = 5, only: Collection[str] = (), size: int = 25) -> Made:
    """The program of a seed."""
    g = Base(seed, level, only, size)
    g.left = g.random.randint(3, max(3, size))
    env = Env()
    g.managers = level >= 4 and (g.chance(0.5) or "with" in g.only)
    lines: list[str] = []
    for kind in ("ls", "s", "n", "d", *(["ll", "ln"] if g.chance(0.5) else [])):
        value = g.expr(kind, env, 1)
        lines.append(f"{statements.bind(g, env, kind)} = {value}")
    for kind in ("ll", "dl", "nd", "nd") if g.aliases else ():
        value = g.expr(kind, env, 2)
        lines.append(f"{statements.bind(g, env, kind)} = {value}")
    if g.chance(0.4):
        lines += g.choose([p for p in STATEMENTS if p.name == "alias"], env) or []
    if level >= 3 and g.chance(0.5):
        lines += functions.classes(g, env)
        value = g.expr("o", env, 1)
        lines.append(f"{statements.bind(g, env, 'o')} = {value}")
    while g.left > 0:
        lines += statements.block(g, env, 3)
    if g.chance(0.3):
        lines.append(g.expr(g.pick(["s", "ls", "n", "d"]), env, 2))
    return Made(seed, _whole(lines, level), g.used)


def _whole(lines: list[str], level: int) -> str:
    """The program with the definitions that it needs, in the spelling of `ast.unparse`."""
    text = "\n".join(lines)
    start = [f"import {name}" for name in MODULES[: 2 if level < 7 else None] if re.search(rf"(?<![.\w]){name}\.", text)]
    if "Own" in text:
        start += OWN
    if re.search(r"with (Manager|managed|suppress)\(", text):
        start += MANAGERS
    if "@logged" in text:
        start += LOGGED
    if re.search(r"\bN\b", text):
        start += aliases.NODES
    return ast.unparse(ast.parse("\n".join([*start, text]))) + "\n"


def constructs() -> dict[str, int]:
    """All constructs by name, with the level that admits them."""
    found = {p.name: p.level for productions in (*EXPRESSIONS.values(), STATEMENTS, functions.SHAPES) for p in productions}
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))
