"""pandas: apply, iterrows with loc stores, groupby with a summary call per group, assign, merge, a pivot."""
# time: 4

import pandas as pd
df = pd.DataFrame({"id": range(6), "topic": list("abcabc"), "text": [f"text {i}" for i in range(6)]})
df["summary"] = df["text"].apply(llm)
df["score"] = df.summary.map(lambda s: rate(s))
df["long"] = df.apply(lambda row: f"{row.topic}-{row.summary}", axis=1)
for i, row in df.iterrows():
    df.loc[i, "label"] = llm(f"label {row['text']} {row['score']}")
groups = {}
for topic, group in df.groupby("topic"):
    groups[topic] = llm(f"{topic}: " + " ".join(group["summary"]))
means = df.groupby("topic")["score"].mean().to_dict()
other = pd.DataFrame([{"topic": t, "overview": o} for t, o in groups.items()])
merged = df.merge(other, on="topic").sort_values("id")
top = merged.nlargest(2, "score")[["id", "label", "overview"]].to_dict("records")
print(means, top)
csv = merged.to_csv(index=False)
del df, other, merged, group, row
