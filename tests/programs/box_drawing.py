"""Tables and boxes from text: columns aligned, wrapped, titled."""

import textwrap


def table(rows, heads, align="<"):
    widths = [max(len(str(r[i])) for r in [heads, *rows]) for i in range(len(heads))]
    line = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    out = [line]
    for i, row in enumerate([heads, *rows]):
        out.append("|" + "|".join(f" {cell!s:{align}{w}} " for cell, w in zip(row, widths)) + "|")
        if i == 0:
            out.append(line)
    return "\n".join([*out, line])


def box(text, width=24, title=""):
    lines = textwrap.wrap(text, width - 4)
    print("┌" + f" {title} ".center(width - 2, "─") + "┐")
    for line in lines:
        print("│ " + line.ljust(width - 4) + " │")
    print("└" + "─" * (width - 2) + "┘")


print(table([("ann", 31, 1.5), ("bob", 4, 22.25)], ("name", "age", "score")))
print(table([("x" * k, k) for k in range(3)], ("bar", "n"), ">"))
box("The quick brown fox jumps over the lazy dog, and then it sleeps.", title="fable")
print(textwrap.dedent("""
    indented
      more
    less
""").strip())
print(textwrap.shorten("a long line of many words that is cut", 20, placeholder="..."))
print(textwrap.fill("one two three four five six", 12, initial_indent="* ", subsequent_indent="  "))
print(textwrap.indent("a\nb\n\nc", "> ", lambda line: line.strip() != ""))
