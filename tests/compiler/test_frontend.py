"""The front end reads what CPython reads, with CPython's positions: compared with `ast`, node by node, attributes included.

`python tests/compiler/test_frontend.py [FOLDER [STEP]]` compares every (STEP-th) file below FOLDER, by default those of the
standard library.
"""

from __future__ import annotations

import ast
import sys
import sysconfig
import time
import tokenize
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from poppy_nb import ir
from poppy_nb.compiler import plain
from poppy_nb.compiler.frontend import FrontEndError, parse


def reference(source: str) -> ast.Module:
    """What CPython reads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def dump(tree: ast.AST) -> str:
    """Everything that a tree says, as text."""
    return ast.dump(tree, include_attributes=True)


def places(node: ir.Node) -> list[tuple[type[ir.Node], ir.Span]]:
    """Every node's kind and span."""
    return [(type(n), n.span) for n in ir.walk(node)]


def difference(ours: str, theirs: str) -> str:
    """The first place where two dumps differ, for the message of a failure."""
    at = next((i for i, (x, y) in enumerate(zip(ours, theirs, strict=False)) if x != y), min(len(ours), len(theirs)))
    return f"ours: ...{ours[max(0, at - 120) : at + 80]}\nast:  ...{theirs[max(0, at - 120) : at + 80]}"


def check(source: str) -> None:
    expected = reference(source)
    module = parse(source, "<test>")
    ours, theirs = dump(plain.to_ast(module)), dump(expected)
    assert ours == theirs, difference(ours, theirs)
    assert places(module) == places(plain.from_ast(expected))


