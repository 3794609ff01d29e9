"""A list is put into another that a pending answer may be, and that one into it: what is open goes round in a circle."""

k, c = [], []
ident(k).append(c)
c.append(k)
print(len(k), len(c))


class Node:
    def __init__(self):
        self.others = []


a, b = Node(), Node()
for node in [ident(a), ident(b)]:
    if ok(2):
        node.others.append(b)
    b.others.append(a)
print(len(a.others), len(b.others))
