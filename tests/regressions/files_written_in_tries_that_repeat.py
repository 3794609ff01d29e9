"""A file that a loop which may try again opens to write it, or by a path that comes late, is read behind it."""

with open("prompt.txt", "w") as file:
    file.write("Answer: ")
# ---- cell
def again(function):
    def wrapper(*args):
        left = 2
        while left:
            try:
                return function(*args)
            except ValueError as error:
                left -= 1
        return None

    return wrapper


@again
def note(question, mode):
    answer = f(question)
    with open("prompt.txt", mode) as file:
        if "r" not in mode:
            file.write(str(answer))
    with open("prompt.txt") as file:
        text = file.read()
    if question == "b" and len(text) < 100:
        raise ValueError(question)
    return g(text)


@again
def late(path):
    name = ident(path)
    with open(name, "a") as file:
        file.write("+")
    with open(name) as file:
        return h(file.read())


out = []
for question, mode in (("a", "a"), ("b", "w"), ("c", "r"), ("d", "a+")):
    out.append(note(question, mode))
    with open("prompt.txt") as file:
        out.append(file.read())
for path in ("prompt.txt", "other.txt"):
    out.append(late(path))
    with open("prompt.txt") as file:
        out.append(len(file.read()))
del note, late, again
