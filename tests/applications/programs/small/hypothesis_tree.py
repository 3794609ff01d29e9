"""A recursive research tree: sub-questions until the depth, answers folded upwards."""
# time: 7

@dataclass
class Node:
    question: str
    depth: int = 0
    answer: str = ""
    children: list = field(default_factory=list)

def explore(node, max_depth=2):
    if node.depth == max_depth:
        node.answer = llm(f"answer {node.question}")
        return node
    hits = search(node.question, k=2)
    for hit in hits:
        node.children.append(explore(Node(hit["text"], node.depth + 1), max_depth))
    node.answer = llm(f"combine {node.question}: " + "; ".join(c.answer for c in node.children))
    return node

def size(node): return 1 + sum(size(c) for c in node.children)
def render(node, indent=0):
    lines = [" " * indent + f"{node.question} = {node.answer}"]
    for c in node.children: lines += render(c, indent + 1)
    return lines

trees = [explore(Node(q)) for q in ("why", "how")]
for t in trees:
    print("\n".join(render(t)), size(t))
report = llm("\n".join(t.answer for t in trees))
verdict = judge(report, "truth")
print(report, verdict)
