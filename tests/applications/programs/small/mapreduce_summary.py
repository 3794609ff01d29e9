"""Chunked map-reduce summary, generator of chunks, tree reduction."""
# time: 4

TEXT = " ".join(f"word{i}" for i in range(200))
def chunks(text, size=25):
    words = text.split()
    for i in range(0, len(words), size):
        yield " ".join(words[i:i + size])
def summarise(t): return llm(f"Summarise: {t}")
def reduce_tree(parts, fan=3):
    level = 0
    while len(parts) > 1:
        groups = [parts[i:i + fan] for i in range(0, len(parts), fan)]
        parts = [summarise("\n".join(g)) if len(g) > 1 else g[0] for g in groups]
        level += 1
        print(f"level {level}: {len(parts)} parts")
    return parts[0]
parts = [summarise(c) for c in chunks(TEXT)]
final = reduce_tree(parts)
headline = llm(f"headline {final}")
words = sum(len(p.split()) for p in parts)
print(headline, words)
