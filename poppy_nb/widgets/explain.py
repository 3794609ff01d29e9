"""A run as text: a table that is the same for the same program, and the answer to why a line waited."""

from __future__ import annotations

from collections.abc import Mapping
from os.path import basename
from typing import TYPE_CHECKING

from . import links
from .calls import SIGNS, Call
from .shown import clean
from .structure import Halt, Linked, Stack, halted, paused, reasons


if TYPE_CHECKING:
    from .run import Run

_STATES = ("running", "queued", "planned", "failed", "cancelled", "done")
_MOST_LINES = 200
MORE_AT_ONCE = "as many as --limit allows were under way; raise it if the service allows more"


def table(run: Run) -> str:
    """A row for each line that called: the line of the cell, what it called, how often, and how that ended."""
    title = f"poppy: {_count(len(run.calls) + run.left_out, 'external call')}"
    if run.error:
        title += f", ended by {run.error}"
    rows = [("line", "call", "count", "state")]
    for stack in run.graph.stacks.values():
        rows.append((str(stack.calls[0].cell_line), chain(run, stack), str(len(stack.calls)), states(stack)))
    if len(rows) == 1:
        return title
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = [f"... {len(lines) - _MOST_LINES} more lines"]
    return "\n".join([title, *lines])


def states(stack: Stack) -> str:
    """How many calls are in which state: with a sign and a word."""
    found = stack.states
    return ", ".join(f"{SIGNS[state]} {found[state]} {state}" for state in _STATES if found.get(state))


def _only(stack: Stack) -> str:
    """The state of a stack of one call."""
    return next(f"{SIGNS[state]} {state}" for state in stack.states)


def chain(run: Run, stack: Stack) -> str:
    """The name of the call behind those of the functions around it, each with the line of the next."""
    around = [run.graph.groups[group] for group in run.graph.ancestors(stack.id)]
    functions = [group for group in reversed(around) if group.name]
    lines = [*(group.line for group in functions[1:]), stack.line] if functions else []
    named = [f"{clean(group.name, 60)}:{line}" for group, line in zip(functions, lines, strict=True)]
    return " > ".join([*named, clean(stack.name, 60)])


def place(file: str, line: int) -> str:
    """The line, with the file if it is not a cell."""
    return f"{clean(basename(file), 60)}:{line}" if file.endswith(".py") and "ipykernel" not in file else str(line)


def explain(run: Run, line: int | None, *, times: bool = True) -> str:
    """See `Run.explain`."""
    parts = [_summary(run)] if line is None and times else []
    for stack in run.graph.stacks.values():
        if line is None or line in (stack.line, stack.calls[0].cell_line, *(step.line for step in stack.calls[0].within)):
            parts.append(_stack(run, stack, times))
    waited = {(halt.file, halt.line) for halt in run.graph.halts}
    claims = [claim for claim in halted(run.claims) if (claim.file, claim.line) not in waited]  # said once is enough
    parts += [_waited(halt, "the program waited here until all before it was done{often}: {reason}")
              for halt in run.graph.halts if line in (None, halt.line)]  # fmt: skip
    parts += [_waited(claim, "what comes after waited until it was done{often}, since it might touch anything: {reason}")
              for claim in claims if line in (None, claim.line)]  # fmt: skip
    if not parts:
        return f"line {line}: no external call was made there, and nothing waited there" if line else "nothing waited"
    return "\n\n".join(parts)


def _waited(halt: Halt, sentence: str) -> str:
    often = f", {halt.count} times" if halt.count > 1 else ""
    where = f"line {place(halt.file, halt.line)}: {halt.text}" if halt.line else "in a builtin"
    text = f"{where}\n  {sentence.format(often=often, reason=halt.wait.reason)}"
    return f"{text}\n  to let it go on: {halt.wait.declare}" if halt.wait.declare else text


