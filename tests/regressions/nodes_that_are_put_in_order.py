"""An object reached by its name stands behind changes of what an open store of a pending value, that may be it, brings to a list."""

class Node:
    def __init__(self, key):
        self.key, self.next = key, [ident(None)]
head = Node(None)
def before(key):
    path, node = [None], head
    for level in range(1):
        while node.next[level] is not None and node.next[level].key < key:
            node = node.next[level]
        path[level] = node
    return path
def put(key):
    path = before(key)
    node = Node(key)
    for level in range(1):
        node.next[level], path[level].next[level] = path[level].next[level], node
for k in (5, 1, 9, 3):
    put(k)
n = head.next[0]
out = []
while n is not None:
    out.append(n.key)
    n = n.next[0]
print(out)
