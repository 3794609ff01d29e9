"""Commands with undo and redo, macros, a text buffer."""

from abc import ABC, abstractmethod


class Command(ABC):
    @abstractmethod
    def do(self, buffer): ...

    @abstractmethod
    def undo(self, buffer): ...


class Insert(Command):
    def __init__(self, at, text):
        self.at, self.text = at, text

    def do(self, buffer):
        buffer[self.at : self.at] = self.text

    def undo(self, buffer):
        del buffer[self.at : self.at + len(self.text)]


class Delete(Command):
    def __init__(self, at, n):
        self.at, self.n, self.gone = at, n, None

    def do(self, buffer):
        self.gone = buffer[self.at : self.at + self.n]
        if len(self.gone) < self.n:
            raise IndexError(f"only {len(self.gone)} to delete")
        del buffer[self.at : self.at + self.n]

    def undo(self, buffer):
        buffer[self.at : self.at] = self.gone


class Macro(Command):
    def __init__(self, *commands):
        self.commands = commands

    def do(self, buffer):
        done = []
        try:
            for c in self.commands:
                c.do(buffer)
                done.append(c)
        except Exception:
            for c in reversed(done):
                c.undo(buffer)
            raise

    def undo(self, buffer):
        for c in reversed(self.commands):
            c.undo(buffer)


class Editor:
    def __init__(self):
        self.buffer, self.undone, self.done = [], [], []

    def run(self, command):
        command.do(self.buffer)
        self.done.append(command)
        self.undone.clear()
        return self

    def undo(self):
        if self.done:
            self.undone.append(self.done.pop())
            self.undone[-1].undo(self.buffer)
        return self

    def redo(self):
        if self.undone:
            self.done.append(self.undone.pop())
            self.done[-1].do(self.buffer)
        return self

    def __str__(self):
        return "".join(self.buffer)


e = Editor()
e.run(Insert(0, "hello")).run(Insert(5, " world")).run(Delete(0, 1)).run(Insert(0, "J"))
print(e, "|", e.undo(), "|", e.undo(), "|", e.redo())
try:
    e.run(Macro(Insert(0, ">> "), Delete(5, 99)))
except IndexError as error:
    print("failed:", error, "|", e)
e.run(Macro(Insert(0, "<"), Insert(len(e.buffer) + 1, ">")))
print(e, "|", e.undo().undo().undo().undo().undo(), len(e.done), len(e.undone))
print(e.redo().redo().redo().redo().redo())
