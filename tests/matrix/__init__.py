"""Each control structure with each container and effect, with each way to fail."""
