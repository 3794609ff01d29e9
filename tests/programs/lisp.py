"""A small Lisp: reader, environments, closures."""

import operator as op


class Env(dict):
    def __init__(self, names=(), values=(), outer=None):
        super().__init__(zip(names, values))
        self.outer = outer

    def find(self, name):
        if name in self:
            return self
        if self.outer is None:
            raise NameError(name)
        return self.outer.find(name)


def read(tokens):
    token = tokens.pop(0)
    if token == "(":
        out = []
        while tokens[0] != ")":
            out.append(read(tokens))
        tokens.pop(0)
        return out
    try:
        return int(token)
    except ValueError:
        return token


def evaluate(x, env):
    if isinstance(x, str):
        return env.find(x)[x]
    if not isinstance(x, list):
        return x
    match x:
        case ["if", test, yes, no]:
            return evaluate(yes if evaluate(test, env) else no, env)
        case ["define", name, value]:
            env[name] = evaluate(value, env)
            return None
        case ["lambda", names, body]:
            return lambda *args: evaluate(body, Env(names, args, env))
        case ["quote", value]:
            return value
    function, *args = [evaluate(part, env) for part in x]
    return function(*args)


def show(x):
    return "(" + " ".join(map(show, x)) + ")" if isinstance(x, list) else str(x)


env = Env()
env.update({"+": op.add, "-": op.sub, "*": op.mul, "<": op.lt, "=": op.eq, "list": lambda *a: list(a), "car": lambda x: x[0], "cdr": lambda x: x[1:]})
program = """
(define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1))))))
(fact 6)
(define twice (lambda (f) (lambda (x) (f (f x)))))
((twice (lambda (x) (+ x 10))) 1)
(car (cdr (list 1 2 3)))
(quote (a b (c 1)))
(unknown 1)
"""
for line in program.strip().splitlines():
    try:
        value = evaluate(read(line.replace("(", " ( ").replace(")", " ) ").split()), env)
        if value is not None:
            print(show(value))
    except NameError as e:
        print("unbound", e)
