"""An inventory in a database in memory: transactions, joins, constraints, rows by name."""

import sqlite3
from contextlib import closing


def setup(db):
    db.executescript("""
        CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE, price REAL CHECK (price > 0));
        CREATE TABLE stock (item INTEGER REFERENCES item, place TEXT, n INTEGER, PRIMARY KEY (item, place));
    """)
    db.executemany("INSERT INTO item (name, price) VALUES (?, ?)", [("pen", 1.5), ("ink", 4.0), ("pad", 2.25)])
    db.executemany("INSERT INTO stock VALUES ((SELECT id FROM item WHERE name = ?), ?, ?)",
                   [("pen", "a", 10), ("pen", "b", 5), ("ink", "a", 2)])


def move(db, name, source, target, n):
    with db:
        for place, change in ((source, -n), (target, n)):
            db.execute("INSERT INTO stock VALUES ((SELECT id FROM item WHERE name = ?), ?, 0) ON CONFLICT DO NOTHING", (name, place))
            db.execute("UPDATE stock SET n = n + ? WHERE item = (SELECT id FROM item WHERE name = ?) AND place = ?", (change, name, place))
        left = db.execute("SELECT min(n) FROM stock").fetchone()[0]
        if left < 0:
            raise ValueError(f"{-left} {name} too few")


def main():
    with closing(sqlite3.connect(":memory:")) as db:
        setup(db)
        db.row_factory = sqlite3.Row
        move(db, "pen", "a", "b", 4)
        try:
            move(db, "ink", "a", "c", 3)
        except ValueError as e:
            print("rolled back:", e)
        for row in db.execute("SELECT name, place, n FROM item LEFT JOIN stock ON item = id ORDER BY name, place"):
            print(f"{row['name']:4} {row['place'] or '-'} {row['n'] or 0}")
        for statement in ("INSERT INTO item (name, price) VALUES ('pen', 1)", "INSERT INTO item VALUES (9, 'x', -1)", "SELECT nothing"):
            try:
                db.execute(statement)
            except sqlite3.Error as e:
                print(type(e).__name__, str(e)[:30])
        db.create_function("shout", 1, lambda text: text.upper() + "!")
        print([tuple(r) for r in db.execute("SELECT shout(name), sum(n * price) FROM item JOIN stock ON item = id GROUP BY name")])
        print(db.execute("SELECT count(*) FROM item WHERE price BETWEEN ? AND ?", (1, 3)).fetchone()[0], db.total_changes > 5)


main()
