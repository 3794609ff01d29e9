"""The line while a cell runs, and how it comes and goes in a terminal."""

import contextlib
import io
import threading

import pytest

from poppy_nb.events import Event, EventStream
from poppy_nb.magics import progress
from poppy_nb.magics.progress import Progress, Ticker
from poppy_nb.magics.terminal_line import TerminalLine


def test_counts():
    """Done, running, queued; elapsed, and what is left at the speed until now."""
    now = [0.0]
    stream = EventStream()
    line = Progress(stream, lambda: now[0])
    for op in range(6):
        stream.emit(Event("planned", op, external=True))
    for op in range(4):
        stream.emit(Event("dispatched", op, external=True))
    stream.emit(Event("planned", 9))
    now[0] = 2.0
    assert "0 done, 4 running, 2 queued · 2 s" == line.text()
    stream.emit(Event("done", 0, external=True))
    stream.emit(Event("failed", 1, external=True))
    stream.emit(Event("cancelled", 5, external=True))
    assert "2 done, 2 running, 1 queued · 2 s · about 3 s left" == line.text()
    for op in (2, 3, 4):
        stream.emit(Event("dispatched", op, external=True))
        stream.emit(Event("done", op, external=True))
    now[0] = 200.0
    assert "5 done, 0 running, 0 queued · 3 min" == line.text()


def test_a_tick_never_comes_after_the_stop(monkeypatch):
    """Else it would write over the summary."""
    monkeypatch.setattr(progress, "FIRST", 0.0)
    monkeypatch.setattr(progress, "EVERY", 0.0)
    ticks, going = [], threading.Event()
    ticker = Ticker(lambda: (ticks.append(1), going.set()))
    assert going.wait(20)
    ticker.stop()
    count = len(ticks)
    ticker._thread.join(20)
    assert (count, False) == (len(ticks), ticker._thread.is_alive())


def test_who_only_shows_disturbs_nobody(monkeypatch):
    """A tick that raises is the last one."""
    monkeypatch.setattr(progress, "FIRST", 0.0)
    ticker = Ticker(lambda: 1 / 0)
    ticker._thread.join(20)
    ticker.stop()


class Terminal(io.StringIO):
    def isatty(self):
        return True


@contextlib.contextmanager
def on(stream, term="xterm"):
    """stdout goes there, and stderr nowhere."""
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(stream), contextlib.redirect_stderr(io.StringIO()):
        patch.setenv("TERM", term)
        yield stream


ERASE = "\r\x1b[2K"


def test_a_line_in_a_terminal():
    """It is erased before anything else is written, and in the end."""
    with on(Terminal()) as terminal:
        line = TerminalLine()
        assert line.is_possible
        line.draw("one")
        line.draw("two")
        print("mine")
        line.draw("three")
        line.close()
        print("after")
    shown = f"{ERASE}\x1b[2mone\x1b[0m{ERASE}\x1b[2mtwo\x1b[0m{ERASE}mine\n{ERASE}\x1b[2mthree\x1b[0m{ERASE}after\n"
    assert shown == terminal.getvalue()
    assert "write" not in vars(terminal)


def test_a_write_of_somebody_else():
    """IPython records what a cell prints by such a one: it sees what it saw, and not the line."""
    with on(Terminal()) as terminal:
        written, write = [], terminal.write
        terminal.write = mine = lambda text: written.append(text) or write(text)
        line = TerminalLine()
        line.draw("hidden")
        print("mine")
        line.close()
        assert mine is terminal.write
        assert ["mine", "\n"] == written


def test_an_unfinished_line_is_left_alone():
    """Nothing is drawn behind what the program has begun to write."""
    with on(Terminal()) as terminal:
        line = TerminalLine()
        print("half", end="")
        line.draw("hidden")
        print(" whole")
        line.draw("seen")
        line.close()
    assert f"half whole\n{ERASE}\x1b[2mseen\x1b[0m{ERASE}" == terminal.getvalue()


def test_no_terminal():
    """Nothing to draw on, or one that cannot erase: nothing touched."""
    for stream, term in ((io.StringIO(), "xterm"), (Terminal(), "dumb")):
        with on(stream, term):
            line = TerminalLine()
            line.draw("x")
            line.close()
        assert (False, "") == (line.is_possible, stream.getvalue())