PROGRAMS = {
    "nothing": "",
    "comment only": "# nothing\n\n",
    "no end of line": "if a:\n    b  # c",
    "semicolons": "a; b\nif c: d; e;\nf;",
    "continued lines": "x = \\\n  1 + \\\n 2\nif a and \\\n  b:\n  c",
    "form feed": "\fx = 1\n\f\nif a:\n\f  b",
    "tabs": "if a:\n\tb\n\tif c:\n\t\td",
    "carriage returns": "a = 1\rb = '''\r\n'''\r\nif c:\r\n  d\r\n",
    "other line separators are none": "x = '\u2028\x85'; y = '''\u2029\n\u2028'''; z",
    "columns are bytes": "é = 'ü' + ñ; x = ('日本', 語); '''ß\nß''' + ß",
    "names are normalised": "ﬁ = ª = 1; x.ﬁ; f(ª=1)\ndef ﬁ(ª): global ﬁ\nimport ﬁ.ª as ª",
    "soft keywords": "match = case = type = _ = 1\nmatch[1]; match(a); type(x)\nprint(match, case)",
    # literals
    "numbers": "0xFF_f, 0o17, 0b1_0, 1_0.0_1e-1_0, 1e5j, .5, 5., 00, 1_000j",
    "strings": "'a', \"b\", '''c\nd''', r'\\n', '\\n\\x41\\u0041\\N{DIGIT ONE}\\\n', '', \"\"\"e\"\"\"",
    "bytes": "b'a', rb'\\x', Rb'\\x', b'\\x00' b'b' rb'\\n'",
    "unicode prefix": "u'a', U'b', u'a' 'b', 'a' u'b', (u'c'\n'd')",
    "unknown escapes": "'\\d', b'\\d', f'\\d{x}'",
    "concatenation": "x = ('a' \"b\"\n  # c\n  r'\\c' \\\n 'd')",
    "constants": "None, True, False, ..., (...)",
    # f-strings
    "f-string": "f'{a}b{c!r:>{w}}d{{e}}' f\"{f(x)['y']:%Y-%m}\"",
    "f-string that shows its expression": "f'{x = }{y=!s}{z+1=:3}'",
    "f-string, concatenated": "x = ('a'\n     f'b{c}'\n     'd' F'{e}')",
    "f-string, indented": "if a:\n    if b:\n        g(1, f'{c} {d.e}', k=f'{lambda_}')",
    "f-string, raw": "rf'\\d{x}\\n' fr'{y}'",
    "f-string, several lines": "if a:\n  x = f'''{b} {\nc\n} {d}\n  {e} {f}'''; y",
    "f-string in f-string": "x = f'{f\"{a} {b!a}\"}' + f'''{g(f\"{1}\" f'{2}')}'''",
    "f-string with everything": (
        "async def f(): f'{(lambda x: 1)} {(y := 1)} {[z async for z in w]} {*a, b} {(yield)} {c if d else e}'"
    ),
    "f-string, empty": "f'', f'a', f'{{', f'' 'a', 'a' f''",
    "f-string, names": "f'\\N{DIGIT ONE}{a}\\n'",
    "f-string behind others": "é = 'é', f'{é} {b}', (c)",
    "f-string, in parentheses": "((f'{a}'))(f'{b}').c",
    # expressions
    "boolean": "a and b and c or d and (e and f) or (g or h); (a and b) and c; a and (b and c)",
    "comparisons": "a is not b not in c <= d != e; (a < b) < c; not a in b; a is b",
    "operators": "a + b * c ** -d // e % f @ g - (h << 1 >> 2) & i | j ^ ~k; (a + b) + c; not not a; +a",
    "conditional": "a if b else c if d else e; (a if b else c) if d else e",
    "walrus": "(x := 1); f(y := 2); a[z := 3]; [w := 1, w]; {v := 1}\nif (n := 10) > 5: pass",
    "lambda": "lambda: 0; lambda a, /, b=1, *c, d, e=(2), **f: (yield); lambda *, a: a; lambda *a, b=1: a; lambda a,: a",
    "await": "async def f(): await a ** 2; return await (b); (await c).d",
    "yield": "def f():\n x = yield\n x += yield a, b\n yield\n (yield from c)\n y: int = yield d",
    "tuples": "(); (a,); a,; (a, b); ((a, b)); a, (b, c),; (*a, b); *a, b; ((a), (b))",
    "lists and sets": "[]; [a]; [a, *b,]; {a}; {*a, b}; ([a]); [(a), *(b)]",
    "dicts": "{}; {a: b}; {**a, 'b': 1, **(c),}; {a: (b, c)}",
    "comprehensions": "[a for a, in b if c if d for e in (f) if g]; {a for a in b}; {a: (b) for (a, b) in c}; (a for a in b)",
    "generator as argument": "f(x for x in y)(z); f((x for x in y)); f((x for x in y), 1); f(  # c\n  x for x in y\n  )",
    "async comprehension": "async def f(): return [x async for x in y if await z for w in x]",
    "attributes": "a.b.c; (a).b; a . b; (\na\n.b\n  .c()\n)",
    "subscripts": "a[1]; a[1,]; a[1:2, ::3, ...]; a[:]; a[1:]; a[::]; a[(1, 2)]; a[b:c:(d)]; a[:, ]; (a)[b][c]",
    "starred subscripts": "a[*b]; a[*b, c]; a[b, *c,]; a[*b] = 1",
    "calls": "f(); f(a, *b, c=1, *d, **e, f=(2),); (f)(a)(b); f(*(a), **(b)); f(a)[b].c(d)",
    "parentheses": "((a)); (((a) + (b))); ((a)(b)); (((a, b))); ((x for x in y)); ((('a'\n'b')))",
    # simple statements
    "assignments": "a = b = c; a, b = c; *a, b = c; (a) = 1; [a, *b] = c; a.b, c[d] = (e), f; x = *a, b",
    "augmented": (
        "a += 1; a -= 1; a *= 1; a @= 1; a /= 1; a //= 1; a %= 1; a **= 1\na <<= 1; a >>= 1; a &= 1; a |= 1; a ^= 1, 2"
    ),
    "annotated": "x: int; x: int = 1; a.b: c = d; a[b]: c; x: tuple[int, *Ts] = 1, 2; x: (int) = (1)",
    "deletions": "del a; del a,; del a, b; del (a, b); del (a), b; del [a, b], (c.d), e[f]; del (a)",
    "imports": (
        "import a; import a.b.c as d, e; from a import b as c, d; from . import (a as b, c,)\n"
        "from ...x.y import *; from .. . import z"
    ),
    "raise and assert": "assert a; assert a, b; assert (a), (b)\nif c: raise\nraise a\nraise a from b\nraise (a) from (b)",
    "names of scopes": "global a, b\ndef f():\n  c = 1\n  def g():\n    nonlocal c\n    global d\n    return",
    "return": "def f():\n  return\n  return a\n  return a, *b\n  return (a)",
    # compound statements
    "if": "if a: b\nelif c: d\nelif e:\n  f\nelse:\n  g\nif (a): pass\nelse: pass",
    "loops": "while a:\n  break\nelse: c\nfor x, in y: continue\nelse:\n  z\nfor x, *y in *a, b: pass\nfor (x) in (y): pass",
    "try": "try: a\nexcept B: c\nexcept (D, E) as f: g\nexcept: h\nelse: i\nfinally: j\ntry:\n  a\nfinally:\n  b  # c\n",
    "exception groups": "try:\n a\nexcept* A as e:\n b\nexcept *(B, C): d\nelse: f",
    "with": (
        "with a: b\nwith a as b, c as (d, e): f\nwith (a): b\nwith (a,): b\n"
        "with (a, b): c\nwith (a as b, c,): d\nwith a.b() as c.d: e"
    ),
    "with, parentheses": (
        "with (a, b) as c: d\nwith ((a)) as b: c\nwith (a) as b, (c): d\nwith (a, b)(): c\nwith (a).b: c\nwith (a) + (b): c"
    ),
    "async statements": (
        "async def f():\n async with a as b, c: pass\n async for x in y: pass\n else: pass\n async with (a as b,): pass"
    ),
    "functions": (
        "def f(a, /, b: int, c: d = 1, *e: f, g, h: i = 2, **j: k) -> (l): pass\ndef g(*, a): 'doc'\ndef h(a=1, /, *, b=2,): ..."
    ),
    "starred annotation": "def f(*a: *Ts): pass\ndef g(*a: *tuple[int, ...], b): pass",
    "decorators": "@a\n@b.c(d)\n# e\n\n@(x := f)\n@g[1](2).h\ndef f(): pass\n@a\nclass B: pass\n@c\nasync def d(): pass",
    "classes": "class A: pass\nclass B(): x = 1\nclass C(A, *b, metaclass=c, **d):\n  def f(self): pass\n  class E(F,): pass",
    # patterns
    "match values": (
        "match x:\n  case 1: a\n  case -1 | 1.5 | -2j | 1 + 2j: b\n"
        "  case 'a' 'b' | b'c': c\n  case None | True: d\n  case a.b.c: e"
    ),
    "match sequences": (
        "match x:\n case []: a\n case [b, (c), *_]: a\n case (): a\n case (b,): a\n case (b, *c): a\n case b, c: a\n case *b,: a"
    ),
    "match mappings": (
        "match x:\n case {}: a\n case {1: b, 'c': [d], **e}: a\n case {a.b: _, -1: (c), **d, }: a\n case {None: _}: b"
    ),
    "match classes": "match x:\n case A(): a\n case a.B(1, c, d=2, e=(f),): a",
    "match names": (
        "match x:\n case (a) if b: c\n case [a] as b if c: d\n"
        " case ((1 | 2) as c): d\n case (1 | 2) | (3): e\n case _ if (f): g\n case _: h"
    ),
    "match subjects": (
        "match a, b:\n case 1: c\nmatch *a, b:\n case 1: c\nmatch (a):\n case 1: c\nmatch [a]:\n case 1: c\nmatch -a:\n case 1: c"
    ),
    "block that ends in a semicolon": "if a:\n  b;\ndef f(): x;\nc",
    "comments everywhere": (
        "# a\n\ndef f(  # b\n  a,  # c\n  # d\n  b=1  # e\n):  # f\n  # g\n  return (  # h\n    a  # i\n    + b)\n  # j\n# k\n"
    ),
}
PROGRAMS_312 = {
    "f-string, same quotes": "f'{d['a']}' f'{f'{f'{1}'}'}'",
    "f-string, lines and comments": "x = f'{\n a + # c\n b !r:>{w}}' ; f'{'\\n'.join(a)}'",
    "f-string, deep format": "f'{a:{b:{c}}}' f'{a:{b}c{d!r}e}'",
    "type parameters": (
        "def f[T: (int), *Ts, **P](x: T) -> T: pass\nclass A[T,]: pass\nclass B[T](C, d=e): pass\nasync def g[ T ](): pass"
    ),
    "type aliases": "type X = int; type Y[T, *Ts] = list[T]\ntype Z = (a)",
}
PROGRAMS_313 = {
    "defaults of type parameters": (
        "class A[T=int, U: (str) = (str), *Ts=*tuple[int, ...], **P=[int]]: pass\ntype X[T=int, *Ts=A] = T"
    ),
}
if sys.version_info >= (3, 12):
    PROGRAMS |= PROGRAMS_312
