"""What the clauses of `except*` raise again is one group, the original one."""

original = ExceptionGroup("eg", [ident(ValueError(1)), OSError(2)])
try:
    try:
        raise original
    except* ValueError:
        raise
    except* OSError:
        raise
except ExceptionGroup as e:
    caught = e
print(caught, repr(caught), caught.message)
