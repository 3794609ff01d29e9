"""Whether this is a place where the magics can be: a shell, and versions of it that are new enough."""

from __future__ import annotations

import re
import sys
from typing import Any

from IPython import version_info
from IPython.core.error import UsageError


# As in pyproject.toml
IPYTHON = (8, 18)
IPYKERNEL = (6, 29)


def check(shell: Any) -> None:
    """Raise UsageError with a sentence that says what to do, if the extension cannot be loaded here."""
    _check_version("IPython", "ipython", tuple(version_info[:2]), IPYTHON)
    kernel = sys.modules.get("ipykernel")
    if kernel is not None:
        found = tuple(int(number) for number in re.findall(r"\d+", str(getattr(kernel, "__version__", "")))[:2])
        if found:
            _check_version("ipykernel", "ipykernel", found, IPYKERNEL)
    if not hasattr(shell, "input_transformers_post") or not hasattr(shell, "register_magics"):
        raise UsageError(
            "poppy_nb: this is no IPython shell that cells could be typed into. In a notebook or in IPython: %load_ext poppy_nb; "
            "in a script: @poppy_nb.parallel above a function, or await poppy_nb.run(...)"
        )


def _check_version(name: str, package: str, found: tuple[int, ...], needed: tuple[int, ...]) -> None:
    if found < needed:
        have, need = (".".join(map(str, version)) for version in (found, needed))
        advice = f"pip install --upgrade {package}, then restart"
        raise UsageError(f"poppy_nb needs {name} {need} or later, and this is {have}: {advice}")
