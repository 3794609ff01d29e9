"""The live view: an anywidget model that sends a page what happens, and takes from it what may be asked for."""

from __future__ import annotations

import asyncio
import threading
from _thread import interrupt_main
from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from poppy_nb.events import Event

from . import assets
from .live import Feed, Message, asked
from .recording import Recording


def _loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


class Live(anywidget.AnyWidget):
    """One run in a page. While it goes on, changes go as messages; when it has ended, `data` holds everything."""

    _esm = assets.module()
    _css = assets.style()
    kind = traitlets.Unicode("graph").tag(sync=True)
    data = traitlets.Dict().tag(sync=True)

    def __init__(self, recording: Recording, kind: str, cancel: Callable[[], None] | None = None) -> None:
        self._recording = recording
        self._cancel = cancel if cancel is not None else interrupt_main  # what Ctrl-C does
        self._waiting = False
        self._home = threading.get_ident(), _loop()  # those of the run: messages may come on another thread, that of a subshell
        self._feed = Feed(recording, self.send)
        first: Message = {"type": "snapshot", "version": 1, "calls": [], "graph": None, "now": 0, "finished": False, "error": "",
                          "leftOut": 0}  # fmt: skip
        super().__init__(kind=kind, data=self._feed.last() if recording.finished else first)
        self.on_msg(self._asked)
        self._unsubscribe: Callable[[], None] | None = None
        if not recording.finished:
            self._unsubscribe = recording.stream.subscribe(self._happened)

    def finish(self) -> None:
        """The run has ended."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
            self.data = self._feed.last()

    def mime(self) -> Message:
        """The part of an output that pages with widgets show."""
        return {"application/vnd.jupyter.widget-view+json": {"version_major": 2, "version_minor": 0, "model_id": self.model_id}}

    def _happened(self, event: Event) -> None:
        if event.kind != "retired":
            self._feed.tick()
            if not self._waiting:
                self._later()

    def _greet(self) -> None:
        self.send(self._feed.snapshot())

    def _later(self, pause: float = 0.15) -> None:
        """What happened last before a pause is told in the pause, as soon as it is time to."""
        loop = _loop()
        if loop is None:
            return
        self._waiting = True
        loop.call_later(pause, self._tell)

    def _tell(self) -> None:
        self._waiting = False
        if self._unsubscribe is not None:
            left = self._feed.tick()
            if left > 0:
                self._later(left)

    def _asked(self, _widget: Any, content: object, _buffers: object) -> None:
        request = asked(content)
        if request is None:
            return
        kind, call = request
        if kind == "hello":
            thread, loop = self._home
            if loop is not None and threading.get_ident() != thread:
                loop.call_soon_threadsafe(self._greet)
            else:
                self._greet()
        elif call is None:
            if self._unsubscribe is not None:
                self._cancel()
        elif self._recording.stream.stop is not None and self._unsubscribe is not None:
            self._recording.stream.stop(call)
