"""Models of pydantic: those without code of the user's are made from answers while the program goes on; the others in order."""

from __future__ import annotations

import inspect

import pytest

from tests.equivalence import check


MODELS = '''from enum import Enum, IntEnum
from typing import Literal, Optional
from pydantic import BaseModel, Field, ValidationError, field_validator
class Inner(BaseModel):
    tags: list[str] = Field(default_factory=list)
class Outer(BaseModel):
    score: int = Field(ge=0)
    text: str
    inner: Optional[Inner] = None
    kind: Literal["a", "b"] = "a"
    def label(self):
        return f"<{self.text}:{self.score}>"
class Kind(str, Enum):
    A = "a"
    B = "b"
    def shout(self):
        return self.value.upper()
class Level(IntEnum):
    LOW, HIGH = 1, 2
class Labelled(BaseModel):
    kind: Kind
    level: Level = Level.LOW
    kinds: list[Kind] = []
log = []
class Odd(Enum):
    A = "a"
    @classmethod
    def _missing_(cls, value):
        log.append(("missing", value))
        return cls.A
class Oddly(BaseModel):
    kind: Odd
class Checked(BaseModel):
    text: str
    @field_validator("text")
    @classmethod
    def seen(cls, v):
        log.append(("seen", v))
        return v
def answer(i):
    return '{"score": %d, "text": "t%d", "inner": {"tags": ["x"]}}' % (i, i)
'''
END = "\ndel BaseModel, Field, ValidationError, field_validator, Inner, Outer, Checked"
END += "\ndel Kind, Level, Labelled, Odd, Oddly, Enum, IntEnum\n"

