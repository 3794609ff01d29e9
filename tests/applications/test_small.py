"""Small applications of all kinds over stand-ins of models and tools: the same as plainly in any order, and as fast as by hand.

The programs are in `programs/small/`; a line `# time: 3` says how many rounds of calls the best hand-written asyncio needs.
"""

import asyncio
import contextlib
import io
import linecache
import os
import random
import re
from pathlib import Path

import pytest

from poppy_nb.runtime.virtual import VirtualDriver
from poppy_nb.session import Session
from tests.applications.externals import NAMES
from tests.equivalence.leaks import leaks


pytestmark = pytest.mark.usefixtures("nothing_of_others")

PROGRAMS = sorted(Path(__file__).parent.joinpath("programs", "small").glob("*.py"))
SLOWER = {
    "chunks_stream": "`enumerate` of a generator that yields behind a pending test asks for one item after the other",
    "supervisor": "callbacks in a defaultdict of lists that others may add to are not known to the analysis",
    "crawler": "whether the queue is empty is not known while a parked loop may add to it",
    "numpy_rerank": "methods of arrays that are made of answers are not known to the analysis",
    "config_run": "whether two prompts that are not known yet are one key of an lru_cache is not known (7 instead of 3)",
    "quiz_game": "`sorted` by a `__lt__` of the program's that reads what waits stands in order (5 instead of 3)",
    "tree_of_nodes": "methods of objects out of a list that is sorted by keys to come are not known to the analysis (13 instead of 7)",
    "progress_log": "what a logging handler of the program's does is not mediated",
}
NEEDS = {
    "cluster_embeddings": "numpy", "numpy_draws": "numpy", "extraction_pydantic": "pydantic", "letters_to_cases": "pydantic", "numpy_rerank": "numpy",
    "pandas_columns": "pandas", "pandas_eval": "pandas",
    "pandas_rows": "pandas", "pandas_table": "pandas", "pydantic_documents": "pydantic", "pydantic_methods": "pydantic",
    "pydantic_repair": "pydantic", "pydantic_validators": "pydantic",
}  # fmt: skip


def ran(path, run):
    """What a run printed, and the data among its names, as text."""
    names, out = {"__name__": "__main__", **NAMES}, io.StringIO()
    source, filename = path.read_text(), f"<{path.stem}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    with contextlib.redirect_stdout(out):
        run(source, filename, names)
    assert [] == leaks(names)
    data = {name: value for name, value in names.items() if type(value) in _KINDS or type(value).__module__ == "__main__"}
    return out.getvalue(), {name: _shown(value) for name, value in data.items()}


_KINDS = (str, int, float, bool, list, dict, tuple, set, type(None))


def _shown(value):
    own = getattr(value, "__dict__", None) if type(value).__module__ == "__main__" else None
    return re.sub(" at 0x[0-9a-f]+", "", repr(value if own is None else (type(value).__name__, own)))


def plainly(source, filename, names):
    exec(compile(source, filename, "exec"), names)


def with_latency(latency, drivers, check=False):
    def run(source, filename, names):
        drivers.append(VirtualDriver(latency=latency))
        asyncio.run(Session(names, driver=drivers[-1], check=check).run(source, filename))

    return run


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_meaning_and_rounds(path):
    """The same output and values as plainly, in several orders of completion; in as many rounds as the data needs."""
    if path.stem in NEEDS:
        pytest.importorskip(NEEDS[path.stem], reason="needs the extra `test`")
    expected = ran(path, plainly)
    drivers: list[VirtualDriver] = []
    assert expected == ran(path, with_latency(1.0, drivers))
    ideal = float(re.search("^# time: (.*)$", path.read_text(), re.MULTILINE)[1])
    assert drivers[0].time > ideal if path.stem in SLOWER else drivers[0].time == ideal
    assert expected == ran(path, with_latency(1.0, drivers, check=True))
    for order in range(min(2, int(os.environ.get("POPPY_ORDERS", "2")))):
        latencies = random.Random(f"{path.stem}{order}")
        assert expected == ran(path, with_latency(lambda op, of=latencies: of.choice([0.1, 1, 2, 5, 20]), drivers))
