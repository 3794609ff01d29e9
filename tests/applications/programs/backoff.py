"""A flaky service: retries with growing waits and jitter, a budget of failures, what cannot be had is reported and logged."""

import logging
import random
import sys
import time

from openai import APIStatusError, OpenAI
from poppy_nb import external


client = OpenAI(max_retries=0)
log = logging.getLogger("backoff")
log.handlers[:] = [logging.StreamHandler(sys.stdout)]
log.propagate = False
log.setLevel(logging.INFO)


class Exhausted(Exception):
    def __init__(self, item, attempts):
        super().__init__(f"{item}: no answer after {attempts} attempts")
        self.item = item


@external
def flaky(item, attempt):
    """The service: items differ in how often they fail, and how."""
    fails = {"b": (429,), "d": (500, 429), "e": (500, 500, 500), "g": (429, 429)}.get(item, ())
    headers = {"x-status": str(fails[attempt])} if attempt < len(fails) else {}
    messages = [{"role": "user", "content": f"Describe item {item}"}]
    return client.chat.completions.create(model="gpt-4o-mini", messages=messages, extra_headers=headers).choices[0].message.content


def with_backoff(item, attempts=3, base=0.02):
    jitter = random.Random(item)  # its own: draws of one shared generator would come in the order of the items
    for attempt in range(attempts):
        try:
            return flaky(item, attempt)
        except APIStatusError as error:
            if error.status_code not in (429, 500):
                raise
            wait = base * 2**attempt * (1 + jitter.random())
            log.info("%s: status %d, attempt %d", item, error.status_code, attempt)
            time.sleep(wait)
    raise Exhausted(item, attempts)


described, failed, seconds = {}, [], {}
for item in "abcdefgh":
    began = time.perf_counter()
    try:
        described[item] = with_backoff(item)
    except Exhausted as error:
        failed.append(error.item)
        print("failed:", error)
    else:
        print(f"{item}: {described[item]}")
    finally:
        seconds[item] = time.perf_counter() - began

slow = [item for item, took in seconds.items() if took < 0]
print(f"{len(described)} described, {len(failed)} failed, {len(slow)} before they began")
