"""Tree search by recursion with nodes that know their parents; pruning by score; best leaf found by a generator."""
# time: 7

class Node:
    def __init__(self, thought, parent=None):
        self.thought, self.parent, self.children, self.value = thought, parent, [], 0
        self.depth = 0 if parent is None else parent.depth + 1
    def expand(self, width):
        for i in range(width):
            self.children.append(Node(llm(f"{self.path()} / {i}"), self))
        return self.children
    def path(self):
        return " > ".join(n.thought for n in reversed(list(self.up())))
    def up(self):
        node = self
        while node is not None:
            yield node
            node = node.parent
    def leaves(self):
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()
def grow(node, depth):
    if depth == 0:
        return 1
    count = 1
    for child in node.expand(2):
        child.value = rate(child.thought)
        if child.value >= 3:
            count += grow(child, depth - 1)
    return count
root = Node("problem")
size = grow(root, 3)
best = max(root.leaves(), key=lambda n: (n.value, n.depth))
print(size, best.path(), best.value, sum(1 for _ in root.leaves()))
answer = llm("answer from " + best.path())
