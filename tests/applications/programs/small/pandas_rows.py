"""pandas the simple way: iterrows with appends, loc stores, at stores, itertuples, and value_counts."""
# time: 2

import pandas as pd
df = pd.DataFrame({"review": [f"review {i}" for i in range(6)], "stars": [1, 5, 3, 4, 2, 5]})
df["sentiment"] = ""
for i, row in df.iterrows():
    df.loc[i, "sentiment"] = llm(f"sentiment of {row['review']}")
replies = []
for row in df.itertuples(index=False):
    if row.stars < 3:
        replies.append({"review": row.review, "reply": llm(f"apologise for {row.sentiment}")})
table = pd.DataFrame(replies)
shown = df.to_string(), table.to_string()
print(*shown, sep="\n")
del df, row, table
