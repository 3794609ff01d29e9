"""In a notebook `open` is a function of IPython's: it is known to be the one of Python, so that writing files waits for nothing else."""
# time: 1

from IPython.core.interactiveshell import _modified_open as open
# ---- cell
for i in range(3):
    with open(f"{i}.txt", "w") as out:
        out.write(f(i))
texts = [open(f"{i}.txt").read() for i in range(3)]
try:
    open("missing")
except FileNotFoundError as error:
    print(error)
open(1)
