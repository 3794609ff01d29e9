"""An evaluation in a table, with a comment on each row."""
# time: 3

import pandas as pd
rows = []
for model in ("small", "large"):
    for i in range(4):
        out = llm(f"{model} {i}")
        rows.append({"model": model, "case": i, "out": out, "score": rate(out)})
df = pd.DataFrame(rows)
summary = df.groupby("model")["score"].agg(["mean", "max"]).round(2)
worst = df.sort_values("score").head(2)
df["comment"] = df.apply(lambda r: llm(f"comment {r['out']} {r['score']}"), axis=1)
print(summary.to_string()); print(worst["case"].tolist()); print(df["comment"].iloc[0])
