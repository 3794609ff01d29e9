"""Words of the documents that pass a test: a generator expression with two clauses, read as a whole, and one after it."""
# time: 4
documents = [f"the {kind} of {place}" for kind in ("history", "food", "music") for place in ("Rome", "Oslo")]
words = sorted(word for document in documents if rate(llm(f"summarise {document}")) >= 1 for word in document.split())
print(len(words), words[:4])
titles = list(title for word in dict.fromkeys(words) if rate(word) >= 1 for title in (word.upper(), llm(f"title {word}")))
print(titles)
