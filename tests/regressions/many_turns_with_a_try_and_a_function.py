"""However many turns wait in a `try` and go on with a call: how deep the stack is does not grow with their number."""
# orders: 1
# seconds: 120

lengths = []


def length(text):
    return len(str(text))


# ---- cell
for i in range(180):
    try:
        text = f(i)
        n = length(text)
    except ValueError:
        pass
    if n:
        lengths.append(n)
