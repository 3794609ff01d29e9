"""A to-do list: priorities, dependencies, tags, a text format, statistics."""

import re
from dataclasses import dataclass, field


@dataclass
class Todo:
    text: str
    priority: str = "C"
    tags: set = field(default_factory=set)
    after: list = field(default_factory=list)
    done: bool = False

    @classmethod
    def parse(cls, line):
        done = line.startswith("x ")
        m = re.match(r"(?:x )?(?:\(([A-Z])\) )?(.*)", line)
        words, tags, after = [], set(), []
        for word in m[2].split():
            if word.startswith("+"):
                tags.add(word[1:])
            elif word.startswith("after:"):
                after += map(int, word[6:].split(","))
            else:
                words.append(word)
        return cls(" ".join(words), m[1] or "C", tags, after, done)

    def __str__(self):
        parts = ["x" if self.done else "", f"({self.priority})", self.text, *(f"+{t}" for t in sorted(self.tags))]
        return " ".join(filter(None, parts))


class Todos(dict):
    def add(self, line):
        self[len(self) + 1] = Todo.parse(line)

    def ready(self):
        found = [(t.priority, n) for n, t in self.items() if not t.done and all(self[a].done for a in t.after)]
        return [n for _, n in sorted(found)]

    def finish(self, n):
        waiting = [a for a in self[n].after if not self[a].done]
        if waiting:
            raise ValueError(f"{n} waits for {waiting}")
        self[n].done = True


todos = Todos()
for line in ["(B) write code +work", "(A) think +work +home", "test after:1,2 +work", "x sleep", "(A) ship after:3"]:
    todos.add(line)
print(*todos.values(), sep="\n")
order = []
while ready := todos.ready():
    print(ready)
    todos.finish(ready[0])
    order.append(ready[0])
print(order, all(t.done for t in todos.values()))
todos[1].done = False
try:
    todos.finish(3)
except ValueError as e:
    print(e)
print({tag: sum(tag in t.tags for t in todos.values()) for tag in sorted(set().union(*(t.tags for t in todos.values())))})
