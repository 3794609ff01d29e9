"""A compiler to a stack machine, and the machine."""

import ast as syntax


def compile_(node):
    match node:
        case syntax.Expression(body):
            return compile_(body)
        case syntax.BinOp(left, op, right):
            return [*compile_(left), *compile_(right), (type(op).__name__,)]
        case syntax.Constant(value):
            return [("push", value)]
        case syntax.Name(id):
            return [("load", id)]
        case _:
            raise NotImplementedError(type(node).__name__)


def run(code, names):
    stack = []
    for op, *args in code:
        if op == "push":
            stack.append(args[0])
        elif op == "load":
            stack.append(names[args[0]])
        else:
            b, a = stack.pop(), stack.pop()
            stack.append({"Add": a + b, "Sub": a - b, "Mult": a * b}[op])
    (result,) = stack
    return result


for text in ("1 + 2 * x", "(x - 3) * (x - 3)", "f(1)"):
    try:
        code = compile_(syntax.parse(text, mode="eval"))
        print(text, [" ".join(map(str, op)) for op in code], run(code, {"x": 5}), sep=" | ")
    except NotImplementedError as e:
        print(text, "unsupported", e)
