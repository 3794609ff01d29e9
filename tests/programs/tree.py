"""A binary search tree, traversed in several orders."""


class Tree:
    def __init__(self, key, left=None, right=None):
        self.key, self.left, self.right = key, left, right

    def insert(self, key):
        side = "left" if key < self.key else "right"
        child = getattr(self, side)
        if child is None:
            setattr(self, side, Tree(key))
        else:
            child.insert(key)

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.key
        if self.right:
            yield from self.right

    def depth(self):
        return 1 + max((t.depth() for t in (self.left, self.right) if t), default=0)

    def levels(self):
        row = [self]
        while row:
            yield [t.key for t in row]
            row = [c for t in row for c in (t.left, t.right) if c]


root = Tree(8)
for key in (3, 10, 1, 6, 14, 4, 7, 13):
    root.insert(key)
print(list(root), root.depth())
for level in root.levels():
    print(level)
print(any(k == 6 for k in root), sum(root), max(root))
