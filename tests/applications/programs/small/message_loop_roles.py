"""A conversation class with roles, a system prompt and tools in a dispatch table; the loop ends without tool calls."""
# time: 6

class Conversation:
    def __init__(self, system):
        self.messages = [{"role": "system", "content": system}]
    def user(self, text): self.messages.append({"role": "user", "content": text}); return self
    def assistant(self, text): self.messages.append({"role": "assistant", "content": text}); return self
    def tool(self, name, result): self.messages.append({"role": "tool", "name": name, "content": json.dumps(result)}); return self
    def __len__(self): return len(self.messages)
    def __iter__(self): return iter(self.messages)

def weather(x, y): return {"temp": x - y}
def stock(x, y): return {"price": x * y}
def ask_expert(x, y): return {"answer": llm(f"expert {x} {y}")}
DISPATCH = {"weather": weather, "stock": stock, "expert": ask_expert}

def run_agent(task, max_turns=5):
    conversation = Conversation("Use tools.").user(task)
    for turn in range(max_turns):
        reply = tool_call(conversation.messages, DISPATCH.keys() if False else list(DISPATCH))
        call = reply["tool"]
        if not call:
            conversation.assistant(reply["content"])
            return reply["content"], len(conversation), turn
        handler = DISPATCH.get(call["name"])
        if handler is None:
            conversation.tool(call["name"], {"error": "unknown tool"})
            continue
        conversation.tool(call["name"], handler(**json.loads(call["arguments"])))
    return None, len(conversation), max_turns

tasks = [f"task {i}" for i in range(6)]
outcomes = {t: run_agent(t) for t in tasks}
for t, (content, n, turns) in outcomes.items():
    print(f"{t}: {content} after {turns} turns, {n} messages")
