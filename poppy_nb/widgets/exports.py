"""A run in the forms of other tools: Graphviz, networkx, Chrome's trace viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .calls import SIGNS
from .shown import clean
from .structure import reasons
from .svg import COLOURS, LINES, edge_label, effect_title, group_title, title, worst
from .svg_timeline import lanes


if TYPE_CHECKING:
    import graphviz
    import networkx

    from .run import Run
    from .structure import Group


def to_graphviz(run: Run) -> graphviz.Digraph:
    """See `Run.to_graphviz`."""
    from graphviz import Digraph, escape

    made = run.graph
    numbers = {part: f"n{number}" for number, part in enumerate([*made.stacks, *made.effects])}

    def fill(into: Digraph, group: Group) -> None:
        for part in group.parts:
            if part in made.groups:
                inner = made.groups[part]
                with into.subgraph(name=f"cluster_{list(made.groups).index(part)}") as cluster:
                    cluster.attr(label=escape(group_title(inner)), style="rounded", color="#9ca3af", fontsize="10")
                    fill(cluster, inner)
                continue
            if part in made.effects:
                said = escape(effect_title(made.effects[part]))
                into.node(numbers[part], said, fillcolor="#ffffff", color="#9ca3af", fontsize="10")
                continue
            stack = made.stacks[part]
            colours = COLOURS[worst(stack)]
            label = escape("\n".join(title(stack)))
            into.node(numbers[part], label, fillcolor=colours[0], color=colours[1])

    graph = Digraph("poppy", node_attr={"shape": "box", "style": "filled,rounded", "fontname": "monospace", "fontsize": "11"})
    fill(graph, made.groups[""])
    for edge in made.drawn:
        colour, dash = LINES.get(edge.kind, LINES["order"])
        graph.edge(numbers[edge.source], numbers[edge.target], escape(edge_label(edge)), color=colour,
                   style="dashed" if dash else "solid", tooltip=escape(clean(f"{edge.kind}: {edge.reason}")))  # fmt: skip
    return graph


def to_networkx(run: Run) -> networkx.DiGraph[int]:
    """See `Run.to_networkx`."""
    import networkx

    graph: networkx.DiGraph[int] = networkx.DiGraph()
    by_number = {call.number: call for call in run.calls}
    for call in run.calls:
        told = {"name": call.name, "line": call.line, "state": call.state, "sign": SIGNS[call.state], "duration": call.duration}
        graph.add_node(call.number, stack=run.graph.stack_of[call.number], **told)
    for call in run.calls:
        for kind, reason, source in reasons(call, by_number):
            graph.add_edge(source.number, call.number, kind=kind, reason=reason)
    return graph


def to_chrome_trace(run: Run) -> dict[str, Any]:
    """See `Run.to_chrome_trace`."""
    rows = lanes(run.calls)
    ends = {call.number: call.ended for call in run.calls}
    events: list[dict[str, Any]] = [{"ph": "M", "name": "process_name", "pid": 1, "tid": 0, "args": {"name": "poppy_nb"}}]
    for call in run.calls:
        if call.started is None:
            continue
        end = call.ended if call.ended is not None else run.wall
        events.append(
            {
                "ph": "X",
                "name": f"{call.name} (line {call.line})",
                "cat": call.state,
                "pid": 1,
                "tid": rows[call.number] + 1,
                "ts": round(call.started * 1e6, 1),
                "dur": round((end - call.started) * 1e6, 1),
                "args": {"args": call.args, "result": call.result, "error": call.error, "waited": [w.reason for w in call.waits]},
            }
        )
        for source in call.before:
            ended = ends.get(source)
            if ended is None or source not in rows:
                continue
            flow = {"cat": "needs", "name": "needs", "id": f"{source}-{call.number}", "pid": 1}
            events.append({**flow, "ph": "s", "tid": rows[source] + 1, "ts": round(ended * 1e6 - 1, 1)})
            ends_at = {"tid": rows[call.number] + 1, "ts": round(call.started * 1e6, 1)}
            events.append({**flow, "ph": "f", "bp": "e", **ends_at})
    return {"traceEvents": events, "displayTimeUnit": "ms"}


__all__ = ["to_chrome_trace", "to_graphviz", "to_networkx"]
