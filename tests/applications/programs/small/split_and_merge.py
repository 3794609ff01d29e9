"""A long text is split in halves until they are short, summarised, and merged."""
# time: 4
def summarize(text, limit=10):
    words = text.split()
    if len(words) <= limit:
        return llm(f"Summarise: {text}")
    mid = len(words) // 2
    left = summarize(" ".join(words[:mid]), limit)
    right = summarize(" ".join(words[mid:]), limit)
    return llm(f"Merge: {left} | {right}")
book = " ".join(f"word{i}" for i in range(70))
result = summarize(book)
print(result)
