"""A JSON writer and reader by hand, against the library."""

import json


def write(value):
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, dict):
        return "{" + ", ".join(f"{write(k)}: {write(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(map(write, value)) + "]"


def read(text):
    text = text.strip()
    value, rest = parse(text)
    if rest.strip():
        raise ValueError("trailing " + rest)
    return value


def parse(text):
    text = text.lstrip()
    for word, value in (("null", None), ("true", True), ("false", False)):
        if text.startswith(word):
            return value, text[len(word) :]
    if text[0] == '"':
        end = text.index('"', 1)
        return text[1:end], text[end + 1 :]
    if text[0] in "[{":
        close = {"[": "]", "{": "}"}[text[0]]
        items, keys, kind, text = [], [], text[0], text[1:].lstrip()
        while text[0] != close:
            value, text = parse(text)
            text = text.lstrip()
            if text[0] == ":":
                keys.append(value)
                value, text = parse(text[1:])
                text = text.lstrip()
            items.append(value)
            if text[0] == ",":
                text = text[1:].lstrip()
        return (items if kind == "[" else dict(zip(keys, items))), text[1:]
    n = 0
    while n < len(text) and text[n] in "-0123456789.":
        n += 1
    return (float if "." in text[:n] else int)(text[:n]), text[n:]


data = {"name": "x", "tags": ["a", "b", []], "n": -12, "ok": True, "none": None, "deep": {"k": [1.5, {"z": 0}]}}
text = write(data)
print(text)
print(text == json.dumps(data), read(text) == data)
try:
    read("[1, 2] 3")
except ValueError as e:
    print(e)
