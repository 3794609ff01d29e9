"""An agent with a registry of tools by decorator, a history of dataclasses, a step limit."""
# time: 4

TOOLS = {}

def tool(fn):
    TOOLS[fn.__name__] = fn
    return fn

@tool
def add(x, y): return x + y

@tool
def multiply(x, y): return x * y

@tool
def lookup(x, y): return search(f"{x}:{y}", k=1)[0]["text"]

@dataclass
class Message:
    role: str
    content: str

class Agent:
    def __init__(self, name, max_steps=6):
        self.name = name
        self.max_steps = max_steps
        self.history = [Message("system", f"You are {name}")]
        self.tool_uses = Counter()

    def messages(self):
        return [{"role": m.role, "content": m.content} for m in self.history]

    def run(self, task):
        self.history.append(Message("user", task))
        for step in range(self.max_steps):
            reply = tool_call(self.messages(), list(TOOLS))
            if reply["tool"] is None:
                self.history.append(Message("assistant", reply["content"]))
                return reply["content"]
            name = reply["tool"]["name"]
            args = json.loads(reply["tool"]["arguments"])
            self.tool_uses[name] += 1
            result = TOOLS[name](**args)
            self.history.append(Message("tool", str(result)))
        return "gave up"

agents = [Agent(f"agent{i}") for i in range(5)]
results = []
for agent in agents:
    outcome = agent.run(f"solve for {agent.name}")
    results.append((agent.name, outcome))
    print(agent.name, "->", outcome, dict(agent.tool_uses), len(agent.history))
