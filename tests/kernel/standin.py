"""A session that runs cells plainly: for tests of the magics alone, which must not depend on the engine."""

import ast
import asyncio
import sys
import types
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path

import poppy_nb


@dataclass
class Report:
    cells: int

    def text(self) -> str:
        return f"poppy: cell {self.cells}"

    def html(self) -> str:
        return f"<p>poppy: cell {self.cells}</p>"


@dataclass
class RunResult:
    value: object
    report: Report


class Session:
    def __init__(self, namespace: dict) -> None:
        self.namespace = namespace
        self.report = None
        self.calls = []
        self.compiler = types.SimpleNamespace(sources=types.SimpleNamespace())

    def use_threads(self, most, idle):
        pass

    def run_blocking(self, source, filename, **options):
        compile(source, filename, "exec", dont_inherit=True)
        try:
            self.run(source, filename, turn=False, **options).send(None)
        except StopIteration as stop:
            return stop.value

    async def run(self, source, filename, *, limit=64, strict=False, window=10_000, events=None, turn=True):
        self.calls.append({"limit": limit, "strict": strict})
        self.report = Report(len(self.calls))
        tree = ast.parse(source, filename)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        value = None
        if tree.body:
            await self._execute(tree, filename, "exec")
        if last is not None:
            value = await self._execute(ast.Expression(last.value), filename, "eval")
        if turn:
            await asyncio.sleep(0)
        return RunResult(value, self.report)

    def interrupt(self, frame):
        return False

    def put_off(self, function, *arguments):
        return False

    async def _execute(self, tree, filename, mode):
        code = compile(tree, filename, mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        value = eval(code, self.namespace)
        return await value if code.co_flags & 0x80 else value


def install() -> None:
    """Be `poppy_nb.session` in this process."""
    module = types.ModuleType("poppy_nb.session")
    module.__spec__ = ModuleSpec("poppy_nb.session", None)
    path = Path(poppy_nb.__file__).parent / "session.py"  # its frames count as the package's
    exec(compile(Path(__file__).read_text(encoding="utf-8"), str(path), "exec"), module.__dict__)
    sys.modules["poppy_nb.session"] = module
