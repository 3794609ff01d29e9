"""Full garbage collections are put off while many calls are in flight: each would visit all that is in flight, and find nothing.

Only the third threshold of `gc` changes: young garbage is collected as ever, old garbage after at most `RARE` collections of the
middle generation instead of ten. It is back before any code runs that could ask for it: unknown code has nothing in flight.
"""

from __future__ import annotations

import gc


MANY = 100  # calls in flight
RARE = 200


class Collection:
    """The thresholds of the garbage collection, for one run."""

    def __init__(self) -> None:
        self._before: tuple[int, int, int] | None = None

    def relax(self) -> None:
        """Many calls are in flight. What the program has set itself holds, if that is less work or none."""
        before = gc.get_threshold()
        if self._before is None and gc.isenabled() and 0 < before[2] < RARE:
            self._before = before
            gc.set_threshold(before[0], before[1], RARE)

    def restore(self) -> None:
        """Few are in flight: as before, unless somebody has set the thresholds meanwhile."""
        before, self._before = self._before, None
        if before is not None and gc.get_threshold() == (before[0], before[1], RARE):
            gc.set_threshold(*before)
