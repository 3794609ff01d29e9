"""What the generator's productions share: kinds of values, what is visible at a place, the table of productions."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar


T = TypeVar("T")

# Kinds of values: a text, a number, a truth value, a list of texts, of numbers, of lists of texts, a dict of numbers, a dict of lists of
# texts, a pair of text and number, a set of texts, an object of a class of the program, a node of level 6 (see `aliases`).
KINDS = {"s": "s", "n": "n", "b": "b", "ls": "xs", "ln": "ns", "ll": "ll", "d": "d", "dl": "dl", "t": "t", "set": "st", "o": "o", "nd": "nd"}

HOLE = re.compile(rf"<({'|'.join(KINDS)})(!v)?>")


@dataclass(frozen=True)
class Function:
    """A function of the program that can be called: its parameters' kinds and its result's kind (None: it returns nothing of use)."""

    name: str
    parameters: tuple[str, ...]
    result: str | None
    generator: bool = False
    method: bool = False


@dataclass
class Env:
    """What is visible at a place in the program, and what may stand there."""

    names: dict[str, str] = field(default_factory=dict)  # name -> kind
    own: set[str] = field(default_factory=set)  # those that may be assigned here
    functions: list[Function] = field(default_factory=list)
    loop: bool = False  # break and continue may stand here
    result: str | None = None  # kind that `return` gives here; None outside of functions
    generator: bool = False
    handler: bool = False  # a bare raise may stand here
    depth: int = 0  # nesting of blocks
    calls: int = 0  # nesting of loops: how often this may be run
    top: bool = True  # of the cell, not in a function

    def inner(self, **changes: Any) -> Env:
        """The same for a block: what is bound in it cannot be relied on behind it."""
        more = {
            "names": dict(self.names),
            "own": set(self.own),
            "functions": list(self.functions),
            "depth": self.depth + 1,
            **changes,
        }
        return replace(self, **more)

    def of(self, kind: str, own: bool = False) -> list[str]:
        """The names of a kind, oldest first."""
        return [name for name, k in self.names.items() if k == kind and (not own or name in self.own)]


@dataclass(frozen=True)
class Production:
    """One way to make an expression of a kind, or a statement."""

    name: str
    level: int
    weight: float
    make: Callable[..., Any]
    atom: bool = False


EXPRESSIONS: dict[str, list[Production]] = {kind: [] for kind in KINDS}
STATEMENTS: list[Production] = []


def expression(kind: str, name: str, level: int = 1, weight: float = 1.0, atom: bool = False) -> Callable[[T], T]:
    """Add a function `(generator, env, depth) -> str | None` as a way to make an expression; None: not possible here."""

    def add(make: T) -> T:
        EXPRESSIONS[kind].append(Production(name, level, weight, make, atom))  # type: ignore[arg-type]
        return make

    return add


def statement(name: str, level: int = 1, weight: float = 1.0) -> Callable[[T], T]:
    """Add a function `(generator, env) -> list[str] | None` as a way to make statements."""

    def add(make: T) -> T:
        STATEMENTS.append(Production(name, level, weight, make))  # type: ignore[arg-type]
        return make

    return add


def templates(kind: str, name: str, *texts: str, level: int = 1, weight: float = 1.0, atom: bool = False) -> None:
    """Expressions from templates, in which `{kind}` stands for an expression of a kind and `{kind!v}` for a variable of it."""

    def make(generator: Base, env: Env, depth: int) -> str | None:
        return generator.fill(generator.pick(texts), env, depth)

    EXPRESSIONS[kind].append(Production(name, level, weight, make, atom))


def indent(lines: Sequence[str]) -> list[str]:
    """The lines as a block."""
    return ["    " + line for line in lines] or ["    pass"]


class Base:
    """Chance, budget and names; the productions are in `expressions` and `statements`."""

    def __init__(self, seed: int, level: int = 5, only: Collection[str] = (), size: int = 30) -> None:
        self.random = random.Random(seed)
        self.level = level
        self.only = frozenset(only)
        self.left = size
        self.used: Counter[str] = Counter()
        self._numbers: Counter[str] = Counter()
        self.classes: list[str] = []
        self.aliases = level == 6
        self.managers = False  # whether the program has context managers
        self.top_level_await = level >= 5 and self.chance(0.15)

    def pick(self, choices: Sequence[T]) -> T:
        """One of them."""
        return self.random.choice(choices)

    def chance(self, probability: float) -> bool:
        """True so often."""
        return self.random.random() < probability

    def name(self, prefix: str) -> str:
        """A name not used before."""
        self._numbers[prefix] += 1
        return f"{prefix}{self._numbers[prefix]}"

    def allowed(self, production: Production) -> bool:
        """Whether level and selection admit a production; those of level 1 are always there."""
        aliases = production.level == 6 and not self.aliases  # there are enough of those in programs of level 6
        return production.level <= self.level and not aliases and (not self.only or production.level == 1 or production.name in self.only)

    def choose(self, productions: Sequence[Production], *args: Any) -> Any:
        """What one of the productions makes here, tried in random order by weight."""
        left = [p for p in productions if self.allowed(p)]
        while left:
            weights = [p.weight * (4 if p.name in self.only else 1) for p in left]
            production = self.random.choices(left, weights)[0]
            made = production.make(self, *args)
            if made is not None:
                self.used[production.name] += 1
                return made
            left.remove(production)
        return None

    def expr(self, kind: str, env: Env, depth: int = 2) -> str:
        """An expression."""
        productions = EXPRESSIONS[kind]
        if depth <= 0:
            productions = [p for p in productions if p.atom]
        made = self.choose(productions, env, depth)
        assert made is not None, f"no expression of kind {kind}"
        return str(made)

    def fill(self, template: str, env: Env, depth: int) -> str | None:
        """A template with its holes filled; None if there is no variable for one."""
        missing = False
        if " for " in template:
            env = env.inner(own=set(), top=False)  # neither walrus nor await in a comprehension

        def hole(match: re.Match[str]) -> str:
            nonlocal missing
            kind, variable = match.groups()
            if not variable:
                return self.expr(kind, env, depth - 1)
            names = env.of(kind)
            missing = missing or not names
            return self.pick(names) if names else ""

        text = HOLE.sub(hole, template)
        return None if missing else text
