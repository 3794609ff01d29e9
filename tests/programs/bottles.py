"""A song with its grammar."""


def count(n):
    return {0: "no more bottles", 1: "1 bottle"}.get(n, f"{n} bottles") + " of beer"


lines = []
for n in range(3, -1, -1):
    lines += [f"{count(n).capitalize()} on the wall, {count(n)}."]
    if n:
        lines.append(f"Take {'it' if n == 1 else 'one'} down: {count(n - 1)} on the wall.")
    else:
        lines.append(f"Go to the store: {count(3)} on the wall.")
print("\n".join(lines))
