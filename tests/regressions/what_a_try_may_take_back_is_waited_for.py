"""A list with something that may fail is looked at as a whole, behind the `try` that would take it away again."""

found = []
try:
    found.extend([fail(x) for x in (5,)])
except ValueError:
    pass
for one in (found,):
    match one:
        case [*rest]:
            print(rest)
        case _:
            pass
pages = []
try:
    pages.append(f(1))
    pages.append(fail(2))
except ValueError:
    pages.append("failed")
match pages:
    case [first, *rest]:
        print(first, rest)
