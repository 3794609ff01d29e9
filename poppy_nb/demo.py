"""`make demo`: the quickstart notebook in a real kernel, as plain Python and under `%%poppy`, with the times of both."""

from __future__ import annotations

import argparse
import copy
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from poppy_nb.server import Server


NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "quickstart.ipynb"
_LATENCY = 0.5
_MAGIC = "%%poppy"
_TAG = "demo-report"
_KERNEL = ["--log-level=ERROR"]  # else every kernel says that it listens on this machine without encryption

# Run behind every `%%poppy` cell; what the report says about itself
_ASK = """
import json
from poppy_nb.magics.extension import last_report
_report = last_report(get_ipython())
print(json.dumps({name: getattr(_report, name, None) for name in ("calls", "critical")}))
"""


@dataclass(slots=True)
class CellRun:
    """One `%%poppy` cell in one run of the notebook."""

    title: str
    seconds: float = 0.0
    calls: int | None = None
    critical_path: float | None = None


@dataclass(slots=True)
class NotebookRun:
    """All of them, and what the user sees in the whole notebook."""

    cells: list[CellRun] = field(default_factory=list)
    shown: list[object] = field(default_factory=list)


def main() -> int:
    """Run both, compare, print. Status 1 if they differ."""
    parser = argparse.ArgumentParser(prog="python -m poppy_nb.demo", description="The quickstart notebook, both ways.")
    parser.add_argument("--notebook", type=Path, default=NOTEBOOK)
    parser.add_argument("--latency", type=float, default=_LATENCY, help="of the local server, in seconds (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help="only run the notebook and save its outputs in it")
    arguments = parser.parse_args()
    if not arguments.notebook.exists():
        parser.error(f"{arguments.notebook} is not there; run this from a clone of the repository")
    import nbformat

    notebook = nbformat.read(arguments.notebook, as_version=4)
    if arguments.write:
        _write(notebook, arguments.notebook)  # which start a server of their own
        return 0
    with _server(arguments.latency) as where:
        print(f"{arguments.notebook.name} in a real kernel, against {where}", flush=True)
        print("as plain Python ...", flush=True)
        plain = _run(_sequential(notebook))
        print("under %%poppy ...", flush=True)
        poppy = _run(_with_questions(notebook))
    print("\n" + "\n".join(_table(plain, poppy)))
    if not where.startswith("the local server"):
        return 0  # real models do not give the same answer twice
    is_equal = plain.shown == poppy.shown
    print(f"\noutputs equal to those of plain Python: {'yes' if is_equal else 'NO'}")
    return 0 if is_equal else 1


@contextmanager
def _server(latency: float) -> Iterator[str]:
    """The one that the environment names, or a local one."""
    with ExitStack() as stack:
        if os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_KEY"):
            os.environ.setdefault("OPENAI_API_KEY", "none")  # many servers want none, the client wants one
            yield os.environ.get("OPENAI_BASE_URL", "OpenAI's API")
            return
        server = stack.enter_context(Server(latency=latency))
        os.environ.update(server.environment())
        yield f"the local server with {latency} s per call"


def _sequential(notebook: Any) -> Any:
    changed = copy.deepcopy(notebook)
    for cell in changed.cells:
        if _is_poppy(cell):
            cell.source = cell.source.replace(_MAGIC, f"{_MAGIC} --sequential", 1)
    return changed


def _with_questions(notebook: Any) -> Any:
    from nbformat.v4 import new_code_cell

    changed = copy.deepcopy(notebook)
    changed.cells = []
    for cell in notebook.cells:
        changed.cells.append(copy.deepcopy(cell))
        if _is_poppy(cell):
            changed.cells.append(new_code_cell(_ASK, metadata={"tags": [_TAG]}))
    return changed


def _is_poppy(cell: Any) -> bool:
    return bool(cell.cell_type == "code" and cell.source.startswith(_MAGIC))


def _run(notebook: Any) -> NotebookRun:
    from nbclient import NotebookClient

    run = NotebookRun()
    begin = 0.0

    def on_start(cell: Any, cell_index: int) -> None:
        nonlocal begin
        begin = time.perf_counter()

    def on_end(cell: Any, cell_index: int, execute_reply: dict[str, Any]) -> None:
        if _is_poppy(cell):
            run.cells.append(CellRun(_title(cell.source), time.perf_counter() - begin))

    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=600,
        resources={"metadata": {"path": str(NOTEBOOK.parent)}},
        on_cell_execute=on_start,
        on_cell_executed=on_end,
        extra_arguments=_KERNEL,
    )
    client.execute()
    poppy_cells = iter(run.cells)
    for cell in notebook.cells:
        if _TAG in cell.metadata.get("tags", ()):
            said = json.loads("".join(output.get("text", "") for output in cell.outputs))
            latest = next(poppy_cells)
            latest.calls, latest.critical_path = said["calls"], said["critical"]
        elif cell.cell_type == "code":
            run.shown.append(_shown(cell.outputs))
    return run


