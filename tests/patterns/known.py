"""Patterns that are not at their goal yet, each with what is missing. A pattern that has reached it must leave the list: a test says so."""

from __future__ import annotations


# Same meaning, but slower than the ideal: the time is not asserted.
SLOWER: dict[str, str] = {
    "12-bounded-lru_cache": "a bounded cache that has to throw something out goes one call at a time",
    "12-cached-failure-is-not-cached": "the cache is written in a `try` that has not settled, and the next call waits for it",
    "12-memo-and-failures": "a store into a dict that a parked try may write waits, and the test for the key with it",
    "19-filter-then-map": "map over filter asks for one test after the other",
    "20-iterator-class": "__next__ may raise StopIteration, so each step is waited for",
    "21-default-arguments": "a pending default argument is waited for when the function is made",
    "22-calls-in-a-class-body": "a class body that calls runs in order",
    "30-reads-together": "ordered externals never run ahead of what may still raise, and one of them may",
}

# Another meaning.
DIFFERENT: dict[str, str] = {}
