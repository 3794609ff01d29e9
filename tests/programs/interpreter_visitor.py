"""Expressions as a tree of classes; visitors that print, evaluate, simplify, differentiate."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Num:
    value: float


@dataclass(frozen=True)
class Var:
    name: str


@dataclass(frozen=True)
class Bin:
    op: str
    left: object
    right: object


def evaluate(e, env):
    match e:
        case Num(v):
            return v
        case Var(n):
            return env[n]
        case Bin("+", a, b):
            return evaluate(a, env) + evaluate(b, env)
        case Bin("*", a, b):
            return evaluate(a, env) * evaluate(b, env)
    raise TypeError(e)


def simplify(e):
    match e:
        case Bin(op, a, b):
            a, b = simplify(a), simplify(b)
            match op, a, b:
                case "+", Num(x), Num(y):
                    return Num(x + y)
                case "*", Num(x), Num(y):
                    return Num(x * y)
                case ("+", Num(0), x) | ("+", x, Num(0)) | ("*", Num(1), x) | ("*", x, Num(1)):
                    return x
                case ("*", Num(0), _) | ("*", _, Num(0)):
                    return Num(0)
            return Bin(op, a, b)
    return e


def derive(e, x):
    match e:
        case Num():
            return Num(0)
        case Var(n):
            return Num(int(n == x))
        case Bin("+", a, b):
            return Bin("+", derive(a, x), derive(b, x))
        case Bin("*", a, b):
            return Bin("+", Bin("*", derive(a, x), b), Bin("*", a, derive(b, x)))


class Show:
    def visit(self, node):
        return getattr(self, f"visit_{type(node).__name__.lower()}")(node)

    def visit_num(self, node):
        return f"{node.value:g}"

    def visit_var(self, node):
        return node.name

    def visit_bin(self, node):
        text = f"{self.visit(node.left)}{node.op}{self.visit(node.right)}"
        return f"({text})" if node.op == "+" else text


x = Var("x")
f = Bin("+", Bin("*", x, Bin("*", x, Num(3))), Bin("+", Num(2), x))
show = Show().visit
print(show(f), evaluate(f, {"x": 2}))
d = derive(f, "x")
print(len(show(d)), show(simplify(d)), evaluate(d, {"x": 2}))
try:
    evaluate(Bin("-", x, x), {"x": 1})
except TypeError as e:
    print("cannot:", e)
try:
    evaluate(f, {})
except KeyError as e:
    print("unbound", e)
