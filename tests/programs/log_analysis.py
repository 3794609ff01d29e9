"""Web server lines: parsed by a regular expression, grouped, ranked, a histogram in text."""

import re
from collections import Counter, defaultdict
from datetime import datetime

LINES = """\
10.0.0.1 [12/Mar/2024:10:00:01] "GET /a HTTP/1.1" 200 512
10.0.0.2 [12/Mar/2024:10:00:09] "GET /b?x=1 HTTP/1.1" 404 0
10.0.0.1 [12/Mar/2024:10:01:30] "POST /a HTTP/1.1" 500 17
broken line
10.0.0.3 [12/Mar/2024:10:03:00] "GET /a HTTP/1.1" 200 512
10.0.0.1 [12/Mar/2024:10:03:59] "GET /c HTTP/1.1" 302 -
"""
LINE = re.compile(r'(?P<ip>[\d.]+) \[(?P<time>[^\]]+)\] "(?P<verb>\w+) (?P<path>[^ ?]+)\S* [^"]+" (?P<status>\d{3}) (?P<size>\d+|-)')


def records(text):
    for number, line in enumerate(text.splitlines(), 1):
        if m := LINE.fullmatch(line):
            d = m.groupdict()
            d["time"] = datetime.strptime(d["time"], "%d/%b/%Y:%H:%M:%S")
            d["size"] = 0 if d["size"] == "-" else int(d["size"])
            d["status"] = int(d["status"])
            yield d
        else:
            print(f"line {number} is broken: {line[:8]!r}")


rows = list(records(LINES))
print(Counter(r["ip"] for r in rows).most_common(2))
by_path = defaultdict(list)
for r in rows:
    by_path[r["path"]].append(r)
for path, found in sorted(by_path.items()):
    errors = sum(r["status"] >= 400 for r in found)
    print(f"{path:4} {len(found)} requests {errors / len(found):5.0%} errors {sum(r['size'] for r in found):5} bytes")
minutes = Counter(r["time"].minute for r in rows)
for m in range(min(minutes), max(minutes) + 1):
    print(f"10:{m:02} {'#' * minutes[m]}")
gaps = [(b["time"] - a["time"]).seconds for a, b in zip(rows, rows[1:])]
print(gaps, max(gaps), {s // 100: [r["path"] for r in rows if r["status"] // 100 == s // 100] for s in (200, 404)})
