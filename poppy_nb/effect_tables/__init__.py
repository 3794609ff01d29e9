"""The rows of `effects.py`: what each callable needs and does. Only text, so that a row can be checked against Python's manual.

A section begins with `[module NAME]`, `[class MODULE:NAME]`, `[class MODULE:<locals>]` (functions made by functions) or
`[KIND]` (operators). Its rows are

    names : depths, fact, fact          e.g.    append : v -, writes 0, stores, none

One depth letter per operand (the receiver first), the last one for all that follow and for keywords: how far the operand must be
known and plain.
    -  not at all     o  which object     v  the value, elements may be open     k  keys     e  elements     d  everything below
    a  everything below, and no function of the user's is there

    writes 0 1      changes these operands            stores       keeps operands in what it writes
    none            returns None                      part         returns an operand or (something with) an element of one
    atom            returns a text, a number or None
    self            returns operand 0                 (else the result is new or immutable)
    reads R, orders R     reads or changes the resource R in program order; a number after R: the operand that names the file
    final           cannot be undone                  clock        reads the clock             external     waits
    looks           at attributes of what it is given, of whatever class
    model M         mediated in runtime/models.py     direct       but natively if operands are plain and there are no keywords
    handle          the operand that names the file is the open file itself       gives file      the answer is an open file
    gives listing   the answer is an iterator over a directory
    caller N        looks at its caller's frame (if it has at least N operands)
    consumes 0      an iterable that is read to its end: a lazy one is made a list first
    unless K        unknown code if keyword K is given        most N    with more operands: the model, or unknown code
    name N          stands for the callable that has this name: a wrapper of it

Rows of operators are `symbols of operand-kinds : depths, facts`; kinds are named in `containers.py`, `any` is any class, `data`
any named kind.
"""

from __future__ import annotations


def sections() -> dict[str, list[tuple[str, list[str]]]]:
    """The rows by module: `(name of the class or "", rows)`. Under "operators": `(kind of operator, rows)`."""
    from . import builtins, containers, data, files, libraries, operators, stdlib, text

    tables = (builtins, containers, stdlib, text, files, libraries, data, operators)
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for table in (module.TABLE for module in tables):
        rows: list[str] = []
        for line in table.splitlines():
            line = line.partition(" # ")[0].strip()
            if line.startswith("["):
                kind, _, name = line[1:-1].partition(" ")
                module, owner = ("operators", kind) if not name else (name, "") if kind == "module" else tuple(name.split(":"))
                rows = []
                found.setdefault(module, []).append((owner, rows))
            elif line:
                rows.append(line)
    return found

