"""Recursive summary of a nested document (dict of dicts), with a depth-first numbering and a table of contents."""
# time: 4

book = {"title": "Book", "parts": [
    {"title": "One", "parts": [{"title": "A", "text": "aaa"}, {"title": "B", "text": "bbb"}]},
    {"title": "Two", "parts": [{"title": "C", "parts": [{"title": "D", "text": "ddd"}, {"title": "E", "text": "eee"}]}]},
]}
numbers, toc, sizes = itertools.count(1), [], {}
def summarise(node, depth=0, path=()):
    here = (*path, node["title"])
    toc.append(f"{next(numbers)}. {'  ' * depth}{' / '.join(here)}")
    if "text" in node:
        text = node["text"]
    else:
        text = "\n".join(summarise(child, depth + 1, here) for child in node["parts"])
    node["summary"] = llm(f"{node['title']}: {text}")
    sizes[here[-1]] = len(text)
    return node["summary"]
top = summarise(book)
def walk(node):
    yield node["title"], node["summary"]
    for child in node.get("parts", ()):
        yield from walk(child)
index = dict(walk(book))
print("\n".join(toc), sizes, index["D"])
