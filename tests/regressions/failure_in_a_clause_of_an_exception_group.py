"""What an `except*` clause raises goes into a group that has no traceback of its own."""
try:
    raise ExceptionGroup("z", [ValueError(f(1)), KeyError()])
except* ValueError:
    if nothing:
        pass
