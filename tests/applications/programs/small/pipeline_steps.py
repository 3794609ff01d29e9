"""A pipeline of steps as objects with __call__ and __or__."""
# time: 3

class Step:
    def __init__(self, fn, name=None):
        self.fn, self.name = fn, name or getattr(fn, "__name__", "step")
        self.runs = 0
    def __call__(self, value):
        self.runs += 1
        return self.fn(value)
    def __or__(self, other):
        return Chain(self, other)

class Chain(Step):
    def __init__(self, *steps):
        self.steps = list(steps)
        super().__init__(self.run, "|".join(s.name for s in self.steps))
    def run(self, value):
        for step in self.steps:
            value = step(value)
        return value
    def __or__(self, other):
        return Chain(*self.steps, other)

prompt = Step(lambda topic: f"Tell me about {topic}", "prompt")
model = Step(llm, "model")
parse = Step(lambda text: text.strip("ans()"), "parse")
critic = Step(lambda text: (text, rate(text)), "critic")
chain = prompt | model | parse | critic
results = {t: chain(t) for t in ("rust", "go", "zig", "nim")}
best, (text, score) = max(results.items(), key=lambda kv: kv[1][1])
print(chain.name, [s.runs for s in chain.steps])
print(best, text, score, llm(f"praise {best}"))
