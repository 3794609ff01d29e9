"""Tree of thoughts with node objects, depth-first expansion of the best two, a score cache."""
# time: 7
class Node:
    def __init__(self, text, parent=None):
        self.text, self.parent, self.children = text, parent, []
        self.depth = parent.depth + 1 if parent else 0
        self.value = None
    def path(self):
        return (self.parent.path() if self.parent else []) + [self.text]
def expand(node, width=3):
    for i in range(width):
        child = Node(llm(f"{' > '.join(node.path())} option {i}"), node)
        node.children.append(child)
    return node.children
def evaluate(node):
    if node.value is None:
        node.value = rate(" > ".join(node.path()))
    return node.value
def solve(problem, depth=3, beam=2):
    root = Node(problem)
    frontier = [root]
    for d in range(depth):
        candidates = [c for n in frontier for c in expand(n)]
        candidates.sort(key=evaluate, reverse=True)
        frontier = candidates[:beam]
    best = max(frontier, key=lambda n: n.value)
    return best
for problem in ("24 game", "crossword"):
    best = solve(problem)
    print(problem, best.value, best.path())
    print(llm(f"Explain {best.path()}"))
del best
