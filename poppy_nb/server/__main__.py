"""`python -m poppy_nb.server`: serve until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import threading

from poppy_nb.server.http import Server


def main() -> None:
    """Start, say how to use it, and wait."""
    parser = argparse.ArgumentParser(prog="python -m poppy_nb.server", description="A local server with deterministic answers.")
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("POPPY_NB_SERVER_PORT", "8800")), help="0: any that is free"
    )
    parser.add_argument("--latency", type=float, help="seconds per request (default: POPPY_NB_SERVER_LATENCY or 0.3)")
    parser.add_argument(
        "--jitter", type=float, help="from 0 to 1: how far latencies differ (default: POPPY_NB_SERVER_JITTER or 0)"
    )
    arguments = parser.parse_args()
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with Server(port=arguments.port, latency=arguments.latency, jitter=arguments.jitter) as server:
        for name, value in server.environment().items():
            if name.startswith(("OPENAI", "ANTHROPIC")):
                print(f"export {name}={value}", flush=True)
        stopped.wait()


if __name__ == "__main__":
    main()
