"""What the engine costs: figures measured within one run, none of them a test. `python -m benchmarks [NAME...]` prints them."""
