"""A template language with blocks, filters and loops."""

import re

FILTERS = {"upper": str.upper, "title": str.title, "len": lambda v: str(len(v))}


def render(template, names):
    parts = re.split(r"({%.*?%}|{{.*?}})", template)
    out, _ = block(iter(parts), names)
    return out


def block(parts, names, skipping=False):
    out = []
    for part in parts:
        if part.startswith("{%"):
            words = part[2:-2].split()
            if words[0] == "end":
                return "".join(out), parts
            if words[0] == "for":
                _, name, _, items = words
                body = list(upto_end(parts))
                for item in names[items]:
                    out.append(block(iter(body), {**names, name: item})[0])
            elif words[0] == "if":
                body = list(upto_end(parts))
                if names.get(words[1]):
                    out.append(block(iter(body), names)[0])
        elif part.startswith("{{"):
            name, *filters = (w.strip() for w in part[2:-2].split("|"))
            value = names[name]
            for f in filters:
                value = FILTERS[f](value)
            out.append(str(value))
        else:
            out.append(part)
    return "".join(out), parts


def upto_end(parts):
    depth = 1
    for part in parts:
        if part.startswith("{%"):
            depth += -1 if part[2:-2].strip() == "end" else 1
        if not depth:
            return
        yield part


print(render("Dear {{ name | title }},\n{% for x in items %}* {{ x | upper }}{% if loud %}!{% end %}\n{% end %}({{ items | len }})", {"name": "ann lee", "items": ["pen", "ink"], "loud": True}))
