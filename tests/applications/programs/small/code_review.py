"""Review bot: files, hunks, severity enum, grouped report."""
# time: 3

class Severity(enum.IntEnum):
    INFO = 0
    WARN = 1
    ERROR = 2
@dataclass(frozen=True)
class Finding:
    file: str
    line: int
    severity: Severity
    message: str
DIFF = {f"mod{i}.py": [f"line {i}-{j}" for j in range(3)] for i in range(3)}
def review(file, number, text):
    data = json.loads(llm_json(f"review {file}:{number} {text}"))
    sev = Severity.ERROR if data["score"] > 7 else Severity.WARN if data["score"] > 4 else Severity.INFO
    return Finding(file, number, sev, data["text"])
findings = [review(f, n, t) for f, lines in DIFF.items() for n, t in enumerate(lines, 1)]
by_file = defaultdict(list)
for f in sorted(findings, key=lambda f: (-f.severity, f.file, f.line)):
    by_file[f.file].append(f)
report = []
for file, found in by_file.items():
    serious = [f for f in found if f.severity >= Severity.WARN]
    if serious:
        fix = llm("fix " + "; ".join(f.message for f in serious))
        report.append(f"## {file}\n" + "\n".join(f"- {f.severity.name}: {f.message} (l. {f.line})" for f in serious) + f"\n{fix}")
    else:
        report.append(f"## {file}: clean")
verdict = llm("\n".join(report)) if any(f.severity is Severity.ERROR for f in findings) else "approve"
print("\n".join(report)); print(verdict)
