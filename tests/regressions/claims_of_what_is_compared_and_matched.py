"""What is compared, matched and decorated while it is pending: members of an enumeration, trees, functions; generators in a builtin."""
import ast
import functools
from enum import IntEnum


class Level(IntEnum):
    LOW = 1
    HIGH = 10


def traced(function):
    @functools.wraps(ident(function))
    def inner(*args):
        return function(*args)

    return inner


@ident(traced)
def shape(node):
    """Says what it is."""
    match node:
        case ast.Expression(body):
            return shape(body)
        case ast.Name(id):
            return ident(id)
        case ast.BinOp(left, op, right):
            return [*shape(left), type(op).__name__, *shape(right)]


class Tree:
    def __init__(self, key, left=None, right=None):
        self.key, self.left, self.right = key, left, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield ident(self.key)
        if ident(self.right):
            yield from self.right


print(Level.LOW < ident(5) < Level.HIGH, shape.__doc__)
for text in ("x + y", ident("f")):
    print(text, shape(ast.parse(text, mode="eval")))
root = Tree(3, Tree(1, None, Tree(2)), Tree(4))
print(list(root), max(root), sum(root))
kinds = {k: v for k, v in ident(vars(Level)).items() if isinstance(v, int)}
