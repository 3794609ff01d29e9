"""A linked list with the protocols of a sequence."""


class Node:
    __slots__ = ("value", "next")

    def __init__(self, value, next=None):
        self.value, self.next = value, next


class Linked:
    def __init__(self, items=()):
        self.head = None
        self.size = 0
        for item in reversed(list(items)):
            self.push(item)

    def push(self, value):
        self.head = Node(value, self.head)
        self.size += 1

    def pop(self):
        if self.head is None:
            raise IndexError("pop from empty list")
        node, self.head = self.head, self.head.next
        self.size -= 1
        return node.value

    def __iter__(self):
        node = self.head
        while node is not None:
            yield node.value
            node = node.next

    def __len__(self):
        return self.size

    def __bool__(self):
        return self.head is not None

    def __getitem__(self, k):
        if isinstance(k, slice):
            return Linked(list(self)[k])
        for i, value in enumerate(self):
            if i == k:
                return value
        raise IndexError(k)

    def __contains__(self, value):
        return any(v == value for v in self)

    def __add__(self, other):
        return Linked([*self, *other])

    def __eq__(self, other):
        return list(self) == list(other)

    def reverse(self):
        before, node = None, self.head
        while node:
            node.next, before, node = before, node, node.next
        self.head = before

    def __repr__(self):
        return f"Linked({list(self)})"


xs = Linked("abc")
xs.push("z")
print(xs, len(xs), xs[1], "c" in xs, "q" in xs, xs[1:3])
xs.reverse()
print(xs + ["!"], xs == Linked("cbaz"), xs != 3 if hasattr(3, "__iter__") else "-")
while xs:
    print(xs.pop(), end=" ")
try:
    xs.pop()
except IndexError as e:
    print(e)
