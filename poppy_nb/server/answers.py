"""What the server answers: text made from the request alone, just sensible enough for programs that act on it."""

from __future__ import annotations

import hashlib
import json
import math
import re


# What nobody wants summarised. Programs about relevance get both answers without a model.
_IRRELEVANT = re.compile(r"\b(advert\w*|sale|discount|lottery|newsletter|unsubscribe|recipe|horoscope)\b", re.IGNORECASE)
_SUMMARY_WORDS = 12
_NUMBERED = re.compile(r"^\s*(?:[-*]|\d+[.)])\s+")


def answer(prompt: str, *, wants_json: bool = False) -> str:
    """The reply to the last message of a conversation."""
    text = prompt.strip()
    lower = text.lower()
    if wants_json:
        return json.dumps({"answer": _summary(text), "score": score(text), "relevant": not _IRRELEVANT.search(text)})
    if re.search(r"\byes or no\b|\byes/no\b", lower):
        return "no" if _IRRELEVANT.search(text) or score(text) < 4 else "yes"
    if re.search(r"\b(score|rate|grade)\b", lower):
        return str(score(text))
    return _summary(text)


def score(text: str) -> int:
    """From 1 to 10."""
    return 1 + _number(text) % 10


def embedding(text: str, dimensions: int) -> list[float]:
    """A vector of length 1; texts that share words are near each other."""
    vector = [0.0] * dimensions
    for word in re.findall(r"\w+", text.lower()) or [""]:
        number = _number(word)
        vector[number % dimensions] += 1.0 if number & (1 << 60) else -1.0
    length = math.sqrt(sum(x * x for x in vector)) or 1.0
    return [x / length for x in vector]


def tokens(text: str) -> int:
    """A count that grows with the text."""
    return len(re.findall(r"\w+|[^\w\s]", text))


def identifier(prefix: str, text: str) -> str:
    """The same for the same request."""
    return prefix + hashlib.sha256(text.encode()).hexdigest()[:24]


def fraction(text: str) -> float:
    """From 0 to 1, spread evenly over texts."""
    return _number(text) / 2**64


def _summary(text: str) -> str:
    lines = [_NUMBERED.sub("", line).strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return "Nothing to summarise."
    if len(lines) > 1:
        topics = "; ".join(_first_words(line, 4) for line in lines)
        return f"{len(lines)} points: {topics}."
    if _IRRELEVANT.search(lines[0]):
        return "Irrelevant."
    sentence = re.split(r"(?<=[.!?])\s", lines[0])[0]
    return f"In short: {_first_words(sentence, _SUMMARY_WORDS)}."


def _first_words(text: str, count: int) -> str:
    text = text.removeprefix("In short: ")
    return " ".join(text.split()[:count]).rstrip(".,;:!?")


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
