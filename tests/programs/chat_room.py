"""A chat room with commands, private messages, history and bots, all synchronous."""

from collections import deque


class Room:
    def __init__(self, size=5):
        self.members, self.history, self.bots = {}, deque(maxlen=size), []

    def join(self, name):
        if name in self.members:
            raise ValueError(f"{name} is taken")
        self.members[name] = []
        self.say("*", f"{name} joined")
        return lambda text: self.handle(name, text)

    def say(self, sender, text):
        line = f"{sender}: {text}"
        self.history.append(line)
        for name, inbox in self.members.items():
            if name != sender:
                inbox.append(line)
        if not sender.startswith("@"):
            for bot in self.bots:
                if (answer := bot(sender, text)) is not None:
                    self.say("@bot", answer)

    def handle(self, name, text):
        if not text.startswith("/"):
            return self.say(name, text)
        command, *args = text[1:].split(maxsplit=2)
        return getattr(self, f"do_{command}", self.unknown)(name, *args)

    def unknown(self, name, *args):
        self.members[name].append("? unknown command")

    def do_to(self, name, target, text=""):
        self.members.get(target, self.members[name]).append(f"({name}) {text}")

    def do_quit(self, name):
        del self.members[name]
        self.say("*", f"{name} left")

    def do_nick(self, name, new):
        self.members = {new if k == name else k: v for k, v in self.members.items()}


room = Room()
room.bots.append(lambda who, text: f"hello {who}" if "hi" in text.split() else None)
room.bots.append(lambda who, text: str(eval(text[1:])) if text.startswith("=") else None)
ann, bob = room.join("ann"), room.join("bob")
ann("hi all")
bob("=6*7")
ann("/to bob psst")
ann("/dance now")
bob("/quit")
try:
    room.join("ann")
except ValueError as e:
    print("error:", e)
print(list(room.history), room.members.keys())
print(room.members["ann"])
