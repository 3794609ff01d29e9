"""An object born in a strand is stored into an older one before it changes: the older one's readers must see both."""


class Node:
    def __init__(self, name):
        self.name, self.kids = name, []

    def grow(self):
        if ok(self.name):
            child = Node(f(self.name))
            self.kids.append(child)
            child.kids.append(g(child.name))


root = Node(2)
alias = root.kids
root.grow()
n = len(alias)
names = [kid.kids for kid in alias]
