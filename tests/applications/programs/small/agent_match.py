"""An agent whose actions are parsed by match on tuples and strings; a calculator by ast; observations in a deque."""
# time: 5

import ast
OPS = {ast.Add: operator.add, ast.Mult: operator.mul, ast.Sub: operator.sub}
def calc(node):
    match node:
        case ast.Expression(body): return calc(body)
        case ast.BinOp(left, op, right): return OPS[type(op)](calc(left), calc(right))
        case ast.Constant(value): return value
    raise ValueError(node)
def act(action, arg):
    match action, arg:
        case "calc", str(text): return calc(ast.parse(text, mode="eval"))
        case "search", query: return [hit["text"] for hit in search(query, k=2)]
        case "stop", _: return None
    return f"unknown {action}"
def agent(task):
    window = deque(maxlen=3)
    for step in range(4):
        number = rate((task, list(window)))
        match number:
            case 0 | 1: action, arg = "stop", ""
            case n if n % 3 == 0: action, arg = "calc", f"{n} * 2 + 1"
            case n if n % 3 == 1: action, arg = "search", f"{task} {n}"
            case _: action, arg = "sing", "la"
        seen = act(action, arg)
        if seen is None:
            break
        window.append(f"{action}: {seen}")
    return list(window)
runs = {t: agent(t) for t in ("one", "two", "three")}
for t, seen in runs.items():
    print(t, *seen, sep="\n  ")
