"""Live functions are found in their source if, and only if, they are what stands there."""

from __future__ import annotations

import ast
import collections
import dataclasses
import importlib
import importlib.util
import linecache
import os
import subprocess
import sys
import sysconfig
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, ModuleType

import pytest
from IPython.core.compilerop import CachingCompiler

import poppy_nb.ir as representation
from poppy_nb import ir
from poppy_nb.compiler.frontend import parse
from poppy_nb.compiler.plain import to_ast
from poppy_nb.compiler.sources import Sources


Importer = Callable[[str], ModuleType]

FUNCTION_KINDS = (ir.FunctionDef, ir.AsyncFunctionDef, ir.Lambda)


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Importer]:
    """Writes a module and imports it; again with another text: it was edited and reloaded."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    known = set(sys.modules)

    def load(source: str, name: str = "users_module") -> ModuleType:
        write(tmp_path / f"{name}.py", source)
        importlib.invalidate_caches()
        if name in sys.modules:
            return importlib.reload(sys.modules[name])
        return importlib.import_module(name)

    yield load
    for name in set(sys.modules) - known:
        if name.startswith("users_"):
            del sys.modules[name]


def write(path: Path, source: str) -> None:
    """Writes it with a time of change that is later than the last one, however coarse the clock of the file system."""
    before = path.stat().st_mtime if path.exists() else 0
    path.write_text(textwrap.dedent(source), encoding="utf-8")
    if before:
        os.utime(path, (before + 2, before + 2))


def functions_below(code: CodeType) -> Iterator[CodeType]:
    """The code objects of all functions (not of classes, comprehensions, type parameters) inside of `code`."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_flags & 0x2 and (constant.co_name == "<lambda>" or not constant.co_name.startswith("<")):
                yield constant
            yield from functions_below(constant)


def first_line(node: ir.Node) -> int:
    decorators = getattr(node, "decorator_list", ())
    return decorators[0].span.line if decorators else node.span.line


MODULE = """
import functools

def plain(x): return x

def decorate(f):
    @functools.wraps(f)
    def wrapper(*args): return f(*args)
    return wrapper

@decorate
@(lambda f: f)
def decorated(x):
    return x + 1

@(lambda f: f)
def decorated_by_lambda(): pass

async def asynchronous():
    return [y async for y in generator()]

async def generator():
    yield 1

class Class:
    __secret = 1
    def method(self, x=lambda: 1):
        def inner(): return lambda: (self, self.__secret)
        return inner
    @property
    def value(self): return self.__secret
    class Nested:
        def method(self): return 0

pair = (lambda: pair), (lambda: pair), lambda x: (lambda: x)
many = [lambda: i for i in range(3)]
conditional = (lambda x: x + 1) if pair else (lambda x: x + 2)
shown = f"{(lambda: pair)()} {(lambda: pair)()}"

if pair:
    def twice(): return 1
else:
    def twice(): return 2
"""


def test_every_function_of_a_module(module: Importer) -> None:
    users = module(MODULE)
    sources = Sources()
    assert users.__file__ is not None
    code = compile(Path(users.__file__).read_text(), users.__file__, "exec")
    found = [sources.ir_of(c) for c in functions_below(code)]
    assert None not in found
    assert len(set(found)) == len(found) == sum(isinstance(n, FUNCTION_KINDS) for n in ir.walk(parse(MODULE, "")))


def test_kinds_and_places(module: Importer) -> None:
    users = module(MODULE)
    find = Sources().ir_of
    cases = {
        "plain": users.plain,
        "decorated": users.decorated.__wrapped__,
        "wrapper": users.decorated,
        "decorated_by_lambda": users.decorated_by_lambda,
        "asynchronous": users.asynchronous,
        "generator": users.generator,
        "method": users.Class.method,
        "inner": users.Class().method(),
        "value": users.Class.value.fget,
        "twice": users.twice,
    }
    for name, function in cases.items():
        node = find(function.__code__)
        assert isinstance(node, (ir.FunctionDef, ir.AsyncFunctionDef)), name
        assert node.name == name
        assert first_line(node) == function.__code__.co_firstlineno
    assert isinstance(find(users.asynchronous.__code__), ir.AsyncFunctionDef)
    twice = find(users.twice.__code__)
    assert isinstance(twice, ir.FunctionDef)
    assert isinstance(twice.body[0], ir.Return)
    assert isinstance(twice.body[0].value, ir.Constant)
    assert twice.body[0].value.value == 1


