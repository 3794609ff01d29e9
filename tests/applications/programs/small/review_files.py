"""Code review over files: findings per file as JSON, severity counts, a report written to disk."""
# time: 3
import json, tempfile
from collections import Counter
from pathlib import Path
root = Path(tempfile.mkdtemp())
for i in range(5):
    (root / f"mod{i}.py").write_text("\n".join(f"line {i} {j}" for j in range(i * 3 + 2)))
def review(path):
    source = path.read_text()
    findings = []
    lines = source.splitlines()
    for start in range(0, len(lines), 5):
        block = "\n".join(lines[start:start + 5])
        data = json.loads(llm_json(f"Review {path.name}:{start}\n{block}"))
        for tag in data["tags"]:
            findings.append({"file": path.name, "line": start + 1, "kind": tag, "severity": data["score"]})
    return findings
findings = []
for path in sorted(root.glob("*.py")):
    found = review(path)
    print(f"{path.name}: {len(found)} findings")
    findings.extend(found)
for f in findings:
    if f["severity"] >= 5:
        f["fix"] = llm(f"Fix {f['file']}:{f['line']} {f['kind']}")
counts = Counter(f["kind"] for f in findings)
report = {"counts": dict(counts), "findings": findings, "summary": llm(f"Summarise {len(findings)}: {findings}")}
out = root / "report.json"
with open(out, "w") as fh:
    json.dump(report, fh, indent=2)
print(out.name, len(json.loads(out.read_text())["findings"]))
del root, out, path