if sys.version_info >= (3, 13):
    PROGRAMS |= PROGRAMS_313


@pytest.mark.parametrize("source", PROGRAMS.values(), ids=PROGRAMS)
def test_program(source: str) -> None:
    check(source)


@pytest.mark.parametrize("source", PROGRAMS.values(), ids=PROGRAMS)
def test_first_line_moves_all_lines(source: str) -> None:
    moved = places(parse(source, "<test>", first_line=41))[1:]
    assert [(kind, (span[0] - 40, span[1], span[2] - 40, span[3])) for kind, span in moved] == places(parse(source, "<test>"))[1:]


@pytest.mark.parametrize("source", PROGRAMS.values(), ids=PROGRAMS)
def test_conversion_is_its_own_inverse(source: str) -> None:
    tree = reference(source)
    assert dump(plain.to_ast(plain.from_ast(tree))) == dump(tree)


NO_PROGRAMS = {
    "grammar": "x = = 1",
    "open bracket": "f(1,\n",
    "indentation": "if a:\nb",
    "unindent": "if a:\n    b\n  c",
    "tabs": "if a:\n\tb\n        c\n  d",
    "return outside": "x = 1\nreturn x",
    "break outside": "if a: break",
    "await in def": "def f():\n  await x",
    "duplicate argument": "def f(a, a): pass",
    "nonlocal at module level": "nonlocal x",
    "assignment to call": "f() = 1",
    "positional after keyword": "f(a=1, b)",
    "end of string": "x = 'abc",
    "f-string": "f'{a b}'",
    "number": "1_",
    "future": "x = 1\nfrom __future__ import annotations",
    "star": "*a",
    "too deep": "(" * 300 + ")" * 300,
    "null byte": "a\0b",
}


