"""A small local server that answers as language models' servers do: for the demo, the notebooks and tests; no key, no network.

Bound to 127.0.0.1. Answers are derived from the request alone, latencies are chosen; it imports nothing else of the package.
"""

from poppy_nb.server.http import Counts, Server


__all__ = ["Counts", "Server"]
