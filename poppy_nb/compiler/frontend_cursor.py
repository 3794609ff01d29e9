"""Finds the places: libcst's tree says which tokens come, the text says where they stand.

libcst's own position providers generate the whole text anew, which takes longer than the parse. A cursor that is moved over
the text, token by token as the tree is read in the order of the source, costs next to nothing, and gives the very positions
of CPython's parser, whose rule is: a node reaches from the start of its first token to the end of its last.
"""

from __future__ import annotations

import re

from poppy_nb import ir


Place = tuple[int, int]

# What may stand between two tokens. The tree has settled already what is a line's end and what is not.
_TRIVIA = re.compile(rb"(?:[ \t\f\n]+|\\\n|#[^\n]*)*")


class Lost(Exception):
    """The text does not go on as the tree says. A fault of the front end or of libcst, never of the program."""


class Cursor:
    """A place in the text that moves forward only. Columns are bytes of UTF-8, as everywhere in `ast`."""

    def __init__(self, text: bytes, first_line: int = 1) -> None:
        self._text = text
        self._at = 0
        self._line = first_line
        self._line_start = 0
        self._line_end = self._next_line_end(0)
        self._last: Place = (first_line, 0)

    def here(self) -> Place:
        """Where the next token starts."""
        self._skip()
        return (self._line, self._at - self._line_start)

    def since(self, start: Place) -> ir.Span:
        """From `start` to the end of the last token."""
        return ir.Span(*start, *self._last)

    def sees(self, token: bytes) -> bool:
        """Whether the text goes on with `token`."""
        self._skip()
        return self._text.startswith(token, self._at)

    def offset(self) -> int:
        """Where the next token starts, for `text_since`."""
        self._skip()
        return self._at

    def text_since(self, offset: int) -> str:
        """The text from `offset` up to here. Only after a token, or what stands between the tokens comes with it."""
        return self._text[offset : self._at].decode()

    def eat(self, token: bytes) -> None:
        """Moves over `token`, which must come next."""
        self._skip()
        self.eat_raw(token)

    def eat_raw(self, token: bytes) -> None:
        """Moves over `token`, which must stand right here: inside of a string blanks and `#` are text."""
        if not self._text.startswith(token, self._at):
            raise Lost(f"line {self._line}, column {self._at - self._line_start}: expected {token!r}")
        self._move_to(self._at + len(token))
        self._last = (self._line, self._at - self._line_start)

    def eat_if_there(self, token: bytes) -> bool:
        """Moves over `token` if it comes next."""
        there = self.sees(token)
        if there:
            self.eat(token)
        return there

    def _skip(self) -> None:
        found = _TRIVIA.match(self._text, self._at)
        assert found is not None, "the pattern matches the empty string"
        self._move_to(found.end())

    def _move_to(self, at: int) -> None:
        self._at = at
        while at > self._line_end:
            self._line += 1
            self._line_start = self._line_end + 1
            self._line_end = self._next_line_end(self._line_start)

    def _next_line_end(self, start: int) -> int:
        end = self._text.find(b"\n", start)
        return end if end >= 0 else len(self._text)