def test_lambdas_of_one_line(module: Importer) -> None:
    users = module(MODULE)
    find = Sources().ir_of
    first, second, third = (find(f.__code__) for f in users.pair)
    nested = find(users.pair[2](0).__code__)
    nodes = [first, second, third, nested]
    assert all(isinstance(node, ir.Lambda) for node in nodes)
    columns = [node.span.column for node in nodes if node is not None]
    assert columns == sorted(set(columns))
    assert find(users.many[0].__code__) is find(users.many[2].__code__) is not None
    conditional = find(users.conditional.__code__)
    assert conditional is not None
    assert conditional.span.column == len("conditional = (")


def test_equal_lambdas_of_one_line(module: Importer) -> None:
    """They may have one code object; it does not matter then which of them is found."""
    users = module("def f(): return [lambda: 0, lambda: 0, lambda: 1, lambda: (lambda: 0), lambda: f, lambda: f]\ng = f()\n")
    find = Sources().ir_of
    assert isinstance(find(users.f.__code__), ir.FunctionDef)
    values = []
    for function in users.g:
        node = find(function.__code__)
        assert isinstance(node, ir.Lambda)
        values.append(node.body.value if isinstance(node.body, ir.Constant) else type(node.body))
    assert values == [0, 0, 1, ir.Lambda, ir.Name, ir.Name]
    assert find(users.g[4].__code__) is not find(users.g[5].__code__)
    assert isinstance(find(users.g[3]().__code__), ir.Lambda)