PROGRAMS: dict[str, tuple[float | None, str]] = {
    "from text": (2, """
        out = []
        for i in (1, 2, 3):
            o = Outer.model_validate_json(ident(answer(i)))
            out.append(g(o.text))
        del o"""),
    "from a dict": (2, """
        import json
        out = []
        for i in (1, 2, 3):
            o = Outer(**json.loads(ident(answer(i))))
            if o.score > 1:
                print("high", o.text, o.inner.tags)
            out.append(g(o.text))
        del o"""),
    "enumerations": (2, """
        out = []
        for kind in ("a", "b", "c"):
            try:
                one = Labelled(kind=ident(kind), level=2, kinds=[kind])
                print(one.kind is Kind.A, one.level > Level.LOW, one.kinds[0].name)
                out.append(g(one.kind.value))
            except ValidationError as e:
                out.append(e.error_count())
        one = None"""),
    "methods": (2, """
        out = []
        for i in (1, 2, 3):
            o = Outer.model_validate_json(ident(answer(i)))
            print(i, o.label())
            if o.score > 1:
                out.append(g(f"{o.label()} {o.text}"))
            else:
                out.append(g(o.label()))
        del o"""),
    "methods of what may be of a class below": (None, """
        class Lower(Outer):
            def label(self):
                log.append(self.text)
                return "lower"
        out = []
        for i in (1, 2):
            o = Outer.model_validate(ident(Lower(score=i, text="x")))
            print(i, o.label(), log)
        del o, Lower"""),
    "methods that are replaced": (None, """
        def other(self):
            return f"other {self.text}"
        out = []
        for i in (1, 2):
            o = Outer.model_validate_json(ident(answer(i)))
            out.append(o.label())
            if ok(i):
                Outer.label = other
            out.append(o.label())
        del o, other"""),
    "fields that are set": (None, """
        out, kept = [], []
        for i in (1, 2):
            o = Outer.model_validate_json(ident(answer(i)))
            o.text = kept
            if o.score:
                o.text.append(f(i))
            print(o.label(), kept)
        del o"""),
    "methods that change what others read": (None, """
        class Own(BaseModel):
            text: str
            def keep(self, more=()):
                log.append((self.text, *more))
                return len(log)
        for i in (1, 2, 3):
            o = Own(text=f(i))
            if o.keep([i]) > 1:
                print(log)
            log.append("behind")
        print(len(log), log)
        del o, Own"""),
    "methods of members": (None, """
        for kind in ("a", "b"):
            one = Labelled(kind=ident(kind))
            print(one.kind.shout(), one.level.name)
        del one"""),
    "an enumeration that is asked for what it lacks": (None, """
        out = [Oddly(kind=ident(kind)).kind.name for kind in ("a", "b", "c")]
        print(log)"""),
    "dumped": (1, "dumps = [Outer(score=1, text=f(i)).model_dump_json() for i in (1, 2, 3)]"),
    "refused": (1, """
        out = []
        for i in (1, -2, 3):
            try:
                out.append(Outer.model_validate_json(ident(answer(i))))
            except ValidationError as e:
                out.append(e.error_count())
        out = [o.model_dump() if isinstance(o, Outer) else o for o in out]"""),
    "methods of the user's": (None, "out = []\nfor i in (1, 2):\n    o = Outer.model_validate_json(ident(answer(i)))\n    out.append(g(o.label()))\ndel o"),
    "validators of the user's": (None, """
        out = []
        for i in (1, 2):
            log.append(i)
            out.append(Checked(text=f(i)).text)
        log.append("end")"""),
    "what is kept of what is given": (1, """
        class Holds(BaseModel):
            xs: list[int] = []
            kept: object = None
        shared = {"k": 1}
        a = Holds(xs=[1], kept=shared)
        b = Holds.model_validate({"xs": [num(1)], "kept": shared})
        a.xs.append(2)
        b.xs.append(3)
        shared["k"] = 2
        same = b.kept is shared, a.kept is shared, a.xs, b.xs, b == Holds(xs=b.xs, kept=shared), b.kept["k"]
        d = b.model_copy(update={"xs": [9]}).model_dump()
        del Holds, a, b"""),
    "made by functions that wait": (None, """
        from typing import Any, Callable, List
        class Tool(BaseModel):
            model_config = {"extra": "allow", "json_schema_extra": {"examples": []}}
            name: str
            run: Callable[[str], str] = str.upper
            tags: List[str] = []
            more: dict = {}
            kept: Any = None
        tags, more, kept = ["t"], {"k": 1}, []
        def made(i):
            if ok(i):
                t = Tool(name=f"t{i}", tags=tags, more=more, kept=kept, run=lambda s: s + str(i), other=kept)
                t.tags.append(str(i))
                t.more["k"] += i
                t.kept.append(i)
                t.other.append("other")
                return t
            return Tool(name="none")
        tools = []
        for i in (1, 2, 3):
            tools.append(made(i))
            tags.append("later")
            more["k"] += 10
            print(len(kept), len(tags))
        out = [(t.name, t.run("x"), t.tags, t.more, t.kept is kept) for t in tools]
        out += [g(t.run(t.name)) for t in tools]
        del Any, Callable, List, Tool, tools, made"""),
    "functions in fields, called while others wait": (2, """
        from typing import Callable
        class Tool(BaseModel):
            name: str
            run: Callable[[str], str]
        tools = {name: Tool(name=name, run=run) for name, run in (("f", f), ("g", g))}
        def use(i):
            text = f(i)
            if len(text) > 0:
                made = Tool(name=text, run=tools["g"].run)
                return made.run(made.name) if made.run.__name__ == "g" else None
        out = [use(i) for i in (1, 2, 3)]
        del Callable, Tool, tools, use"""),
    "validators that give something else": (None, """
        class Words(BaseModel):
            text: str
            kept: list = []
            @field_validator("text", mode="after")
            @classmethod
            def split(cls, v):
                return v.split("-")
        def made(i):
            if ok(i):
                o = Words(text=f"a-{i}", kept=log)
                o.text.append(i)
                o.kept.append(i)
                return o
            return Words(text="none")
        words = []
        for i in (1, 2):
            words.append(made(i))
            log.append("behind")
        out = [(o.text, o.kept) for o in words]
        del Words, made, words"""),
    "changed afterwards": (1, """
        o = Outer(score=num(1), text="a")
        o.text = f(2)
        o.inner = Inner(tags=lst(3))
        out = o.model_dump()
        del o"""),
}  # fmt: skip


@pytest.mark.engine
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    """The same meaning, and the time of the critical path where that is reached."""
    ideal, source = PROGRAMS[name]
    check(inspect.cleandoc(source) + END, setup=MODELS, expect_time=ideal, orders=3)


