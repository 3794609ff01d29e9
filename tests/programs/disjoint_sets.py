"""Union-find: islands, Kruskal's minimum spanning tree, friend circles."""


class Sets:
    def __init__(self, items=()):
        self.parent = {}
        self.size = {}
        for item in items:
            self.find(item)

    def find(self, x):
        if self.parent.setdefault(x, x) != x:
            self.parent[x] = self.find(self.parent[x])
        else:
            self.size.setdefault(x, 1)
        return self.parent[x]

    def union(self, x, y):
        x, y = self.find(x), self.find(y)
        if x == y:
            return False
        if self.size[x] < self.size[y]:
            x, y = y, x
        self.parent[y] = x
        self.size[x] += self.size.pop(y)
        return True

    def __len__(self):
        return len(self.size)


def spanning_tree(edges):
    sets, tree = Sets(), []
    for weight, a, b in sorted(edges):
        if sets.union(a, b):
            tree.append((a, b, weight))
    return tree, sum(w for *_, w in tree)


edges = [(7, "a", "b"), (5, "b", "c"), (8, "a", "c"), (9, "c", "d"), (7, "b", "d"), (5, "d", "e")]
tree, weight = spanning_tree(edges)
for a, b, w in tree:
    print(f"{a}-{b} {w}")
print("weight", weight)
grid = ["##..#", "#..##", "..#..", "###.#"]
land = Sets((r, c) for r, row in enumerate(grid) for c, x in enumerate(row) if x == "#")
for r, c in list(land.parent):
    for n in ((r + 1, c), (r, c + 1)):
        if n in land.parent:
            land.union((r, c), n)
print("islands", len(land), sorted(land.size.values()))
