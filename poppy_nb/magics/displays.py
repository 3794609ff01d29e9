"""What external calls display appears at their place in the program, as what they print does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_METHODS = ("publish", "clear_output")
PutOff = Callable[..., bool]


class PlacedDisplays:
    """Stands before the methods by which a shell shows things, as attributes of its publisher.

    Not responsible for what is kept: `put_off` says whether it was.
    """

    def __init__(self, shell: InteractiveShell, put_off: PutOff) -> None:
        self._publisher: Any = shell.display_pub
        self._put_off = put_off
        for name in _METHODS:
            setattr(self._publisher, name, partial(self._call, getattr(self._publisher, name)))

    def close(self) -> None:
        """Leave the publisher as it was, unless somebody else has changed it since."""
        for name in _METHODS:
            found = vars(self._publisher).get(name)
            if isinstance(found, partial) and getattr(found.func, "__self__", None) is self:
                delattr(self._publisher, name)

    def _call(self, method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        later = partial(method, *args, **kwargs)
        return None if self._put_off(later) else later()
