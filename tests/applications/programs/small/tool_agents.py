"""Agents with a registry of tools, a history and usage statistics."""
# time: 6

TOOLS = {}
def tool(fn):
    TOOLS[fn.__name__] = fn
    return fn
@tool
def add(x, y): return x + y
@tool
def lookup(x, y):
    rows = search(f"row {x}", k=y % 3 + 1)
    return "; ".join(r["text"] for r in rows)
@tool
def shout(x, y): return f"{x}!" * (y % 3)
@dataclass
class Usage:
    calls: int = 0
    tools: Counter = field(default_factory=Counter)
class ToolAgent:
    def __init__(self, name, usage):
        self.name, self.usage = name, usage
        self.messages = [{"role": "system", "content": f"You are {name}"}]
    def run(self, task, max_steps=4):
        self.messages.append({"role": "user", "content": task})
        for step in range(max_steps):
            reply = tool_call(self.messages, list(TOOLS))
            self.usage.calls += 1
            if reply["tool"] is None:
                self.messages.append({"role": "assistant", "content": reply["content"]})
                return reply["content"]
            call = reply["tool"]
            args = json.loads(call["arguments"])
            try:
                result = TOOLS[call["name"]](**args)
            except KeyError as e:
                result = f"unknown tool {e}"
            self.usage.tools[call["name"]] += 1
            self.messages.append({"role": "tool", "name": call["name"], "content": str(result)})
        return "gave up"
usage = Usage()
answers = {}
for i in range(6):
    agent = ToolAgent(f"agent{i}", usage)
    answers[agent.name] = agent.run(f"task {i}")
    print(f"[{i}] {answers[agent.name]}")
print(usage.calls, dict(usage.tools))
