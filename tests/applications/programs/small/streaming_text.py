"""Text put together from pieces, progress printed, a writer class with a buffer."""
# time: 1

class Writer:
    def __init__(self): self.parts, self.length = [], 0
    def write(self, text):
        self.parts.append(text)
        self.length += len(text)
        return self
    def __str__(self): return "".join(self.parts)
    def __len__(self): return self.length
out = Writer()
total = 0
for i, section in enumerate(["intro", "method", "results", "end"], 1):
    text = llm(f"write {section}")
    out.write(f"# {section.title()}\n").write(text).write("\n\n")
    total += len(text.split())
    print(f"[{i}/4] {section}: {len(text)} chars, {total} words so far")
doc = str(out)
print(len(out), doc.count("#"))
