"""A doubly linked list with sentinels, used as a queue, a stack and a move-to-front list."""


class Node:
    __slots__ = ("after", "before", "value")

    def __init__(self, value=None):
        self.value, self.before, self.after = value, self, self


class Chain:
    def __init__(self, items=()):
        self._end, self._n = Node(), 0
        for item in items:
            self.append(item)

    def _link(self, before, value):
        node = Node(value)
        node.before, node.after = before, before.after
        before.after.before = node
        before.after = node
        self._n += 1
        return node

    def _unlink(self, node):
        if node is self._end:
            raise IndexError("empty chain")
        node.before.after, node.after.before = node.after, node.before
        self._n -= 1
        return node.value

    def append(self, value):
        return self._link(self._end.before, value)

    def prepend(self, value):
        return self._link(self._end, value)

    def pop(self):
        return self._unlink(self._end.before)

    def shift(self):
        return self._unlink(self._end.after)

    def nodes(self):
        node = self._end.after
        while node is not self._end:
            after = node.after
            yield node
            node = after

    def __iter__(self):
        return (node.value for node in self.nodes())

    def __len__(self):
        return self._n

    def remove(self, value):
        for node in self.nodes():
            if node.value == value:
                return self._unlink(node)
        raise ValueError(f"{value!r} is not in the chain")

    def touch(self, value):
        self.remove(value)
        self.prepend(value)

    def reverse(self):
        for node in [*self.nodes(), self._end]:
            node.before, node.after = node.after, node.before


c = Chain("abc")
c.append("d")
c.prepend("z")
print(*c, len(c), c.pop(), c.shift(), *c)
c.touch("c")
c.reverse()
print(*c)
for value in "xb":
    try:
        print("removed", c.remove(value))
    except ValueError as e:
        print(e)
while c:
    print("shift", c.shift(), len(c))
try:
    c.pop()
except IndexError as e:
    print(e)