@pytest.mark.parametrize("first_line", [1, 7])
@pytest.mark.parametrize("source", NO_PROGRAMS.values(), ids=NO_PROGRAMS)
def test_errors_are_those_of_compile(source: str, first_line: int) -> None:
    with pytest.raises((SyntaxError, ValueError)) as expected:
        compile("\n" * (first_line - 1) + source, "<test>", "exec", dont_inherit=True)
    with pytest.raises((SyntaxError, ValueError)) as actual:
        parse(source, "<test>", first_line)
    assert actual.type is expected.type
    assert actual.value.args == expected.value.args


def test_await_may_stand_in_a_cell() -> None:
    check("x = await f(1)\nasync with a: pass\nasync for b in c: pass\n[d async for d in e]")


def test_warnings_are_left_to_the_plain_compilation() -> None:
    """pytest makes errors of warnings here; and what was shown once must not be shown again because of us."""
    filters = warnings.filters
    parse("'\\d'; f'\\d{x}'; x is 1; assert (a, 'b')", "<test>")
    assert warnings.filters is filters


@pytest.mark.parametrize("source", ["(x): int", "class A(k=1, *b): pass", "+".join(["a"] * 900)])
def test_what_only_python_reads_has_its_own_error(source: str) -> None:
    compile(source, "<test>", "exec")
    with pytest.raises(FrontEndError):
        parse(source, "<test>")


def test_targets_that_are_converted_alone_get_their_context() -> None:
    assign = parse("(a, *b), c.d, e[f] = g", "<test>").body[0]
    assert isinstance(assign, ir.Assign)
    alone = plain.to_ast(assign.targets[0], ast.Store)
    inside = plain.to_ast(assign).targets[0]
    assert dump(alone) == dump(inside)
    assert isinstance(plain.to_ast(assign.targets[0]).elts[0].ctx, ast.Load)


def test_pairs_say_which_node_became_which() -> None:
    module = parse("def f(x): return [x, lambda: x]", "<test>")
    pairs: plain.Pairs = []
    tree = plain.to_ast(module, pairs=pairs)
    assert {id(node) for node, _ in pairs} == {id(node) for node in ir.walk(module)}
    known = {id(copy) for _, copy in pairs}
    kinds = (ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)
    assert all(id(node) in known for node in ast.walk(tree) if not isinstance(node, kinds))


def test_two_hundred_lines_take_less_than_sixty_milliseconds() -> None:
    lines = Path(warnings.__file__).read_text().splitlines(keepends=True)
    source = "".join(lines[: next(i for i, line in enumerate(lines) if i >= 200 and line.startswith("def "))])
    best = 1.0
    for _ in range(5):
        start = time.perf_counter()
        parse(source, "<test>")
        best = min(best, time.perf_counter() - start)
    assert best < 0.060


# --- the standard library


def programs_below(folder: Path, step: int) -> Iterator[tuple[Path, str]]:
    """Files that this Python can compile. The tests of the standard library contain some that it cannot."""
    found = sorted(path for path in folder.rglob("*.py") if "site-packages" not in path.parts)
    for path in found[::step]:
        try:
            with tokenize.open(path) as file:
                source = file.read()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(source, str(path), "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except (SyntaxError, ValueError):
            continue
        yield path, source


def known_refusal(error: FrontEndError) -> bool:
    """Of all the standard library only the tests of the grammar say `(x): int`, which libcst does not read."""
    return "Syntax Error" in str(error)


def compare_all(folder: Path, step: int) -> tuple[int, list[str]]:
    """How many files were read, and what was wrong."""
    count, wrong = 0, []
    for path, source in programs_below(folder, step):
        count += 1
        try:
            check(source)
        except FrontEndError as e:
            if not known_refusal(e):
                wrong.append(f"{path}: {e}")
        except AssertionError as e:
            wrong.append(f"{path}: {e}")
    return count, wrong


def test_standard_library_sample() -> None:
    count, wrong = compare_all(Path(sysconfig.get_path("stdlib")), 45)
    assert not wrong, "\n".join(wrong)
    assert count > 15


if __name__ == "__main__":
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(sysconfig.get_path("stdlib"))
    number, problems = compare_all(root, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print(*problems, f"{number} files, {len(problems)} differ", sep="\n")
    sys.exit(bool(problems))
