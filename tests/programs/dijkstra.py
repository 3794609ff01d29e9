"""Shortest paths in a weighted graph."""

import heapq
import math

graph = {"a": {"b": 7, "c": 3}, "b": {"d": 2}, "c": {"b": 1, "d": 8}, "d": {}, "e": {"a": 1}}


def dijkstra(source):
    distance = dict.fromkeys(graph, math.inf)
    distance[source] = 0
    before = {}
    heap = [(0, source)]
    while heap:
        d, node = heapq.heappop(heap)
        if d > distance[node]:
            continue
        for other, weight in graph[node].items():
            if d + weight < distance[other]:
                distance[other] = d + weight
                before[other] = node
                heapq.heappush(heap, (distance[other], other))
    return distance, before


distance, before = dijkstra("a")
for node, d in distance.items():
    way = [node]
    while way[-1] in before:
        way.append(before[way[-1]])
    print(node, d, "<-".join(way))
