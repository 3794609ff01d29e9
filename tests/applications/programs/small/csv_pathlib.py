"""csv, pathlib and io: rows read, enriched, written; a cache directory of answers; a report by StringIO."""
# time: 2

import csv, io, pathlib, tempfile
base = pathlib.Path(tempfile.mkdtemp())
(base / "in.csv").write_text("id,text\n" + "".join(f"{i},some text {i}\n" for i in range(5)))
cache = base / "cache"
cache.mkdir()
def cached(prompt):
    p = cache / (re.sub(r"\W+", "_", prompt) + ".txt")
    if p.exists():
        return p.read_text()
    answer = llm(prompt)
    p.write_text(answer)
    return answer
with open(base / "in.csv", newline="") as fh:
    rows = list(csv.DictReader(fh))
for row in rows:
    row["label"] = cached(f"label {row['text']}")
    row["score"] = rate(row["label"])
with (base / "out.csv").open("w", newline="") as fh:
    writer = csv.DictWriter(fh, fieldnames=["id", "text", "label", "score"])
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
again = [cached(f"label {row['text']}") for row in rows]
report = io.StringIO()
for row in rows:
    print(row["id"], row["label"], sep="\t", file=report)
text = report.getvalue()
saved = (base / "out.csv").read_text()
files = sorted(p.name for p in cache.iterdir())
print(text, saved, files, again == [r["label"] for r in rows])
import shutil
shutil.rmtree(base)
del base, cache, report, fh, writer
