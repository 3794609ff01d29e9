"""A workflow as a state machine: functions return the next state's name, a shared state dict, conditional edges, a step limit."""
# time: 8

class Graph:
    def __init__(self): self.nodes, self.edges, self.trace = {}, {}, []
    def node(self, name):
        def add(fn):
            self.nodes[name] = fn
            return fn
        return add
    def edge(self, source, target): self.edges[source] = target
    def run(self, state, start="plan", limit=10):
        current, path = start, []
        while current != "end" and len(path) < limit:
            path.append(current)
            state = {**state, **self.nodes[current](state)}
            target = self.edges[current]
            current = target(state) if callable(target) else target
        self.trace.append(path)
        return state
graph = Graph()
@graph.node("plan")
def plan(state): return {"plan": llm(f"plan {state['goal']}"), "tries": 0}
@graph.node("write")
def write(state): return {"draft": llm(f"write {state['plan']} {state['tries']}"), "tries": state["tries"] + 1}
@graph.node("check")
def check(state): return {"ok": rate(state["draft"]) > 4}
graph.edge("plan", "write")
graph.edge("write", "check")
graph.edge("check", lambda s: "end" if s["ok"] or s["tries"] > 2 else "write")
states = [graph.run({"goal": g}) for g in ("tea", "cake", "soup", "bread")]
for s, path in zip(states, graph.trace):
    print(s["goal"], s["tries"], s["ok"], "->".join(path))
final = llm([s["draft"] for s in states if s["ok"]])
