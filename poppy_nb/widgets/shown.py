"""Text of programs and models made fit to be shown: one line, no control characters, not too long, never markup."""

from __future__ import annotations

import unicodedata
from html import escape


def clean(text: str, length: int = 200) -> str:
    """`text` as one line of at most `length` characters, without characters that steer (control, direction, invisible)."""
    text = text[: length * 2]
    if not (text.isascii() and text.isprintable()):
        text = "".join(_visible(character) for character in text)
    return text if len(text) <= length else text[: length - 1] + "…"


def markup(text: str, length: int = 200) -> str:
    """The same, as the text of an element or attribute of XML or HTML."""
    return escape(clean(text, length), quote=True)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "\N{REPLACEMENT CHARACTER}" if category in ("Cf", "Cs", "Co", "Cn") else character
