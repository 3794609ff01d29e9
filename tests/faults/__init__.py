"""The checker is checked: seeded faults in the engine, each of which random programs must find."""
