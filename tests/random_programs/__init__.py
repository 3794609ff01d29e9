"""Random programs: made, run both ways, and shrunk where they differ. `python -m tests.random_programs --help`."""
