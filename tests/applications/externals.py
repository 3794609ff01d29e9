"""What the small applications call: stand-ins for models and tools whose answers depend on nothing but their arguments."""

from __future__ import annotations

import collections
import copy
import dataclasses
import enum
import functools
import hashlib
import heapq
import itertools
import json
import logging
import math
import operator
import random
import re
import statistics
import textwrap
import time
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from typing import Any

from poppy_nb import external


def _number(*given: Any) -> int:
    return int(hashlib.md5(repr(given).encode()).hexdigest()[:6], 16)


@external
def llm(prompt: Any, **options: Any):
    return f"ans({hashlib.md5(str(prompt).encode()).hexdigest()[:6]})"


@external
def llm_json(prompt: Any, **options: Any):
    number = _number(prompt)
    return json.dumps({"score": number % 10, "tags": ["a", "b"][: number % 3], "text": f"t{number % 7}"})


@external
def search(query: Any, k: int = 3):
    return [{"id": i, "text": f"{query}-{i}", "score": 1 / (i + 1)} for i in range(k)]


@external
def embed(text: Any):
    return [byte / 255 for byte in hashlib.md5(str(text).encode()).digest()[:4]]


@external
def judge(one: Any, other: Any):
    return _number(one, other) % 3 == 0


@external
def rate(text: Any):
    return _number(text) % 10


@external
def pick(question: Any, options: Any):
    return list(options)[_number(question, list(options)) % len(options)]


@external
def tool_call(messages: Any, tools: Any):
    number = _number(messages)
    if len(messages) > 6 or number % 4 == 0:
        return {"content": f"done {number % 100}", "tool": None}
    chosen = sorted(tools)[number % len(tools)]
    return {"content": None, "tool": {"name": chosen, "arguments": json.dumps({"x": number % 50, "y": number % 7})}}


@external
def flaky(url: Any, attempt: int = 0):
    if _number(url, attempt) % 3 == 0:
        raise ConnectionError(f"{url}/{attempt}")
    return f"ok({url},{attempt})"


@external
def bad_json(text: Any, attempt: int = 0):
    number = _number(text, attempt)
    return f'{{"name": "n{number % 9}", "age": {number % 90}}}' if number % 3 else "Sure! Here is it: {name"


NAMES: dict[str, Any] = {
    "Counter": Counter, "OrderedDict": OrderedDict, "bad_json": bad_json, "collections": collections, "copy": copy,
    "dataclass": dataclass, "dataclasses": dataclasses, "defaultdict": defaultdict, "deque": deque, "embed": embed,
    "enum": enum, "field": field, "flaky": flaky, "functools": functools, "heapq": heapq, "itertools": itertools, "json": json,
    "judge": judge, "llm": llm, "llm_json": llm_json, "logging": logging, "math": math, "namedtuple": namedtuple,
    "operator": operator, "pick": pick, "random": random, "rate": rate, "re": re, "search": search, "statistics": statistics,
    "textwrap": textwrap, "time": time, "tool_call": tool_call,
}  # fmt: skip
