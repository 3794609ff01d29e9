"""Regular expressions: groups, named, lookaround, substitution by function, splitting, flags, scanners."""

import re

TEXT = """From: ann@example.org
Date: 2024-05-06  Amount: $1,234.50
Phone: +49 (30) 123-456, 030/99 88
Words: foo bar foobar FOO barfoo"""

print(re.findall(r"\b(\d{4})-(\d\d)-(\d\d)\b", TEXT), re.search(r"(?P<user>\w+)@(?P<host>[\w.]+)", TEXT).groupdict())
print([m.span() for m in re.finditer(r"(?i)\bfoo\b", TEXT)], re.split(r"[\s:]+", "a: b  c:d"), re.split(r"(,)", "1,2"))
print(re.sub(r"(\d),(\d)", r"\1\2", "1,234.50"), re.sub(r"\d+", lambda m: str(int(m[0]) * 2), "a1b22"), re.subn("o", "0", "foo", count=1))
print(re.findall(r"foo(?!bar)", TEXT), re.findall(r"(?<=\$)[\d,.]+", TEXT), re.fullmatch(r"a.c", "abcd"))
pattern = re.compile(
    r"""
    (?P<sign>[-+])?      # optional
    (?P<whole>\d+)
    (?:\.(?P<part>\d*))? # maybe
    """,
    re.VERBOSE,
)
for text in ("-3.14", "42", "+7.", "x"):
    m = pattern.fullmatch(text)
    print(text, m and m.groupdict(""), m.lastgroup if m else None)
lines = {k: v.strip() for k, v in re.findall(r"^(\w+):(.*)$", TEXT, re.MULTILINE)}
print(list(lines), re.sub(r"\D", "", lines["Phone"]), re.escape("a.b*c"))
scanner = re.Scanner([(r"\d+", lambda s, t: int(t)), (r"[a-z]+", lambda s, t: t.upper()), (r"\s+", None)])
print(scanner.scan("12 ab 3 !"))
try:
    re.compile("(a")
except re.error as e:
    print(e.msg, e.pos)
print(re.match(r"(a)|(b)", "b").groups(), re.search("b+", "abbb").group(), re.compile("x").groups, re.findall("", "ab"))


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def camel(name):
    head, *tail = name.split("_")
    return head + "".join(map(str.title, tail))


print(snake("parseHTTPResponse"), camel("parse_http_response"), re.sub(r"(\w+) (\w+)", r"\g<2> \g<1>", "ann bob"))
