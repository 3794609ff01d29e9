"""What an external only uses (a lock, a session) is not what it answers: printing the answer waits for nothing else."""
# time: 2

import threading

lock = threading.Barrier(1)


@external
def ask(x):
    lock.n_waiting
    return f"{x}!"


for i in (1, 2, 3):
    a = ask(i)
    print([a], str(a))
    if a == "2!":
        print(g(a))
del lock, threading
