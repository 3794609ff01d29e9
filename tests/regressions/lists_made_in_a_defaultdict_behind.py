"""Lists that a loop is yet to make in a defaultdict are read by a function that was walked past, and changed behind it."""

from collections import defaultdict
class Finding:
    def __init__(self, file, severity): self.file, self.severity = file, severity
def review(i):
    return Finding(f"m{i % 2}", len(f(f"review {i}" + "x" * i)))
findings = [review(i) for i in range(6)]
by_file = defaultdict(list)
for one in sorted(findings, key=lambda one: (-one.severity, one.file)):
    by_file[one.file].append(one)
def report():
    out = []
    for file, found in by_file.items():
        x = f(file)
        if x == "stop":
            return None
        out.append((x, len(found), [one.severity for one in found]))
    return out
r = report()
by_file["m0"].append(Finding("extra", 50))
last = g(str([one.severity for one in findings]))
print(r, last)
