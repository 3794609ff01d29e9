"""Tool-calling support agents with history, many users; a session store keyed by user."""
# time: 10
import json
ORDERS = {"x1": {"status": "sent"}, "x2": {"status": "lost"}}
class ToolBox:
    def __init__(self):
        self.log = []
        self.table = {"find": self.find, "refund": self.refund, "ask_kb": self.ask_kb}
    def find(self, x=0, y=0):
        self.log.append(("find", x))
        return ORDERS.get(f"x{y}", {"status": "unknown"})
    def refund(self, x=0, y=0):
        self.log.append(("refund", x))
        return {"refunded": x * 2}
    def ask_kb(self, x=0, y=0):
        hits = search(f"kb {x}", k=2)
        return [h["text"] for h in hits]
    def run(self, name, arguments):
        try:
            return json.dumps(self.table[name](**json.loads(arguments)))
        except (KeyError, TypeError) as e:
            return f"error: {e}"
class Session:
    def __init__(self, user):
        self.user = user
        self.tools = ToolBox()
        self.messages = [{"role": "system", "content": f"You help {user}"}]
    def chat(self, text):
        self.messages.append({"role": "user", "content": text})
        while True:
            reply = tool_call(self.messages, sorted(self.tools.table))
            if not reply["tool"]:
                self.messages.append({"role": "assistant", "content": reply["content"]})
                return reply["content"]
            out = self.tools.run(reply["tool"]["name"], reply["tool"]["arguments"])
            self.messages.append({"role": "tool", "content": out})
sessions = {}
inbox = [("ann", "hello"), ("bob", "where is x1"), ("ann", "thanks"), ("cyd", "refund please"), ("bob", "hm"), ("dan", "hi")]
for user, text in inbox:
    session = sessions.setdefault(user, Session(user))
    answer = session.chat(text)
    print(f"{user:>4} > {text}\n     < {answer}")
for user, s in sessions.items():
    print(user, len(s.messages), [name for name, _ in s.tools.log])
