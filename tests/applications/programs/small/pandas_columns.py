"""pandas: a function applied to rows with axis=1, a list comprehension over zipped columns, boolean filters."""
# time: 2

import pandas as pd
def classify(row):
    return pick(f"{row['title']}: {row['body']}", ["sport", "news", "art"])
df = pd.DataFrame([{"title": f"t{i}", "body": f"b{i}"} for i in range(6)])
df["kind"] = df.apply(classify, axis=1)
df["summary"] = [llm(f"{t} {b}") for t, b in zip(df["title"], df["body"])]
news = df[df["kind"] == "news"]
extra = {t: llm(f"more on {s}") for t, s in zip(news.title, news.summary)}
counts = df["kind"].value_counts().sort_index().to_dict()
print(counts, extra)
text = df.to_json(orient="records")
del df, news
