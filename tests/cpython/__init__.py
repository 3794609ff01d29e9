"""CPython's own tests of the language, run through the engine and compared with plain Python test by test."""
