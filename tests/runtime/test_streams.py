"""What external calls print is kept, whoever holds the stream."""

import contextvars
import io
import sys

from poppy_nb.runtime import streams


class Writer:
    output = None


def replaced(monkeypatch):
    """In the test itself: pytest puts its own streams in place after the fixtures."""
    made = io.StringIO()
    monkeypatch.setattr(sys, "stdout", made)
    return made


def test_kept_by_context_and_written_later(monkeypatch):
    """Also through a reference that was taken before."""
    stream = replaced(monkeypatch)
    write = print
    held = sys.stdout
    streams.enter()
    try:
        context = contextvars.copy_context()
        writer = Writer()
        streams.keep(context, writer)
        context.run(write, "kept")
        context.run(held.write, "held\n")
        write("direct")
        assert "direct\n" == stream.getvalue()
        streams.write(writer.output)
        assert "direct\nkept\nheld\n" == stream.getvalue()
    finally:
        streams.leave()


def test_redirected_by_the_time_of_writing(monkeypatch):
    """What went to `sys.stdout` goes to the one of then."""
    stream = replaced(monkeypatch)
    streams.enter()
    try:
        context = contextvars.copy_context()
        writer = Writer()
        streams.keep(context, writer)
        context.run(print, "text")
        later = io.StringIO()
        monkeypatch.setattr(sys, "stdout", later)
        streams.write(writer.output)
        assert ("", "text\n") == (stream.getvalue(), later.getvalue())
    finally:
        streams.leave()


def test_nothing_is_left(monkeypatch):
    """After the last one the streams are as they were; what somebody else has put there stays."""
    stream = replaced(monkeypatch)
    before = dict(vars(stream))
    streams.enter()
    streams.enter()
    streams.leave()
    assert "write" in vars(stream)
    streams.leave()
    assert before == vars(stream)
    mine = stream.write
    streams.enter()
    stream.write = mine
    streams.leave()
    assert mine is vars(stream)["write"]


def test_streams_without_attributes(monkeypatch):
    """No error: what is printed there is not kept."""

    class Narrow:
        __slots__ = ("texts",)

        def __init__(self):
            self.texts = []

        def write(self, text):
            self.texts.append(text)

        def flush(self):
            pass

    monkeypatch.setattr(sys, "stdout", Narrow())
    monkeypatch.setattr(sys, "stderr", None)
    streams.enter()
    try:
        print("a", end="")
        assert ["a"] == sys.stdout.texts[:1]
    finally:
        streams.leave()


def test_other_effects_are_put_off():
    """As those that show something."""
    done = []
    assert not streams.put_off(done.append, 1)
    context = contextvars.copy_context()
    writer = Writer()
    streams.keep(context, writer)
    assert context.run(streams.put_off, done.append, 2)
    assert [] == done
    streams.write(writer.output)
    assert [2] == done
