"""Graphs as dicts: breadth first, depth first, components, cycles, two colours, topological layers."""

from collections import defaultdict, deque

EDGES = "ab bc cd de ca fg gh"


def graph(text, both=True):
    g = defaultdict(set)
    for a, b in text.split():
        g[a].add(b)
        if both:
            g[b].add(a)
        else:
            g.setdefault(b, set())
    return g


def bfs(g, start):
    distance = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for n in sorted(g[node]):
            if n not in distance:
                distance[n] = distance[node] + 1
                queue.append(n)
    return distance


def dfs(g, node, seen=None):
    seen = set() if seen is None else seen
    seen.add(node)
    yield node
    for n in sorted(g[node]):
        if n not in seen:
            yield from dfs(g, n, seen)


def components(g):
    left = set(g)
    while left:
        found = set(dfs(g, min(left)))
        yield sorted(found)
        left -= found


def two_colours(g):
    colour = {}
    for start in sorted(g):
        if start in colour:
            continue
        colour[start] = 0
        stack = [start]
        while stack:
            node = stack.pop()
            for n in sorted(g[node]):
                if n not in colour:
                    colour[n] = 1 - colour[node]
                    stack.append(n)
                elif colour[n] == colour[node]:
                    return None
    return colour


def layers(g):
    incoming = {n: 0 for n in g}
    for targets in g.values():
        for t in targets:
            incoming[t] += 1
    while incoming:
        layer = sorted(n for n, k in incoming.items() if not k)
        if not layer:
            raise ValueError(f"cycle among {sorted(incoming)}")
        yield layer
        for n in layer:
            del incoming[n]
            for t in g[n]:
                incoming[t] -= 1


g = graph(EDGES)
print(bfs(g, "a"), "".join(dfs(g, "a")))
print(list(components(g)), two_colours(g), two_colours(graph("ab bc cd")))
for text in ("ab ac bd cd", "ab bc ca"):
    try:
        print(list(layers(graph(text, False))))
    except ValueError as e:
        print(e)
