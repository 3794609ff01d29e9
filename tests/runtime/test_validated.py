"""Models of pydantic: those without code of the user's are made from answers while the program goes on; the others in order."""

from __future__ import annotations

import inspect

import pytest

from tests.equivalence import check


MODELS = '''from typing import Literal, Optional
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
log = []
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
END = "\ndel BaseModel, Field, ValidationError, field_validator, Inner, Outer, Checked\n"

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
