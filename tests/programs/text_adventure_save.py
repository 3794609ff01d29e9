"""A game with rooms as data, saved and restored as JSON, undo by snapshots."""

import json

ROOMS = {"hall": {"north": "attic", "east": "cellar"}, "attic": {"south": "hall"}, "cellar": {"west": "hall", "locked": True}}
ITEMS = {"attic": ["key", "hat"], "cellar": ["gold"]}


class Game:
    def __init__(self, state=None):
        self.state = state or {"at": "hall", "bag": [], "items": {k: list(v) for k, v in ITEMS.items()}, "open": []}
        self.past = []

    def __getattr__(self, name):
        try:
            return self.__dict__["state"][name]
        except KeyError:
            raise AttributeError(name) from None

    def play(self, command):
        verb, _, what = command.partition(" ")
        method = getattr(type(self), f"do_{verb}", None)
        if method is None:
            return f"I do not know how to {verb}"
        before = json.dumps(self.state)
        answer = method(self, what)
        if json.dumps(self.state) != before:
            self.past.append(before)
        return answer

    def do_go(self, where):
        target = ROOMS[self.at].get(where)
        if target is None:
            return "no way"
        if ROOMS[target].get("locked") and target not in self.open:
            return f"the {target} is locked"
        self.state["at"] = target
        return f"you are in the {target}"

    def do_take(self, what):
        here = self.items.get(self.at, [])
        if what not in here:
            return f"no {what} here"
        here.remove(what)
        self.bag.append(what)
        return f"you have {', '.join(self.bag)}"

    def do_unlock(self, where):
        if "key" not in self.bag:
            return "with what?"
        self.open.append(where)
        return f"{where} unlocked"

    def do_undo(self, _):
        if not self.past:
            return "nothing to undo"
        self.state = json.loads(self.past.pop())
        self.past.append(None)
        self.past.pop()
        return f"back in the {self.at}"


game = Game()
for command in ["go east", "take key", "go north", "take key", "dance", "undo x", "take key", "go south", "unlock cellar", "go east", "take gold"]:
    print(f"> {command}: {game.play(command)}")
    if command.startswith("undo"):
        game.past.clear()
saved = json.dumps(game.state)
again = Game(json.loads(saved))
print(again.play("go west"), again.bag, again.at, game.at, len(saved))
try:
    game.nothing
except AttributeError as e:
    print("no attribute", e)
