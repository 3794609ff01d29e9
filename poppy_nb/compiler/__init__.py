"""Source to code: the front end, the analyses and code generation. Knows nothing of the runtime."""