def _shown(outputs: list[Any]) -> list[object]:
    """The user's part of the outputs: prints and values."""
    streams = "".join(o.text for o in outputs if o.output_type == "stream")
    return [streams, *(o.data["text/plain"] for o in outputs if o.output_type == "execute_result")]


def _title(source: str) -> str:
    lines = [line for line in source.splitlines()[1:] if line.strip()]
    return lines[0][:40] if lines else ""


def _table(plain: NotebookRun, poppy: NotebookRun) -> list[str]:
    rows = [("cell", "calls", "sequential", "%%poppy", "critical path")]
    for one, other in zip(plain.cells, poppy.cells, strict=True):
        title = f"{one.title} ..."
        rows.append((title, _count(other.calls), _time(one.seconds), _time(other.seconds), _time(other.critical_path)))
    total = [sum(cell.seconds for cell in run.cells) for run in (plain, poppy)]
    known = [cell.critical_path for cell in poppy.cells if cell.critical_path is not None]
    calls = [cell.calls for cell in poppy.cells if cell.calls is not None]
    path = sum(known) if len(known) == len(poppy.cells) else None
    rows.append(("together", _count(sum(calls) if calls else None), _time(total[0]), _time(total[1]), _time(path)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    numbers = ["  ".join(text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True)) for row in rows]
    lines = [f"{row[0].ljust(widths[0])}  {rest}" for row, rest in zip(rows, numbers, strict=True)]
    return [*lines, "", f"{total[0] / total[1]:.1f} times as fast"]


def _count(number: int | None) -> str:
    return "-" if number is None else str(number)


def _time(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.2f} s"


def _write(notebook: Any, path: Path) -> None:
    """Save the notebook with its outputs, as batch runs compare them: views where nobody compares, no summaries, no times."""
    import nbformat
    from nbclient import NotebookClient

    os.environ.pop("POPPY_NB_QUIET", None)
    # One output for lines that were printed one by one: how they arrive is not the notebook's matter
    options: dict[str, Any] = {"record_timing": False, "coalesce_streams": True, "extra_arguments": _KERNEL}
    folder = {"metadata": {"path": str(path.resolve().parent)}}
    NotebookClient(notebook, kernel_name="python3", timeout=600, resources=folder, **options).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            is_compared = "nbval-ignore-output" not in cell.metadata.get("tags", ())
            cell.outputs = [output for output in cell.outputs if not (is_compared and _is_summary(output))]
            for output in filter(_is_summary, cell.outputs):
                output.data.pop("text/html", None)
    nbformat.write(notebook, path)


def _is_summary(output: Any) -> bool:
    """Whether it is what poppy itself had to say of a cell."""
    return bool(output.output_type == "display_data" and output.data.get("text/plain", "").startswith("poppy: "))


if __name__ == "__main__":
    sys.exit(main())
