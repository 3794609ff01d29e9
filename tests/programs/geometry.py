"""Points, polygons, convex hulls, areas; operators and hashing on a frozen dataclass."""

from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot


@dataclass(frozen=True, order=True)
class Point:
    x: float
    y: float = 0

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Point(self.x - other.x, self.y - other.y)

    def __mul__(self, k):
        return Point(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __abs__(self):
        return hypot(self.x, self.y)

    def cross(self, other):
        return self.x * other.y - self.y * other.x

    def __iter__(self):
        return iter((self.x, self.y))


class Polygon:
    def __init__(self, *points):
        self.points = points

    @property
    def edges(self):
        return pairwise((*self.points, self.points[0]))

    @property
    def area(self):
        return abs(sum(a.cross(b) for a, b in self.edges)) / 2

    @property
    def perimeter(self):
        return sum(abs(b - a) for a, b in self.edges)

    def __contains__(self, p):
        signs = {(b - a).cross(p - a) > 0 for a, b in self.edges}
        return len(signs) == 1


def hull(points):
    def half(points):
        chain = []
        for p in points:
            while len(chain) > 1 and (chain[-1] - chain[-2]).cross(p - chain[-1]) <= 0:
                chain.pop()
            chain.append(p)
        return chain[:-1]

    ordered = sorted(set(points))
    return half(ordered) + half(ordered[::-1])


triangle = Polygon(Point(0), Point(4, 0), Point(4, 3))
print(triangle.area, triangle.perimeter, Point(3, 1) in triangle, Point(0, 3) in triangle)
cloud = [Point(*p) for p in [(0, 0), (2, 1), (4, 0), (3, 3), (0, 4), (1, 2), (4, 0)]]
print([tuple(p) for p in hull(cloud)], Polygon(*hull(cloud)).area)
print(2 * Point(1, 2) + Point(0, 1), max(cloud), {Point(1): "a"}[Point(1, 0)], round(degrees(atan2(*Point(1, 1)))))
