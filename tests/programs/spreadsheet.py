"""Cells with formulas, evaluated on demand, cycles found."""

import re


class Sheet:
    def __init__(self):
        self.cells, self.cache, self.open = {}, {}, []

    def __setitem__(self, name, text):
        self.cells[name] = text
        self.cache.clear()

    def __getitem__(self, name):
        if name in self.cache:
            return self.cache[name]
        if name in self.open:
            raise RecursionError(f"circular: {'>'.join([*self.open, name])}")
        self.open.append(name)
        try:
            text = self.cells.get(name, "0")
            value = self.compute(text[1:]) if text.startswith("=") else (float(text) if re.fullmatch(r"-?[\d.]+", text) else text)
        finally:
            self.open.pop()
        self.cache[name] = value
        return value

    def compute(self, formula):
        if match := re.fullmatch(r"SUM\((\w)(\d):\w(\d)\)", formula):
            column, first, last = match.groups()
            return sum(self[f"{column}{k}"] for k in range(int(first), int(last) + 1))
        total, sign = 0, 1
        for token in re.findall(r"[A-Z]\d|[\d.]+|[+-]", formula):
            if token in "+-":
                sign = {"+": 1, "-": -1}[token]
            else:
                total += sign * (self[token] if token[0].isalpha() else float(token))
        return total


s = Sheet()
for name, text in {"A1": "2", "A2": "=A1+3", "A3": "=A2-A1", "B1": "=SUM(A1:A3)", "B2": "hello"}.items():
    s[name] = text
print({name: s[name] for name in s.cells})
s["A1"] = "10"
print(s["B1"], len(s.cache))
s["A1"] = "=B1"
try:
    s["A3"]
except RecursionError as e:
    print(e, s.open)
