"""Answers kept in a database that is asked again."""
# time: 2

import sqlite3
db = sqlite3.connect(":memory:")
db.execute("create table notes (id integer primary key, q text, a text)")
def remember(q, a):
    db.execute("insert into notes (q, a) values (?, ?)", (q, a))
    db.commit()
def recall(q):
    row = db.execute("select a from notes where q = ?", (q,)).fetchone()
    return row[0] if row else None
answers = {}
for q in ["a", "b", "c"]:
    answers[q] = llm(f"ask {q}")
for q, a in answers.items():
    remember(q, a)
n = db.execute("select count(*) from notes").fetchone()[0]
print(n, recall("b") == answers["b"])
combined = llm(" ".join(row[0] for row in db.execute("select a from notes order by id")))
db.close()
