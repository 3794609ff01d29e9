"""HTML built with nested calls, escaped, and read back with a parser."""

from html import escape, unescape
from html.parser import HTMLParser


class Tag:
    def __init__(self, name):
        self.name, self.children, self.attributes = name, [], {}

    def __call__(self, *children, **attributes):
        made = Tag(self.name)
        made.children = [*self.children, *children]
        made.attributes = {**self.attributes, **{k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()}}
        return made

    def __str__(self):
        attributes = "".join(f' {k}="{escape(str(v))}"' if v is not True else f" {k}" for k, v in self.attributes.items())
        if not self.children:
            return f"<{self.name}{attributes}>"
        inside = "".join(str(c) if isinstance(c, Tag) else escape(str(c)) for c in self.children)
        return f"<{self.name}{attributes}>{inside}</{self.name}>"


class Html:
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return Tag(name)


h = Html()
page = h.div(
    h.h1("Fish & chips", class_="title"),
    h.ul(*[h.li(f"{n} < {n + 1}", data_n=n) for n in range(2)]),
    h.input(disabled=True, value='"quoted"'),
    id="main",
)
print(page)


class Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.depth, self.lines = 0, []

    def handle_starttag(self, tag, attrs):
        self.lines.append("  " * self.depth + tag + ("" if not attrs else str(dict(attrs))))
        self.depth += tag != "input"

    def handle_endtag(self, tag):
        self.depth -= 1

    def handle_data(self, data):
        self.lines.append("  " * self.depth + repr(data))


outline = Outline()
outline.feed(str(page))
print("\n".join(outline.lines))
print(unescape("a &lt; b &amp; c"), escape("<'>", quote=False))
try:
    h._private
except AttributeError as e:
    print("no", e)
