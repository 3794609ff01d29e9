"""sqlite with Row factory, executemany, a context manager for the transaction, and answers stored as they come."""
# time: 2

import sqlite3
db = sqlite3.connect(":memory:")
db.row_factory = sqlite3.Row
db.executescript("create table docs (id integer primary key, text text, summary text, score int)")
with db:
    db.executemany("insert into docs (text) values (?)", [(f"text {i}",) for i in range(5)])
rows = db.execute("select id, text from docs order by id").fetchall()
for row in rows:
    summary = llm(f"summarise {row['text']}")
    with db:
        db.execute("update docs set summary = ?, score = ? where id = ?", (summary, rate(summary), row["id"]))
top = [dict(r) for r in db.execute("select id, summary, score from docs order by score desc, id limit 2")]
print(top, db.total_changes)
db.close()
del db, row, rows