def _summary(run: Run) -> str:
    text = f"{_count(len(run.calls), 'external call')} in {seconds(run.wall)}; one after the other {seconds(run.sequential)}"
    if run.wall > 0 and len(run.calls) > 1:
        text += f" ({run.speedup:.1f} times as fast)"
    path = run.critical_path
    if len(path) > 1:
        steps = " -> ".join(f"{call.name} (line {call.cell_line}, {seconds(call.duration)})" for call in path[:12])
        more = f" -> ... {len(path) - 12} more" if len(path) > 12 else ""
        text += f"\ncritical path, {seconds(sum(call.duration or 0.0 for call in path))}: {steps}{more}"
    return text


def _stack(run: Run, stack: Stack, with_times: bool) -> str:
    lines = [f"line {place(stack.file, stack.line)}: {stack.text or stack.name}"]
    if stack.calls[0].cell_line != stack.line:
        lines.append(f"  called from line {stack.calls[0].cell_line}: {chain(run, stack)}")
    count = len(stack.calls)
    lines.append(f"  {_count(count, 'call')} of {clean(stack.name, 60)}: {states(stack) if count > 1 else _only(stack)}")
    durations = [call.duration for call in stack.calls if call.duration is not None]
    if durations and with_times:
        least, most = seconds(min(durations)), seconds(max(durations))
        lines.append(f"  took {least}" if least == most else f"  took {least} to {most}")
    by_number = {call.number: call for call in run.calls}
    told: dict[str, int] = {}
    for call in stack.calls:
        for text in why(call, by_number, run.graph.linked):
            told[text] = told.get(text, 0) + 1
    slots = [call.for_slot for call in stack.calls if call.queued is not None]
    if slots:
        longest = f", at most {seconds(max(slots))}" if with_times else ""
        lines.append(f"  {_count(len(slots), 'call')} waited for a free slot{longest}: {MORE_AT_ONCE}")
    lines += [f"  {text}" + (f" ({count} times)" if count > 1 else "") for text, count in told.items()]
    if not told and not slots:
        lines.append("  waited for nothing: it began as soon as it was reached")
    return "\n".join(lines)


def why(call: Call, by_number: Mapping[int, Call], linked: Linked = links.link) -> list[str]:
    """What a call waited for and why, a sentence for each line that it waited for; then what to declare."""
    told: dict[str, None] = {}
    declared: dict[str, None] = {}
    for kind, reason, source in reasons(call, by_number, linked):
        where = f"{source.name} in line {place(source.file, source.line)}"
        if source.cell_line != source.line:
            where += f" (called from line {source.cell_line})"
        if kind == "data":
            told[f"needs the answer of {where}" + (f", through {reason!r}" if reason else "")] = None
        elif kind == "branch" and reason.startswith(("except", "try")):
            told[f"is reached because {where} failed: the {reason} handles it"] = None
        elif kind == "branch" and reason.startswith("loop"):
            told[f"is reached only when {where} is known: the {reason} goes over it"] = None
        elif kind == "branch":
            told[f"is reached only when {where} is known: the test in {reason} decides"] = None
        elif kind == "mutation":
            told[f"waits for {where}: {reason}"] = None
        else:
            told[f"comes after {where}: {reason}"] = None
            pause = paused(source, call)
            if pause is not None and pause.wait.declare and pause.wait.reason in reason:
                declared[pause.wait.declare] = None
    for wait in call.waits:
        if not wait.calls:
            told[f"waited: {wait.reason}"] = None
        if wait.declare and (not wait.calls or any(call.began_behind(by_number[one]) for one in wait.calls if one in by_number)):
            declared[wait.declare] = None
    return [*told, *(f"to let it begin earlier: {one}" for one in declared)]


def seconds(time: float | None) -> str:
    """A duration for people."""
    if time is None:
        return "?"
    return f"{time * 1000:.0f} ms" if time < 0.0995 else f"{time:.1f} s" if time < 99.95 else f"{time / 60:.1f} min"


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
