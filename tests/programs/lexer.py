"""A lexer with positions, keywords, strings, comments and errors."""

import re
from typing import NamedTuple


class Token(NamedTuple):
    kind: str
    text: str
    line: int
    column: int


RULES = [
    ("NUMBER", r"\d+(?:\.\d+)?"),
    ("STRING", r'"(?:\\.|[^"\\\n])*"'),
    ("NAME", r"[A-Za-z_]\w*"),
    ("OP", r"[-+*/=<>!]=?|[(){};,]"),
    ("COMMENT", r"#[^\n]*"),
    ("NEWLINE", r"\n"),
    ("SPACE", r"[ \t]+"),
    ("WRONG", r"."),
]
LEXER = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in RULES))
KEYWORDS = {"if", "else", "while", "print"}


def tokens(source):
    line, start = 1, 0
    for m in list(LEXER.finditer(source)):
        kind, text, column = m.lastgroup, m.group(), m.start() - start + 1
        match kind:
            case "NEWLINE":
                line, start = line + 1, m.end()
                continue
            case "SPACE" | "COMMENT":
                continue
            case "WRONG":
                raise SyntaxError(f"{text!r} at {line}:{column}")
            case "NAME" if text in KEYWORDS:
                kind = text.upper()
            case "STRING":
                text = text[1:-1].encode().decode("unicode_escape")
        yield Token(kind, text, line, column)
    yield Token("END", "", line, 0)


source = 'x = 3.5 # start\nwhile x >= 1 {\n  print("a\\tb", x);\n\tx = x-1 }\n'
found = list(tokens(source))
for t in found[:6]:
    print(f"{t.line}:{t.column:<3} {t.kind:7} {t.text}")
print(len(found), [t.text for t in found if t.kind == "STRING"], {t.kind for t in found if t.line == 4} == {"NAME", "OP", "NUMBER"})
try:
    print([t.kind for t in tokens("a = $")])
except SyntaxError as e:
    print("error:", e)
depth = 0
print([depth := depth + {"{": 1, "}": -1}[t.text] for t in found if t.text in "{}" and t.text])