def test_without_columns(tmp_path: Path) -> None:
    """With `-X no_debug_ranges` equal functions of one line cannot be told apart; that must not hide the others."""
    program = tmp_path / "program.py"
    program.write_text(
        "from poppy_nb.compiler.sources import Sources\n"
        "f = lambda: g; g = lambda: g; h = lambda: 1\n"
        "def k(): return f\n"
        "print([type(Sources().ir_of(x.__code__)).__name__ for x in (f, g, h, k)])\n"
    )
    command = [sys.executable, "-X", "no_debug_ranges", str(program)]
    environment = os.environ | {"PYTHONPATH": str(Path(representation.__file__).parent.parent)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "['Lambda', 'Lambda', 'Lambda', 'FunctionDef']"


def test_what_has_run_often_is_still_found(module: Importer) -> None:
    """The interpreter specialises instructions in place."""
    users = module("def f(xs):\n    total = 0\n    for x in xs:\n        total += x * 2\n    return total\n")
    for _ in range(1000):
        users.f([1, 2, 3])
    assert Sources().ir_of(users.f.__code__) is not None


def test_code_of_classes_comprehensions_and_modules_is_no_function(module: Importer) -> None:
    users = module("class A:\n    xs = [x for x in (1, 2)]\ng = (x for x in ())\n")
    find = Sources().ir_of
    assert users.__file__ is not None
    code = compile(Path(users.__file__).read_text(), users.__file__, "exec")
    assert find(code) is None
    assert [find(constant) for constant in code.co_consts if isinstance(constant, CodeType)] == [None, None]
    assert find(users.g.gi_code) is None


def test_the_same_text_is_read_once(module: Importer) -> None:
    users = module("def f(): return 1\ndef g(): return 2\n")
    sources = Sources()
    node = sources.ir_of(users.f.__code__)
    assert sources.ir_of(users.f.__code__) is node
    os.utime(users.__file__ or "", (1, 1))  # touched, not edited
    assert sources.ir_of(users.f.__code__) is node


def test_edited_and_reloaded(module: Importer) -> None:
    sources = Sources()
    old = module("def f(): return 1\ndef g(): return 3\n").f
    before = sources.ir_of(old.__code__)
    new = module("# more\ndef f(): return 2\ndef g(): return 3\n").f
    after = sources.ir_of(new.__code__)
    assert before is not None and after is not None  # noqa: PT018
    assert before is not after
    assert after.span.line == 2
    assert sources.ir_of(old.__code__) is None


@pytest.mark.parametrize(
    "edited",
    [
        "def f(x):\n    return x + 2\n",
        "def f(x):\n    return x - 1\n",
        "def f(y):\n    return y + 1\n",
        "def f(x):\n    return z + 1\n",
        "def f(x):\n    return x + 1.0\n",
        "def f(x):\n    return (x + 1)\n",
        "\ndef f(x):\n    return x + 1\n",
        "def g(x):\n    return x + 1\n",
        "def f(x=1):\n    'doc'\n    return x + 1\n",
        "def f(x)\n    return x + 1\n",
        "",
    ],
)
def test_edited_but_not_reloaded(module: Importer, edited: str) -> None:
    users = module("# old\ndef f(x):\n    return x + 1\n")
    sources = Sources()
    assert sources.ir_of(users.f.__code__) is not None
    write(Path(users.__file__ or ""), f"# new\n{edited}")
    assert sources.ir_of(users.f.__code__) is None
    assert Sources().ir_of(users.f.__code__) is None


def test_what_is_the_same_after_an_edit_is_found_where_it_is_now(module: Importer) -> None:
    users = module("def f(x):\n    return x + 1\n")
    write(Path(users.__file__ or ""), "def f(x):\n    return x + 1\n\n# more\ndef g(): pass\n")
    assert Sources().ir_of(users.f.__code__) is not None


def test_code_that_was_rewritten_is_not_what_stands_there(module: Importer) -> None:
    users = module("def f(x):\n    return x + 1\n")
    tree = to_ast(parse("def f(x):\n    return x + 1\n", ""))
    tree.body[0].body[0].value.op = ast.Sub()
    namespace: dict[str, Callable[[int], int]] = {}
    exec(compile(tree, users.__file__ or "", "exec", dont_inherit=True), namespace)
    assert Sources().ir_of(namespace["f"].__code__) is None
    assert Sources().ir_of(users.f.__code__) is not None


def test_a_file_that_libcst_cannot_read(module: Importer) -> None:
    """Python's own tree says the same."""
    users = module("(x): int\ndef f(): pass\n")
    assert isinstance(Sources().ir_of(users.f.__code__), ir.FunctionDef)


def test_a_file_that_gives_warnings(module: Importer) -> None:
    """They are errors in tests; and nobody wants to see them twice."""
    with pytest.warns(SyntaxWarning):
        users = module("def f(x): return x is 1\n")
    assert Sources().ir_of(users.f.__code__) is not None


def test_a_file_in_another_encoding(module: Importer, tmp_path: Path) -> None:
    (tmp_path / "users_latin.py").write_bytes("# coding: latin-1\ndef f(): return 'é', 1\n".encode("latin-1"))
    users = importlib.import_module("users_latin")
    assert Sources().ir_of(users.f.__code__) is not None


def test_cells_of_a_notebook() -> None:
    """As IPython runs them: compiled statement by statement, the last expression on its own, the text kept in `linecache`."""
    compiler = CachingCompiler()
    namespace: dict[str, Callable[..., object]] = {}
    sources = Sources()
    cells = [
        "@(lambda f: f)\ndef f(x):\n    return lambda: x\n",
        "x = 1\ng = lambda: 1; h = lambda: 2\nk = [g, lambda: 3]\nk",
        "import json\nif x:\n    import re\n    def r(x): return re.escape(x)\ndef j(x): return json.loads(x), re.escape(x)\n",
    ]
    for number, cell in enumerate(cells):
        name = compiler.cache(cell, number)
        for statement in compiler.ast_parse(cell, filename=name).body:
            last = isinstance(statement, ast.Expr)
            tree: ast.AST = ast.Interactive([statement]) if last else ast.Module([statement], [])
            exec(compiler(tree, name, "single" if last else "exec"), namespace)  # type: ignore[arg-type]
    f, inner = namespace["f"], namespace["f"](1)
    assert callable(inner)
    found = [sources.ir_of(function.__code__) for function in (f, inner, namespace["g"], namespace["h"])]
    assert [type(node) for node in found] == [ir.FunctionDef, ir.Lambda, ir.Lambda, ir.Lambda]
    assert [node.span.line for node in found if node is not None] == [2, 3, 2, 2]
    found = [sources.ir_of(namespace[name].__code__) for name in ("r", "j")]
    assert [node.span.line for node in found if node is not None] == [4, 5]
    assert sources.is_user_code(f.__code__.co_filename)


def test_future_features_of_an_earlier_cell() -> None:
    source = "def f(x: unknown) -> unknown: return (lambda: x)\n"
    filename = "<ipython-input-1-with-future>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    namespace: dict[str, Callable[..., object]] = {}
    exec(compile(source, filename, "exec", 0x1000000), namespace)
    assert Sources().ir_of(namespace["f"].__code__) is not None
    del linecache.cache[filename]


def test_registered_cell() -> None:
    source = "x = 1\ndef f(): return x\n"
    filename = "<a cell that linecache does not know>"
    namespace: dict[str, Callable[..., object]] = {}
    sources = Sources()
    exec(compile("\n\n" + source, filename, "exec", dont_inherit=True), namespace)
    assert sources.ir_of(namespace["f"].__code__) is None
    cell = parse(source, filename, first_line=3)
    sources.register(filename, cell)
    assert sources.ir_of(namespace["f"].__code__) is cell.body[1]
    sources.register(filename, parse("y = 1", filename))
    assert sources.ir_of(namespace["f"].__code__) is None


def test_code_without_source() -> None:
    namespace: dict[str, Callable[..., object]] = {}
    exec("def f(): return 1", namespace)
    find = Sources().ir_of
    assert find(namespace["f"].__code__) is None
    assert find(collections.namedtuple("Point", "x y").__new__.__code__) is None
    made = dataclasses.make_dataclass("Made", ["x"])
    assert find(made.__init__.__code__) is None
    assert find(compile("lambda: 1", "no/such/file.py", "eval").co_consts[0]) is None


@pytest.mark.parametrize("name", ["dataclasses", "inspect", "contextlib", "argparse", "asyncio.tasks", "unittest.mock"])
def test_every_function_of_a_library_module(name: str) -> None:
    """Only as examples of real code: by `is_user_code` they would not be asked for."""
    spec = importlib.util.find_spec(name)
    assert spec is not None and spec.origin is not None  # noqa: PT018
    text = "".join(linecache.getlines(spec.origin))
    sources = Sources()
    found = [(code, sources.ir_of(code)) for code in functions_below(compile(text, spec.origin, "exec", dont_inherit=True))]
    assert len(found) > 20
    for code, node in found:
        assert node is not None, code
        assert getattr(node, "name", "<lambda>") == code.co_name
        assert first_line(node) == code.co_firstlineno
    assert len({node for _, node in found}) == len(found)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="syntax of 3.12")
