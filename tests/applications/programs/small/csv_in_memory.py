"""Rows of a CSV in memory, read as they are needed, two calls for each."""
# time: 2
import csv, io
results = []
for row in csv.DictReader(io.StringIO("id,text\n1,alpha\n2,beta\n3,gamma\n")):
    s = llm(row["text"])
    results.append({**row, "summary": s, "score": rate(s)})
print(results)
