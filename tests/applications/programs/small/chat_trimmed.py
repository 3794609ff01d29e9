"""Two chats whose histories are summarised when they grow too long."""
# time: 5
class Chat:
    def __init__(self, system, keep=4):
        self.system, self.keep, self.history = system, keep, []
    def say(self, text):
        self.history.append({"role": "user", "content": text})
        if len(self.history) > self.keep:
            old = self.history[:-2]
            summary = llm("Summarise: " + "; ".join(m["content"] for m in old))
            self.history = [{"role": "system", "content": summary}] + self.history[-2:]
        reply = llm([{"role": "system", "content": self.system}] + self.history)
        self.history.append({"role": "assistant", "content": reply})
        return reply
bots = {n: Chat(f"You are {n}") for n in ("a", "b")}
for turn in range(5):
    for n, bot in bots.items():
        print(f"{n}{turn}: {bot.say(f'hello {turn}')}")
print({n: len(b.history) for n, b in bots.items()})
