"""Code to results: strands, chains, operations, failures, drivers. Knows nothing of the compiler."""