def test_type_parameters(module: Importer) -> None:
    users = module("@(lambda f: f)\ndef f[T](x: T): return lambda: x\nclass A[T]:\n    def g[U: (int, str)](self): pass\n")
    find = Sources().ir_of
    for function, kind in ((users.f, ir.FunctionDef), (users.f(1), ir.Lambda), (users.A.g, ir.FunctionDef)):
        node = find(function.__code__)
        assert isinstance(node, kind)
        assert first_line(node) == function.__code__.co_firstlineno


def test_user_code() -> None:
    is_user_code = Sources().is_user_code
    library = sysconfig.get_path("stdlib")
    assert is_user_code("/tmp/ipykernel_123/456.py")
    assert is_user_code("<ipython-input-1-abc>")
    assert is_user_code(__file__)
    assert is_user_code("analysis.py")
    assert not is_user_code(os.__file__)
    assert not is_user_code(os.path.join(library, "json", "decoder.py"))
    assert not is_user_code("<frozen importlib._bootstrap>")
    assert not is_user_code(pytest.__file__)
    assert not is_user_code(os.path.join("any", "site-packages", "package", "module.py"))
    assert not is_user_code(os.path.join(os.sep, "usr", "lib", "python3", "dist-packages", "module.py"))
    assert not is_user_code(representation.__file__)
    assert is_user_code(library + "_of_mine" + os.sep + "module.py")
