"""Messages with headers parsed by regular expressions; a threaded view."""

import re
from collections import OrderedDict

RAW = """From: Ann <ann@example.org>
To: bob@example.org, "Cyd D." <cyd@example.com>
Subject: Hello
  and more
Message-Id: <1@x>

Hi there!
> quoted
Bye
---
From: bob@example.org
Subject: Re: Hello
In-Reply-To: <1@x>
Message-Id: <2@x>

OK
"""
ADDRESS = re.compile(r"""(?:"?(?P<name>[^"<,]*?)"?\s*<)?(?P<user>[\w.]+)@(?P<host>[\w.]+)>?""", re.X)


def parse(text):
    head, _, body = text.partition("\n\n")
    headers = OrderedDict()
    for line in re.sub(r"\n\s+", " ", head).splitlines():
        name, value = line.split(":", 1)
        headers[name.title()] = value.strip()
    return headers, [line for line in body.strip().splitlines() if not line.startswith(">")]


messages = [parse(part) for part in RAW.split("---\n")]
for headers, body in messages:
    print(headers["Subject"], "|", " / ".join(body))
    for field in ("From", "To"):
        for m in ADDRESS.finditer(headers.get(field, "")):
            print("  ", field, m["name"] or "-", m["user"], m["host"].rpartition(".")[2])
children = {}
for headers, _ in messages:
    children.setdefault(headers.get("In-Reply-To"), []).append(headers)


def thread(parent=None, depth=0):
    for headers in children.get(parent, ()):
        print("  " * depth + "- " + re.sub(r"^(Re:\s*)+", "", headers["Subject"]), headers["Message-Id"])
        thread(headers["Message-Id"], depth + 1)


thread()
print(re.sub(r"(\w+)@(\w+)\.\w+", lambda m: f"{m[1]} at {m[2].upper()}", "write to ann@example.org now"))
