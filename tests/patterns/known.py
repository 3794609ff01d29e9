"""Patterns that are not at their goal yet, each with what is missing. A pattern that has reached it must leave the list: a test says so."""

from __future__ import annotations


# Same meaning, but slower than the ideal: the time is not asserted.
SLOWER: dict[str, str] = {
    "12-bounded-lru_cache": "a bounded cache that has to throw something out goes one call at a time",
    "12-cached-failure-is-not-cached": "the cache is written in a `try` that has not settled, and the next call waits for it",
    "12-memo-and-failures": "a store into a dict that a parked try may write waits, and the test for the key with it",
    "20-iterator-class": "__next__ may raise StopIteration, so each step is waited for",
    "22-calls-in-a-class-body": "a class body that calls runs in order",
}

# Another meaning.
DIFFERENT: dict[str, str] = {}
