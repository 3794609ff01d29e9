"""Shunting-yard: infix to postfix, evaluation with variables, functions and right-associative powers."""

import math
import re

LEVEL = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "~": 3, "^": 4}
FUNCTIONS = {"max": max, "sqrt": math.sqrt, "abs": abs}
APPLY = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    "%": lambda a, b: a % b, "^": lambda a, b: a**b,
}


def postfix(text):
    out, stack, before = [], [], None
    for token in re.findall(r"\d+\.?\d*|\w+|[-+*/%^(),]", text):
        if token == "-" and before in (None, "(", ",", *APPLY):
            token = "~"
        if re.match(r"[\d.]", token):
            out.append(float(token))
        elif token in FUNCTIONS or token == "(":
            stack.append(token)
        elif token in LEVEL:
            while stack and stack[-1] in LEVEL and (LEVEL[stack[-1]] > LEVEL[token] or (LEVEL[stack[-1]] == LEVEL[token] and token not in "^~")):
                out.append(stack.pop())
            stack.append(token)
        elif token in "),":
            while stack and stack[-1] != "(":
                out.append(stack.pop())
            if not stack:
                raise SyntaxError(f"unmatched {token}")
            if token == ")":
                stack.pop()
                if stack and stack[-1] in FUNCTIONS:
                    out.append(stack.pop())
        else:
            out.append(token)
        before = token
    if "(" in stack:
        raise SyntaxError("unmatched (")
    return out + stack[::-1]


def evaluate(text, **names):
    stack = []
    for token in postfix(text):
        if isinstance(token, float):
            stack.append(token)
        elif token == "~":
            stack.append(-stack.pop())
        elif token in FUNCTIONS:
            args = [stack.pop() for _ in range(2 if token == "max" else 1)]
            stack.append(FUNCTIONS[token](*reversed(args)))
        elif token in APPLY:
            b, a = stack.pop(), stack.pop()
            stack.append(APPLY[token](a, b))
        else:
            stack.append(names[token])
    return stack.pop()


print(*postfix("a + b * 2 ^ -c"))
for text in ("1 + 2 * 3", "2 ^ 3 ^ 2", "-(x + 1) * 2", "max(x, 10) - sqrt(16)", "(1", "1)", "1 / 0", "y", "7 % 4 - -1"):
    try:
        print(f"{text} = {evaluate(text, x=4):g}")
    except (SyntaxError, ZeroDivisionError, KeyError) as e:
        print(f"{text} ! {type(e).__name__} {e}")
