"""A text adventure played from a script."""


class Room:
    def __init__(self, name, **exits):
        self.name, self.exits, self.things = name, exits, set()


rooms = {r.name: r for r in (Room("hall", north="attic", east="garden"), Room("attic", south="hall"), Room("garden", west="hall"))}
rooms["attic"].things |= {"lamp", "key"}
rooms["garden"].things.add("chest")


class Quit(Exception):
    pass


class Player:
    def __init__(self):
        self.room, self.bag = rooms["hall"], []

    def do_go(self, way):
        self.room = rooms[self.room.exits[way]]
        return f"You are in the {self.room.name}."

    def do_take(self, thing):
        self.room.things.remove(thing)
        self.bag.append(thing)
        return f"Taken: {thing}."

    def do_look(self):
        return f"{self.room.name}: {', '.join(sorted(self.room.things)) or 'nothing'}; exits {', '.join(self.room.exits)}"

    def do_open(self, thing="chest"):
        if thing in self.room.things and "key" in self.bag:
            raise Quit("The chest is full of gold!")
        return "You cannot."

    def command(self, line):
        verb, *words = line.split()
        try:
            return getattr(self, "do_" + verb)(*words)
        except AttributeError:
            return f"I do not know how to {verb}."
        except KeyError as e:
            return f"There is no {e.args[0]} here."


player = Player()
script = "look, go north, take sword, take key, look, dance, go south, open, go east, open chest, look"
try:
    for line in script.split(", "):
        print(">", line)
        print(player.command(line))
except Quit as e:
    print(e, player.bag)
