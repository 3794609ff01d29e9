"""Python's warnings kept back for a moment, and nothing of what it knows of them changed."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Without warnings, such as those of Python's compiler: they come once, when the plain form is compiled.

    `warnings.catch_warnings` would do, but it also makes Python forget which of the program's own warnings were
    shown already: they would be shown again in the next cell, which plain Python does not do.
    """
    filters = warnings.filters
    setattr(warnings, "filters", [("ignore", None, Warning, None, 0)])  # noqa: B010 (typeshed has it as read-only)
    try:
        yield
    finally:
        setattr(warnings, "filters", filters)  # noqa: B010
