"""Errors that are collected and raised together, split and handled by kind."""


def validate(record):
    errors = []
    for name, kind in (("name", str), ("age", int)):
        if name not in record:
            errors.append(KeyError(name))
        elif not isinstance(record[name], kind):
            errors.append(TypeError(f"{name}: {record[name]!r}"))
    if record.get("age", 0) == -1:
        errors.append(ValueError("negative"))
    if errors:
        raise ExceptionGroup("invalid record", errors)
    return record


def handle(record):
    try:
        print("ok", validate(record))
    except* KeyError as group:
        print("missing", [e.args[0] for e in group.exceptions])
    except* (TypeError, ValueError) as group:
        print("wrong", len(group.exceptions), group.message)
        for e in group.exceptions:
            e.add_note("seen")
    else:
        print("no errors")
    finally:
        print("--")


for record in ({"name": "ann", "age": 3}, {"age": "x"}, {"name": 3, "age": -1}, {}):
    handle(record)

nested = ExceptionGroup("outer", [OSError(1), ExceptionGroup("inner", [ValueError(2), OSError(3)])])
match, rest = nested.split(OSError)
print(repr(match), repr(rest))
print(nested.subgroup(lambda e: isinstance(e, ValueError)).exceptions[0].exceptions)


def leaves(e):
    if isinstance(e, BaseExceptionGroup):
        for part in e.exceptions:
            yield from leaves(part)
    else:
        yield e


print([type(e).__name__ + str(e) for e in leaves(nested)])
try:
    try:
        raise nested
    except* ValueError:
        raise RuntimeError("in handler") from None
except ExceptionGroup as e:
    print(e.message, [type(x).__name__ for x in e.exceptions])
