"""Fluent builders, a query that is put together, immutable copies, keyword-only options."""


class Query:
    def __init__(self, table):
        self._table, self._where, self._order, self._columns, self._limit = table, [], None, ["*"], None

    def _copy(self, **changes):
        made = object.__new__(type(self))
        made.__dict__ = {**self.__dict__, "_where": list(self._where), **changes}
        return made

    def select(self, *columns):
        return self._copy(_columns=list(columns) or ["*"])

    def where(self, **conditions):
        made = self._copy()
        for key, value in conditions.items():
            name, _, op = key.partition("__")
            sign = {"": "=", "gt": ">", "lt": "<", "ne": "!="}[op]
            made._where.append((name, sign, value))
        return made

    def order(self, by, *, descending=False):
        return self._copy(_order=(by, "DESC" if descending else "ASC"))

    def limit(self, n):
        return self._copy(_limit=n)

    def __str__(self):
        parts = [f"SELECT {', '.join(self._columns)} FROM {self._table}"]
        if self._where:
            parts.append("WHERE " + " AND ".join(f"{n} {s} {v!r}" for n, s, v in self._where))
        if self._order:
            parts.append("ORDER BY " + " ".join(self._order))
        if self._limit is not None:
            parts.append(f"LIMIT {self._limit}")
        return " ".join(parts)

    def run(self, rows):
        tests = {"=": lambda a, b: a == b, ">": lambda a, b: a > b, "<": lambda a, b: a < b, "!=": lambda a, b: a != b}
        found = [r for r in rows if all(tests[s](r[n], v) for n, s, v in self._where)]
        if self._order:
            found.sort(key=lambda r: r[self._order[0]], reverse=self._order[1] == "DESC")
        if self._columns != ["*"]:
            found = [{c: r[c] for c in self._columns} for r in found]
        return found[: self._limit]


people = [{"name": "ann", "age": 31}, {"name": "bob", "age": 25}, {"name": "cyd", "age": 40}]
base = Query("people").where(age__gt=26)
print(base)
print(base.select("name").order("age", descending=True).limit(1))
print(base.run(people), base.order("name", descending=True).select("name").run(people))
print(base.where(name__ne="ann").run(people), len(base._where))
try:
    base.where(age__between=3)
except KeyError as e:
    print("unknown operator", e)
try:
    base.order("age", True)
except TypeError as e:
    print(str(e)[:36])
