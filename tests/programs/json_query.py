"""A small query language over nested data: paths, wildcards, filters, updates."""

import re

DATA = {"shop": {"books": [{"t": "A", "p": 8}, {"t": "B", "p": 15, "tags": ["x"]}, {"t": "C", "p": 20}], "open": True}}
TOKEN = re.compile(r"\.(\w+)|\[(\d+)\]|\[(\*)\]|\[\?(\w+)([<>=])(\d+)\]|(\.\.)(\w+)")
TESTS = {"<": lambda a, b: a < b, ">": lambda a, b: a > b, "=": lambda a, b: a == b}


def deep(value, name):
    if isinstance(value, dict):
        if name in value:
            yield value[name]
        for v in value.values():
            yield from deep(v, name)
    elif isinstance(value, list):
        for v in value:
            yield from deep(v, name)


def query(data, path):
    found, at = [data], 0
    while at < len(path):
        m = TOKEN.match(path, at)
        if m is None:
            raise SyntaxError(f"cannot read {path[at:]!r}")
        at = m.end()
        name, index, star, field, op, number, _, any_name = m.groups()
        if name:
            found = [v[name] for v in found if isinstance(v, dict) and name in v]
        elif index:
            found = [v[int(index)] for v in found if isinstance(v, list) and int(index) < len(v)]
        elif star:
            found = [x for v in found for x in (v.values() if isinstance(v, dict) else v)]
        elif field:
            found = [x for v in found for x in v if field in x and TESTS[op](x[field], int(number))]
        else:
            found = [x for v in found for x in deep(v, any_name)]
    return found


for path in (".shop.books[0].t", ".shop.books[*].p", ".shop.books[?p>10].t", "..tags", ".shop[*]", ".nope.t", ".shop.books[9]", "!"):
    try:
        print(f"{path:24} {query(DATA, path)}")
    except SyntaxError as e:
        print(f"{path:24} {e}")
for book in query(DATA, ".shop.books[?p<16]"):
    book["p"] *= 2
print([b["p"] for b in DATA["shop"]["books"]], sum(query(DATA, "..p")))
