"""A planner gives tasks with dependencies; an executor runs them in topological order."""
# time: 4

GRAPH = {"fetch": [], "clean": ["fetch"], "stats": ["clean"], "plot": ["clean"], "report": ["stats", "plot"], "audit": ["fetch"]}

class Executor:
    def __init__(self, graph):
        self.graph = graph
        self.results = {}
        self.log = []

    def order(self):
        done, order = set(), []
        while len(done) < len(self.graph):
            for name, deps in self.graph.items():
                if name not in done and all(d in done for d in deps):
                    done.add(name)
                    order.append(name)
        return order

    def execute(self, name):
        inputs = {d: self.results[d] for d in self.graph[name]}
        result = llm(f"{name} with {json.dumps(inputs, sort_keys=True)}")
        self.log.append(f"{name} <- {', '.join(inputs) or '-'}")
        return result

    def run(self):
        for name in self.order():
            self.results[name] = self.execute(name)
            print(f"{name}: {self.results[name]}")
        return self.results["report"]

executor = Executor(GRAPH)
report = executor.run()
print(report, executor.log)
