"""Polynomials as dicts of powers."""


def add(p, q):
    return {k: v for k in p.keys() | q.keys() if (v := p.get(k, 0) + q.get(k, 0))}


def mul(p, q):
    out = {}
    for i, a in p.items():
        for j, b in q.items():
            out[i + j] = out.get(i + j, 0) + a * b
    return {k: v for k, v in out.items() if v}


def derive(p):
    return {k - 1: k * v for k, v in p.items() if k}


def show(p):
    terms = []
    for k in sorted(p, reverse=True):
        x = {0: "", 1: "x"}.get(k, f"x^{k}")
        c = "" if abs(p[k]) == 1 and k else str(abs(p[k]))
        terms.append(("- " if p[k] < 0 else "+ ") + c + x)
    text = " ".join(terms) or "0"
    return text[2:] if text.startswith("+") else text.replace("- ", "-", 1)


def value(p, x):
    return sum(c * x**k for k, c in p.items())


p, q = {1: 1, 0: 1}, {1: 1, 0: -1}
for r in (p, q, add(p, q), mul(p, q), mul(p, mul(p, p)), derive(mul(p, mul(p, p))), add(p, {1: -1, 0: -1})):
    print(f"{show(r):<22} at 2: {value(r, 2)}")
