"""A quadtree over points: insertion, range queries, depth, picture."""


class QuadTree:
    CAPACITY = 2

    def __init__(self, x, y, size):
        self.x, self.y, self.size = x, y, size
        self.points, self.parts = [], None

    def insert(self, point):
        if not (self.x <= point[0] < self.x + self.size and self.y <= point[1] < self.y + self.size):
            return False
        if self.parts is None:
            if len(self.points) < self.CAPACITY or self.size <= 1:
                self.points.append(point)
                return True
            half = self.size / 2
            self.parts = [QuadTree(self.x + dx * half, self.y + dy * half, half) for dy in (0, 1) for dx in (0, 1)]
            points, self.points = self.points, []
            for p in points:
                self.insert(p)
        return any(part.insert(point) for part in self.parts)

    def within(self, x, y, w, h):
        if x >= self.x + self.size or y >= self.y + self.size or x + w <= self.x or y + h <= self.y:
            return
        for p in self.points:
            if x <= p[0] < x + w and y <= p[1] < y + h:
                yield p
        for part in self.parts or ():
            yield from part.within(x, y, w, h)

    @property
    def depth(self):
        return 1 + max((part.depth for part in self.parts), default=0) if self.parts else 1

    def __len__(self):
        return len(self.points) + sum(map(len, self.parts or ()))


tree = QuadTree(0, 0, 16)
points = [(1, 1), (2, 3), (9, 9), (3, 2), (14, 1), (1, 2), (8, 15)]
print([tree.insert(p) for p in points], tree.insert((16, 0)), len(tree), tree.depth)
print(sorted(tree.within(0, 0, 4, 4)), list(tree.within(10, 10, 5, 5)), len(list(tree.within(0, 0, 16, 16))))
print([len(part) for part in tree.parts], tree.parts[0].parts is not None)