# Code of the program's that pydantic calls, each with what it changes or reads behind it.
HOOKS: dict[str, str] = {
    "a predicate in an annotation": """
from typing import Annotated
import annotated_types
from pydantic import BaseModel
log = []
def seen(v):
    log.append(v)
    return True
class A(BaseModel):
    x: Annotated[str, annotated_types.Predicate(seen)]
    y: list[Annotated[str, annotated_types.Predicate(seen)]] = []
out = [A(x=f(i), y=["y"]).x for i in (1, 2)]
print(log)
n = len(log)
del A, BaseModel, Annotated, annotated_types
""",
    "a function in an annotation": """
from typing import Annotated
from pydantic import BaseModel, AfterValidator
log = []
def seen(v):
    log.append(v)
    return v
class A(BaseModel):
    x: Annotated[str, AfterValidator(seen)]
out = [A(x=f(i)).x for i in (1, 2)]
print(log)
n = len(log)
del A, BaseModel, AfterValidator, Annotated
""",
    "a factory of a field": """
from pydantic import BaseModel, Field
log = []
def fac():
    log.append(1)
    return len(log)
class A(BaseModel):
    x: str
    y: int = Field(default_factory=fac)
out = [A(x=f(i)).x for i in (1, 2)]
print(log)
n = len(log)
del A, BaseModel, Field
""",
    "after making": """
from pydantic import BaseModel, Field
log = []
class A(BaseModel):
    x: str
    def model_post_init(self, ctx):
        log.append(self.x)
out = [A(x=f(i)).x for i in (1, 2)]
print(log)
n = len(log)
del A, BaseModel, Field
""",
    "validators of a model inside": """
from pydantic import BaseModel, field_validator
log = []
class B(BaseModel):
    y: str
    @field_validator("y")
    @classmethod
    def v(cls, v):
        log.append(v); return v
class A(BaseModel):
    x: B
out = [A(x={"y": f(i)}).x.y for i in (1, 2)]
print(log)
n = len(log)
del A, B, BaseModel, field_validator
""",
    "an enumeration that lacks a value": """
from enum import Enum
from pydantic import BaseModel
log = []
class O(Enum):
    A = "a"
    @classmethod
    def _missing_(cls, v):
        log.append(v); return cls.A
class A(BaseModel):
    x: O
out = [A(x=f(i)).x.value for i in (1, 2)]
print(log)
n = len(log)
del A, O, Enum, BaseModel
""",
    "a class method": """
from pydantic import BaseModel, field_validator
log = []
class A(BaseModel):
    y: str
    @field_validator("y")
    @classmethod
    def v(cls, v):
        log.append(v); return v
out = [A.model_validate({"y": f(i)}).y for i in (1, 2)]
print(log)
n = len(log)
del A, BaseModel, field_validator
""",
    "an adaptor": """
from pydantic import BaseModel, field_validator, TypeAdapter
log = []
class A(BaseModel):
    y: str
    @field_validator("y")
    @classmethod
    def v(cls, v):
        log.append(v); return v
ta = TypeAdapter(list[A])
out = [ta.validate_python([{"y": f(i)}])[0].y for i in (1, 2)]
print(log)
n = len(log)
del A, BaseModel, field_validator, TypeAdapter, ta
""",
    "its own __init__": """
from pydantic import BaseModel
log = []
class A(BaseModel):
    y: str
    def __init__(self, y, **rest):
        super().__init__(y=y, **rest)
        log.append(y)
out = [A(y=f(i)).y for i in (1, 2)]
print(log)
n = len(log)
del A, BaseModel
""",
    "a serializer": """
from pydantic import BaseModel, field_serializer
log = []
class A(BaseModel):
    y: str
    @field_serializer("y")
    def s(self, v):
        log.append(v); return v
def made(i):
    a = A(y=f(i))
    return a.model_dump()
out = [made(i) for i in (1, 2)]
print(log)
n = len(log)
del A, BaseModel, field_serializer
""",
    "a serializer in a branch": """
from pydantic import BaseModel, field_serializer
log = []
class A(BaseModel):
    y: str
    @field_serializer("y")
    def s(self, v):
        log.append(v); return v
a = A(y="x")
out = []
for i in (1, 2):
    if f(i):
        out.append(a.model_dump_json())
print(log)
n = len(log)
del a, A, BaseModel, field_serializer
""",
    "a validator that reads a global variable": """
from pydantic import BaseModel, field_validator
LIMIT = 0
class A(BaseModel):
    y: int
    @field_validator("y")
    @classmethod
    def v(cls, v):
        if v > LIMIT:
            raise ValueError("big")
        return v
def get(i):
    try:
        return A.model_validate({"y": num(i)}).y
    except ValueError as e:
        return "bad"
out = [get(i) for i in (1, 2)]
LIMIT = 1000
out += [get(i) for i in (1, 2)]
del A, BaseModel, field_validator
""",
}


@pytest.mark.parametrize("name", HOOKS)
def test_hooks_are_called_in_their_place(name: str) -> None:
    """What the hooks of a model do happens in the order of the program."""
    check(HOOKS[name])
