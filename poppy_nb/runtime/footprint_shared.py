"""The footprints of one run: what is found for one turn of a loop is carried over to the others where that is right.

The first strand that parks at a place is analysed, the second is recorded (`footprint_recorder.py`), and from then on recordings
are tried first (`footprint_replay.py`). There are several for one place: what is told of the program may go through some stages,
or alternate. A place where they do not help is left alone.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from poppy_nb.runtime import footprint as analysis
from poppy_nb.runtime.claims import Activation, Claims, Heap
from poppy_nb.runtime.footprint_recorder import Recorder
from poppy_nb.runtime.footprint_replay import Recording
from poppy_nb.runtime.footprint_store import TOO_MUCH


if TYPE_CHECKING:
    from poppy_nb.runtime.heap import EngineHeap

_MOST = 6  # recordings of one place
_TRIES = 24  # analyses that were recorded at one place without being of use more often


def footprint(activations: list[Activation], heap: EngineHeap) -> Claims:
    """The claims of a strand of a run with these frames."""
    engine = heap.engine
    if engine.footprints is None:
        engine.footprints = Footprints(engine.check)
    found: Claims = engine.footprints.find(activations, heap)
    return found


class _Place:
    """What is known of the strands that have parked at one place. `code`: of the function, whose id is in the key."""

    __slots__ = ("code", "recordings", "tries", "visited")

    def __init__(self, code: Any) -> None:
        self.code = code
        self.visited = False
        self.recordings: list[Recording] = []
        self.tries = 0  # one more for each recording, one less for each time that one was of use


class Footprints:
    """All analyses of one run.

    Args:
        check: analyse in any case, and assert that what is carried over is the same.
    """

    def __init__(self, check: bool) -> None:
        self.check = check
        self.places: dict[Any, _Place] = {}

    def find(self, activations: list[Activation], heap: Heap) -> Claims:
        """The claims of a strand with these frames."""
        if len(activations) != 1 or getattr(heap, "strict", False):
            return analysis.footprint(activations, heap)
        (activation,) = activations
        place = self._place(activation)
        if not place.visited:
            place.visited = True
            return analysis.footprint(activations, heap)
        recordings = place.recordings
        for index, recording in enumerate(recordings):
            claims = recording.replay(activation, heap)
            if claims is not None:
                if index:
                    recordings.insert(0, recordings.pop(index))
                if place.tries:
                    place.tries -= 1
                if self.check:
                    compare(claims, analysis.footprint(activations, heap))
                return claims
        if place.tries >= _TRIES:
            recordings.clear()
            return analysis.footprint(activations, heap)
        place.tries += 1
        recorder = Recorder(heap)
        scope = recorder.scope(activation.scope)
        arguments = [recorder.entry(one) for one in activation.arguments.values()]
        claims = analysis.footprint(activations, recorder)
        made = recorder.recording(scope, arguments, claims)
        if made is not None:
            recordings.insert(0, made)
            del recordings[_MOST:]
        return claims

    def _place(self, activation: Activation) -> _Place:
        """What is not told by the heap: the code, where it stands, and what is known of its names."""
        function = getattr(activation.scope, "function", None)
        code = getattr(function, "__code__", None)
        key = (
            activation.node, activation.kind, activation.at, activation.names, activation.clause, activation.ended,
            activation.spawned, *activation.arguments, id(code), getattr(function, "__qualname__", ""), len(sys.modules),
        )  # fmt: skip
        place = self.places.get(key)
        if place is None:
            place = self.places[key] = _Place(code)
        return place


def compare(one: Claims, other: Claims) -> None:
    """Assert that two claims are the same."""
    if TOO_MUCH in other.reason:
        return  # steps are also spent for the size of what is looked through, which need not be the same
    assert not other.everything, f"what was carried over cannot be analysed: {other.reason}"
    assert one.modes == other.modes, f"{one.modes} and {other.modes}"
    assert one.looked == other.looked
    assert (one.ours, one.simple, one.numbers, one.lazy) == (other.ours, other.simple, other.numbers, other.lazy)
    assert one.instances is other.instances
    assert _ids(one.keep) == _ids(other.keep)
    assert _ids(one.result) == _ids(other.result)
    assert _ids(one.raised) == _ids(other.raised)
    assert _ids(one.published) == _ids(other.published)
    assert one.brings.keys() == other.brings.keys()
    for key, told in one.brings.items():
        assert _facts(told) == _facts(other.brings[key]), f"{told} and {other.brings[key]}"
    assert _facts(one.news) == _facts(other.news)
    assert (one.classes is None) == (other.classes is None)
    assert _ids(one.classes or []) == _ids(other.classes or [])


def _facts(told: Any) -> tuple[Any, ...]:
    classes = None if told.classes is None else _ids(told.classes)
    return _ids(told.objects), told.fresh, classes, told.ours, told.numbers, told.keys


def _ids(objects: list[Any]) -> set[int]:
    return {id(one) for one in objects}
