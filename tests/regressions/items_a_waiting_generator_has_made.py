"""Objects that a generator made before it waited, in what a function makes of all its items, are read behind whoever changes them."""


def numbered(n):
    for i in range(n):
        yield {"id": i}


def kept(rows):
    for row in rows:
        if ok(f(row["id"])):
            yield row


def titled(rows):
    for row in rows:
        row["title"] = f(row["id"], "title")
        yield row


def comprehended(n):
    return [row for row in titled(kept(numbered(n)))]


def listed(n):
    return list(titled(kept(numbered(n))))


# ---- cell
found = comprehended(4)
for row in found:
    print(row["id"], row["title"])
others = listed(4)
for row in others:
    row["more"] = g(row["title"])
    print(row)
whole = sorted(kept(numbered(5)), key=lambda row: -row["id"])
for row in whole:
    row["id"] += 1
print(whole, len(found), others[-1:])
