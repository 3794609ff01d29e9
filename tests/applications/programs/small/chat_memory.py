"""Chat sessions with a memory class: a window, and a running summary when it overflows."""
# time: 6

class Memory:
    def __init__(self, window=3):
        self.window = window
        self.turns = deque()
        self.summary = ""

    def add(self, user, assistant):
        self.turns.append((user, assistant))
        if len(self.turns) > self.window:
            old = self.turns.popleft()
            self.summary = llm(f"{self.summary} + {old}")

    def render(self):
        lines = [f"Summary: {self.summary}"] if self.summary else []
        for user, assistant in self.turns:
            lines += [f"U: {user}", f"A: {assistant}"]
        return "\n".join(lines)

class Chat:
    def __init__(self, user):
        self.user = user
        self.memory = Memory()

    def say(self, text):
        reply = llm(f"{self.memory.render()}\nU: {text}")
        self.memory.add(text, reply)
        return reply

script = ["hi", "what is a monad", "and a functor", "give an example", "thanks", "bye"]
chats = {name: Chat(name) for name in ("ann", "ben", "cat")}
for turn, line in enumerate(script):
    for name, chat in chats.items():
        print(f"[{turn}] {name}: {chat.say(line)}")
print({name: chat.memory.summary for name, chat in chats.items()})
