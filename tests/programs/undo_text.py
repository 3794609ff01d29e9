"""A text buffer with cursor commands, a clipboard, marks and undo groups."""

from contextlib import contextmanager


class Buffer:
    def __init__(self, text=""):
        self.text, self.at, self.clip, self.marks = text, 0, "", {}
        self._undo, self._group = [], None

    def _remember(self):
        state = (self.text, self.at)
        if self._group is None:
            self._undo.append(state)
        elif not self._group:
            self._group.append(state)

    @contextmanager
    def group(self):
        self._group = []
        try:
            yield self
        except Exception:
            if self._group:
                self.text, self.at = self._group[0]
            self._group = None
            raise
        else:
            self._undo += self._group
        finally:
            self._group = None

    def insert(self, text):
        self._remember()
        self.text = self.text[: self.at] + text + self.text[self.at :]
        self.at += len(text)
        return self

    def delete(self, n):
        self._remember()
        start, end = sorted((self.at, max(0, self.at + n)))
        self.clip, self.text, self.at = self.text[start:end], self.text[:start] + self.text[end:], start
        return self

    def move(self, where):
        self.at = {"home": 0, "end": len(self.text)}.get(where, where)
        if not isinstance(self.at, int):
            raise ValueError(f"where is {where!r}?")
        return self

    def undo(self):
        if self._undo:
            self.text, self.at = self._undo.pop()
        return self

    def __str__(self):
        return f"{self.text[: self.at]}|{self.text[self.at :]}"


b = Buffer()
print(b.insert("hello world"), b.move("home").delete(5), repr(b.clip))
print(b.move("end").insert(" "), b.insert(b.clip), b.undo(), len(b._undo))
with b.group():
    for word in ("a", "b", "c"):
        b.insert(word)
print(b, "->", b.undo())
try:
    with b.group():
        b.insert("lost").move("nowhere")
except ValueError as e:
    print(e, b)
print(b.undo().undo().undo().undo(), b.delete(-3), len(b._undo))
