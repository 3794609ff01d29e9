"""A run as one HTML page that works offline: the same view as in the notebook, and the picture where scripts are off."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from poppy_nb.events import EventStream

from .assets import module, style
from .live import Feed
from .recording import Recording
from .shown import markup


if TYPE_CHECKING:
    from .run import Run


def page(run: Run, kind: str = "graph") -> str:
    """The page. No script but its own runs in it: the policy names that by its hash."""
    script = module().replace("export default", "const poppyWidget =") + (
        '\npoppyWidget.mount(document.getElementById("poppy"), JSON.parse(document.getElementById("data").textContent));\n'
    )
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    data = json.dumps({**snapshot(run), "kind": kind}).replace("<", "\\u003c")
    policy = f"default-src 'none'; script-src 'sha256-{allowed}'; style-src 'unsafe-inline'; img-src data:"
    title = markup(run.table().splitlines()[0])
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
body {{ margin: 0; padding: 12px; font-family: system-ui, sans-serif; }}
{style()}
</style>
</head>
<body>
<div id="poppy"></div>
<noscript>{run.to_svg()}<pre>{markup(run.table(), 100_000)}</pre></noscript>
<script type="application/json" id="data">{data}</script>
<script type="module">{script}</script>
</body>
</html>
"""


def snapshot(run: Run) -> dict[str, object]:
    """The message that tells a page everything about a run that has ended."""
    recording = Recording(EventStream())
    recording.resume(run)
    return Feed(recording, lambda message: None).snapshot()
