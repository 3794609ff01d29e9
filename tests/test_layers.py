"""The layering that ARCHITECTURE.md states, read off the imports; and what `import poppy_nb` must not drag in."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest


PACKAGE = Path(__file__).resolve().parents[1] / "poppy_nb"
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

# What each part may import of the others. "leaves" are the modules at the root of the package that are no part of their own.
ALLOWED = {
    "leaves": {"leaves"},
    "compiler": {"compiler", "leaves"},
    "runtime": {"runtime", "leaves"},
    "widgets": {"widgets", "leaves"},
    "session": {"session", "compiler", "runtime", "leaves"},
    "magics": {"magics", "widgets", "session", "leaves"},
    "server": {"server"},
    "demo": {"demo", "server"},
    "library": {"library", "session", "leaves"},
    "package": {"package", "library", "magics", "leaves"},
}

# Who may import what, of the libraries that belong to one part
OWNERS = {
    "libcst": {"compiler"},
    "graphviz": {"widgets"},
    "ipywidgets": {"widgets"},
    "anywidget": {"widgets"},
    "fast_sugiyama": {"widgets"},
    "networkx": {"widgets"},
    "pandas": {"widgets"},
    "IPython": {"magics", "package"},  # the package for types alone: see test_import_is_light
    "ipykernel": {"magics"},
    "traitlets": {"magics", "widgets"},
    "greenlet": {"runtime", "magics"},
    "nbclient": {"demo"},
    "nbformat": {"demo"},
    "openai": set(),
    "anthropic": set(),
}


def part_of(module):
    """The part that a module belongs to."""
    _, *rest = module.split(".")
    if not rest:
        return "package"
    return rest[0] if rest[0] in ALLOWED else "leaves"


def imports_of(source, module, is_package):
    """All modules that a source text imports, at any depth, by their absolute names; names of submodules where they are ones."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")
                above = above[: len(above) - node.level + (1 if is_package else 0)]
                base = ".".join([*above, *([base] if base else [])])
            submodules = {f"{base}.{alias.name}" for alias in node.names} & MODULES.keys()
            others = {alias.name for alias in node.names if f"{base}.{alias.name}" not in MODULES}
            found |= submodules | ({base} if others else set())
    return found


def violations(module, source, is_package=False):
    """What a module imports and must not, as sentences."""
    part = part_of(module)
    said = []
    for name in sorted(imports_of(source, module, is_package)):
        top = name.split(".")[0]
        if top == "poppy_nb":
            if part_of(name) not in ALLOWED[part]:
                said.append(f"{module} ({part}) imports {name} ({part_of(name)})")
        elif part not in OWNERS.get(top, {part}):
            said.append(f"{module} ({part}) imports {name}, which is for {' and '.join(sorted(OWNERS[top])) or 'users'}")
    return said


@pytest.mark.parametrize("module", MODULES)
def test_layers(module):
    """No module imports from a part that it must not know."""
    path = MODULES[module]
    assert [] == violations(module, path.read_text(encoding="utf-8"), path.name == "__init__.py")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_its_reason(module):
    """The first line of the docstring is there, and is one line."""
    docstring = ast.get_docstring(ast.parse(MODULES[module].read_text(encoding="utf-8")))
    assert docstring
    assert docstring.splitlines()[0].strip().endswith((".", "!", "?", ":", ")"))


@pytest.mark.parametrize("name", ["utils", "util", "helpers", "helper", "misc", "common"])
def test_no_module_without_a_reason(name):
    """A name that says nothing collects everything."""
    assert [] == [module for module in MODULES if name == module.rsplit(".", 1)[-1]]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("poppy_nb.runtime.engine", "from poppy_nb.compiler import codegen"),
        ("poppy_nb.runtime.engine", "from ..compiler.codegen import generate"),
        ("poppy_nb.compiler.codegen", "def f():\n    import poppy_nb.runtime.ops"),
        ("poppy_nb.ir", "import libcst as cst"),
        ("poppy_nb.events", "from poppy_nb import session"),
        ("poppy_nb.widgets.graph", "from IPython.display import display"),
        ("poppy_nb.magics.magic", "from libcst.metadata import PositionProvider"),
    ],
)
def test_the_test_sees_violations(module, source):
    """This file, too, is tested."""
    assert 1 == len(violations(module, source))


def test_import_is_light():
    """`import poppy_nb` loads nothing that takes time, and `external` no engine."""
    heavy = "{'libcst', 'openai', 'IPython', 'ipywidgets', 'graphviz', 'greenlet', 'asyncio'}"
    program = (
        f"import sys, poppy_nb; heavy = {heavy}; print(heavy & set(sys.modules)); "
        "poppy_nb.external, poppy_nb.parallel; print(heavy & set(sys.modules) - {'asyncio'})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert "set()\nset()\n" == done.stdout


def test_public_names():
    """All are there, and only these are promised."""
    import poppy_nb

    assert (
        {"__version__", "external", "load_ipython_extension", "parallel", "run", "unload_ipython_extension"}
        == set(poppy_nb.__all__)
        <= set(dir(poppy_nb))
    )
    assert all(getattr(poppy_nb, name) for name in poppy_nb.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        poppy_nb.nonsense
