"""Tree of thoughts with a beam: nodes know their parents, scores are asked for every candidate."""
# time: 7

class Node:
    def __init__(self, thought, parent=None):
        self.thought = thought
        self.parent = parent
        self.score = None
        self.children = []

    def path(self):
        node, parts = self, []
        while node is not None:
            parts.append(node.thought)
            node = node.parent
        return " -> ".join(reversed(parts))

    def expand(self, n):
        for k in range(n):
            child = Node(llm(f"{self.path()} next {k}"), self)
            self.children.append(child)
        return self.children

    def evaluate(self):
        self.score = rate(self.path())
        return self.score

def solve(problem, depth=3, width=2, branch=3):
    root = Node(problem)
    frontier = [root]
    for level in range(depth):
        candidates = []
        for node in frontier:
            candidates.extend(node.expand(branch))
        for c in candidates:
            c.evaluate()
        candidates.sort(key=lambda c: c.score, reverse=True)
        frontier = candidates[:width]
        print(f"level {level}: best {frontier[0].score}")
    return frontier[0]

best = solve("24 from 4 9 10 13")
print(best.path())
verdict = llm(f"Check {best.path()}")
print(verdict, best.score)
