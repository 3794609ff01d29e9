"""A method of a pending object fails; a branch of it that is still waiting has failed before. Then the next one."""

class Stack:
    def __init__(self):
        self.head = None

    def pop(self):
        if ident(self).head is None:
            raise IndexError("pop from an empty list")
        node, self.head = ident(self.head), self.head.next
        return node

    def wait(self):
        if ident(self) is not None:
            raise KeyError("first")
        for k in range(3):
            if ident(ident(k)):
                break
        return ident(ident(self).nothing)

stack = ident(Stack())
out = []
for k in range(2):
    try:
        out.append(stack.pop())
    except IndexError as e:
        print(e)
    try:
        out.append(ident(stack.wait()))
    except KeyError as e:
        print(e)
    else:
        print("no")
stack.pop()
