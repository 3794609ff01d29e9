"""Opening a file to read it changes nothing: a loop that may try again, and so may open it again, does not hold up the next."""
# time: 2

with open("prompt.txt", "w") as file:
    file.write("Answer: ")
with open("log.txt", "w") as file:
    file.write("log\n")
# ---- cell
import traceback
from pathlib import Path


class Prompt:
    def __init__(self, path, mode="r"):
        with open(path, mode) as file:
            self.text = file.read()

    def __call__(self, question):
        return dct(self.text + question)


def again(function, errors=(ValueError, KeyError)):
    def wrapper(*args):
        left = 3
        while left:
            try:
                return function(*args)
            except errors as error:
                left -= 1
                print(error, traceback.format_exc().count("line"))
        return None

    return wrapper


@again
def solve(question):
    first = Prompt("prompt.txt")(question)
    second = Prompt("prompt.txt", mode="rt")(str(first))
    file = open("prompt.txt")
    print(question, len(str(second)), file.readline(), file.closed)
    file.close()
    return str(second)


found = [solve(question) for question in ("a", "b", "c")]
del solve, again, Prompt, traceback, Path
