"""What is added up in a loop may be, or be part of, each of very many answers: who changes one of these by its own name stands in order."""

first = ident([0])
total = first
shared = []
parts = []
for i in range(30):
    part = ident([i, shared])
    parts.append(part)
    total += part
    if i == 20:
        first.append("after 20")
        parts[3].append("late")
first.append("end")
parts[5][1].append("in all")
print(total is first, len(total), first[-3:], parts[3], shared)

best = ident([-1])
for i in range(20):
    one = ident([i])
    if num(i) % 3:
        best = one
    if num(i) == 7:
        best.append("seven")
print(best, one)

counts = {}
names = []
for i in range(20):
    key = ident(i % 3)
    counts[key] = counts.get(key, []) + ident([i])
    if i == 10:
        counts[1].append("ten")
    names.append(counts[key])
names[0].append("first")
print(counts, names[0], names[1])

small = 100
for i in range(30):
    small = min(small, ident(i) + 5)
print(small)
