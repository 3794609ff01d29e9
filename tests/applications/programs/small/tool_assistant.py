"""Tool calls as objects made of what the model answers; one of the tools asks a model, too."""
# time: 5
class Fn:
    def __init__(self, name, arguments): self.name, self.arguments = name, arguments
class Assistant:
    def __init__(self, tools):
        self.tools = {t.__name__: t for t in tools}
        self.calls = []
    def chat(self, question, limit=4):
        history = [{"role": "user", "content": question}]
        while limit > 0:
            limit -= 1
            msg = tool_call(history, list(self.tools))
            if not msg["tool"]:
                return msg["content"]
            fn = Fn(**msg["tool"])
            args = json.loads(fn.arguments)
            result = self.tools[fn.name](**args)
            self.calls.append(fn.name)
            history.append({"role": "assistant", "tool": msg["tool"]})
            history.append({"role": "tool", "name": fn.name, "content": json.dumps(result)})
        return "too many"
def weather(x, y): return {"temp": x + y}
def lookup(x, y): return {"text": llm(f"lookup {x}-{y}")}
helper = Assistant([weather, lookup])
answers = []
for q in ["rain?", "sun?", "snow?"]:
    a = helper.chat(q)
    answers.append(a)
    print(q, "->", a)
print(Counter(helper.calls))
