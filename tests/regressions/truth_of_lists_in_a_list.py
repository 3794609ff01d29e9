"""`any` and `all` over lists look at their lengths, which a branch that is not decided yet may change."""

# ---- cell
q = [1]
if ident("green"):
    q.pop()
x = any([q]), all((q, 1)), any({1: q}.values())
