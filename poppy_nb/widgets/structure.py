"""The graph of a run: calls of one line as one stack, stacks in the functions and loops around them, edges with their reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from . import links
from .calls import Call, Effect, Pause, Step, Wait
from .shown import clean


_THE_SAME = re.compile(r"line (\d+) (?:\w+ )+?(the same \w+)$")
Linked = Callable[[Call, Call], links.Link]


@dataclass(slots=True)
class Stack:
    """All calls of one line in one place of the program: a node. `id` is the same in every run of the same program."""

    id: str
    name: str
    line: int
    file: str
    text: str
    group: str
    calls: list[Call] = field(default_factory=list)
    column: int = 0
    cell: int = 0  # the line of the cell that leads to it

    @property
    def states(self) -> dict[str, int]:
        """How many calls are in which state."""
        return dict(Counter(call.state for call in self.calls))


@dataclass(slots=True)
class Small:
    """An effect between the calls: a small node."""

    id: str
    effect: Effect
    text: str
    group: str
    linked: int = 0  # so many of the calls that it needs have their edge


@dataclass(slots=True)
class Halt:
    """A line at which the program itself waited until all before it was done: a small node. `count`: how often."""

    id: str
    line: int
    file: str
    text: str
    wait: Wait
    count: int = 1


@dataclass(slots=True)
class Group:
    """A function or loop around parts; the one with the id "" is the cell. `parts`: ids of stacks, effects, groups, in order."""

    id: str
    kind: str
    name: str
    line: int
    file: str
    parent: str | None
    parts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edge:
    """`target` waited for `source`, `count` times. kind: `data`, `branch`, `order`, `mutation`."""

    source: str
    target: str
    kind: str
    reason: str
    count: int = 1


_Key = tuple[str, str, str, str]  # of an edge


class Structure:
    """The graph. It grows: `add` each call when it is planned, `link` it when what it waited for is known.

    Ids are paths of line numbers and names, so that they do not depend on the run.
    """

    def __init__(self) -> None:
        self.groups: dict[str, Group] = {"": Group("", "cell", "", 0, "", None)}
        self.stacks: dict[str, Stack] = {}
        self.effects: dict[str, Small] = {}
        self.halts: list[Halt] = []
        self.stack_of: dict[int, str] = {}  # number of a call -> its stack
        self.first: dict[str, tuple[int, ...]] = {}  # part -> where in program order its first call stands
        self._found: dict[tuple[object, ...], str] = {}
        self._linked: dict[int, list[_Key]] = {}  # of calls that have not begun: the edges that are counted for them
        self._links: dict[tuple[str, str], links.Link] = {}
        self._at_line: dict[tuple[str, int], list[Stack]] = {}
        self._counts: Counter[_Key] = Counter()

    @property
    def edges(self) -> list[Edge]:
        """All edges, in the order in which they appeared."""
        return [Edge(*key, count) for key, count in self._counts.items() if count]

    @property
    def drawn(self) -> list[Edge]:
        """Those that a picture needs: no order or mutation between what other edges join anyway; and the order of the effects."""
        edges = [*self.edges, *self._in_order()]
        after: dict[str, set[str]] = {}
        known = set()
        for edge in edges:
            after.setdefault(edge.source, set()).add(edge.target)
            if edge.kind in ("data", "branch"):
                known.add((edge.source, edge.target))

        def is_needed(edge: Edge) -> bool:
            if edge.kind in ("data", "branch"):
                return True
            if (edge.source, edge.target) in known:
                return False
            between = after[edge.source] - {edge.source, edge.target}
            return edge.source == edge.target or not any(edge.target in after.get(middle, ()) for middle in between)

        return [edge for edge in edges if is_needed(edge)]

    def _in_order(self) -> Iterator[Edge]:
        """From each effect in a group to the next one on the same resource."""
        last: dict[tuple[object, ...], str] = {}
        for group in self.groups.values():
            for part in group.parts:
                small = self.effects.get(part)
                if small is None:
                    continue
                resource = small.effect.resource
                block = next((step.number for step in reversed(small.effect.within) if step.kind == "with"), None)
                if resource == "file" and block is None:
                    continue  # which one is not known
                key = (group.id, resource, block if resource == "file" else None)
                if key in last:
                    yield Edge(last[key], part, "order", f"{resource}, in the order of the program")
                last[key] = part

    def ancestors(self, part: str) -> Iterator[str]:
        """The groups around a stack, an effect or a group, innermost first."""
        group: str | None
        if part in self.groups:
            group = self.groups[part].parent
        else:
            group = (self.stacks.get(part) or self.effects[part]).group
        while group is not None:
            yield group
            group = self.groups[group].parent

    def add(self, call: Call) -> Stack:
        """The stack that a call belongs to; it is not put into it."""
        key = (call.within and call.within[-1].number, call.line, call.column, call.name, call.file)
        id = self._found.get(key)
        if id is None:
            id = self._stack(call)
            if len(self._found) < 50_000:
                self._found[key] = id
        self.stack_of[call.number] = id
        return self.stacks[id]

    def link(self, call: Call, by_number: Mapping[int, Call]) -> None:
        """Count the edges to a call that was added, as far as they are known; asked again, as they are known then."""
        here = self.stack_of[call.number]
        found = [(self.stack_of[one.number], here, kind, reason) for kind, reason, one in reasons(call, by_number, self.linked)]
        for key in self._linked.pop(call.number, ()):
            self._counts[key] -= 1
        for key in found:
            self._counts[key] += 1
        if call.started is None and found:
            self._linked[call.number] = found

    def show(self, effect: Effect, by_number: Mapping[int, Call]) -> None:
        """Add an effect, and the edges from the calls that it needs, as far as they are not there yet."""
        group = self._group(effect.within, effect.position)
        id = f"{group}/{_name(effect.name)}~{effect.line}.{effect.column}"
        small = self.effects.get(id)
        if small is None:
            small = self.effects[id] = Small(id, effect, links.source_line(effect.file, effect.line), group)
            self._put(id, group, effect.position)
        for number in list(effect.needs)[small.linked :]:
            source = by_number.get(number)
            if source is not None:
                key = (self.stack_of[number], id)
                if key not in self._links:
                    self._links[key] = links.link(source, effect)
                self._counts[*key, "data", self._links[key].variable or ""] += 1
        small.linked = len(effect.needs)

    def linked(self, source: Call, target: Call) -> links.Link:
        """See `links.link`; asked once for two stacks."""
        key = (self.stack_of[source.number], self.stack_of[target.number])
        if key not in self._links:
            self._links[key] = links.link(source, target)
        return self._links[key]

    def _group(self, within: tuple[Step, ...], position: tuple[int, ...]) -> str:
        around: list[Step] = []
        for step in within:
            if step.kind == "function":
                again = next((at for at, outer in enumerate(around) if (outer.kind, outer.name) == ("function", step.name)), None)
                if again is not None:
                    del around[again + 1 :]  # recursion does not nest
                    continue
            elif step.kind != "loop":
                continue
            around.append(step)
        group = ""
        for step in around:
            inner = f"{group}/{_name(step.name or step.kind)}@{step.line}"
            if inner not in self.groups:
                self.groups[inner] = Group(inner, step.kind, step.name, step.line, step.file, group)
                self._put(inner, group, position)
            group = inner
        return group

    def _stack(self, call: Call) -> str:
        group = self._group(call.within, call.position)
        id = f"{group}/{_name(call.name)}:{call.line}.{call.column}"
        if id not in self.stacks:
            made = self.stacks[id] = Stack(id, call.name, call.line, call.file, links.source_line(call.file, call.line), group)
            made.column, made.cell = call.column, call.cell_line
            self._put(id, group, call.position)
            others = self._at_line.setdefault((call.file, call.line), [])
            others.append(made)
            if len({other.column for other in others}) > 1:  # else they would look the same
                for other in others:
                    other.text = links.source_of(other.file, other.line, other.column)
        return id

    def _put(self, part: str, group: str, position: tuple[int, ...]) -> None:
        """Calls are not always planned in program order, but stand in it."""
        self.first[part] = position
        self.groups[group].parts.append(part)
        self.groups[group].parts.sort(key=self.first.__getitem__)


def _name(text: str) -> str:
    """A name as part of an id: a slash divides groups."""
    return clean(text, 60).replace("/", "|")


def structure(
    calls: Sequence[Call], halts: Sequence[tuple[int, str, Wait]] = (), effects: Sequence[Effect] = ()
) -> Structure:
    """The graph of these calls."""
    made = Structure()
    by_number = {call.number: call for call in calls}
    for call in calls:
        made.add(call).calls.append(call)
    for call in calls:
        made.link(call, by_number)
    for effect in effects:
        made.show(effect, by_number)
    made.halts = halted(halts)
    return made


def reasons(call: Call, by_number: Mapping[int, Call], linked: Linked = links.link) -> Iterator[tuple[str, str, Call]]:
    """For each call that `call` waited for: kind and reason of the dependence, and that call."""
    told: set[int] = set()
    places: set[tuple[str, int, int]] = set()
    before = [(number, None) for number in call.needs] + [(number, wait) for wait in call.waits for number in wait.calls]
    for number, wait in before:
        source = by_number.get(number)
        if source is None or number in told or not call.began_behind(source):
            continue
        told.add(number)
        places.add((source.file, source.line, source.column))
        link = linked(source, call)
        if source.state == "failed" and link.handler:
            yield "branch", f"except in line {link.handler}", source
        elif wait is None:
            yield "data", link.variable or "", source
        elif "in order" in wait.reason or "anything" in wait.reason:
            yield "order", wait.reason, source
        else:
            yield "mutation", _with_object(wait.reason, source, call, link), source
    source = by_number.get(call.after) if call.after is not None and call.queued is None else None
    if source is None or source.number in told or (source.file, source.line, source.column) in places:
        return
    link = linked(source, call)
    pause = paused(source, call)
    waited = next((wait.reason for wait in call.waits if "in order" in wait.reason), "")
    if source.state == "failed" and (link.handler or (link.caught and not link.attempt)):
        yield "branch", f"except in line {link.handler}" if link.handler else f"try in line {link.caught}", source
    elif call.planned is None or source.ended is None or call.planned < source.ended:  # it was reached before
        if link.variable is not None:
            yield "data", link.variable, source
        else:
            yield ("branch", f"line {link.test}", source) if link.test else ("order", waited or "reached after it", source)
    elif link.test:
        yield "branch", f"line {link.test}", source
    elif pause is not None:
        yield "order", f"in line {pause.line} the program waited for all before it: {pause.wait.reason}", source
    elif link.variable is not None:
        yield "data", link.variable, source
    elif link.loop:
        yield "branch", f"loop in line {link.loop}", source
    elif link.attempt:
        yield "order", f"the `try` in line {link.attempt} had to end first", source
    else:
        yield "order", "the program itself needed its answer to come here", source


def _with_object(reason: str, source: Call, call: Call, link: links.Link) -> str:
    """What an engine's reason calls the same object, by its name in the line that changes it."""
    line = _THE_SAME.search(reason)
    if line is None or source.file != call.file:
        return reason
    names = links.changed(call.file, int(line[1]))
    if link.variable:
        names = [name for name in names if name.partition(".")[0].partition("[")[0] == link.variable] or names
    return f"{reason[: line.start(2)]}{names[0]!r}" if len(names) == 1 else reason


def paused(source: Call, call: Call) -> Pause | None:
    """Where the program itself waited for `source`, so that it came to `call` only after that."""
    pause = call.pause
    if pause is None or call.planned is None or source.started is None or source.ended is None:
        return None
    return pause if source.started <= pause.time < source.ended <= call.planned else None


def halted(halts: Sequence[tuple[int, str, Wait]]) -> list[Halt]:
    """The lines at which the program itself waited, each once."""
    found: dict[tuple[int, str, str], Halt] = {}
    for line, file, wait in halts:
        halt = found.get((line, file, wait.reason))
        if halt is None:
            found[line, file, wait.reason] = Halt(f"!{line}", line, file, links.source_line(file, line), wait)
        else:
            halt.count += 1
    return sorted(found.values(), key=lambda halt: (halt.file, halt.line))
