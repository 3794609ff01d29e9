"""A work queue that calls add to."""
# time: 3

@dataclass
class Page:
    url: str
    depth: int
    links: list = field(default_factory=list)
queue = deque([("root", 0)])
visited = {}
while queue:
    url, depth = queue.popleft()
    if url in visited:
        continue
    page = Page(url, depth)
    visited[url] = page
    for hit in search(url, k=2):
        page.links.append(hit["text"])
        if depth < 2:
            queue.append((hit["text"], depth + 1))
print(len(visited), max(p.depth for p in visited.values()))
order = list(visited)
