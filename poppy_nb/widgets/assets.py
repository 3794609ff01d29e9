"""The page's part of the widget: small ES modules, joined to the one module that a widget can have."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path


_FOLDER = Path(__file__).parent / "static"
# Each uses those before it
MODULES = (
    "states", "store", "place", "dom", "zoom", "stack", "effect", "graph", "timeline", "table", "why", "notebook", "frame",
    "main",
)  # fmt: skip

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./\w+\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|function|class) (\w+))", re.MULTILINE)


@cache
def module() -> str:
    """All modules as one, whose default export is the widget. What a module does not export stays its own."""
    parts = []
    for name in MODULES:
        text = _IMPORT.sub("", (_FOLDER / f"{name}.js").read_text(encoding="utf-8"))
        if name != "main":
            exported = ", ".join(_EXPORT.findall(text))
            text = f"const {{ {exported} }} = (() => {{\n{_EXPORT.sub('', text)}return {{ {exported} }};\n}})();\n"
        parts.append(text)
    return "".join(parts)


@cache
def style() -> str:
    """The style sheet."""
    return (_FOLDER / "view.css").read_text(encoding="utf-8")
