"""An order in which tasks can be done, or the cycle that forbids it."""

tasks = {"dress": {"wash"}, "wash": {"wake"}, "eat": {"wake", "cook"}, "cook": {"wake"}, "go": {"dress", "eat"}}


class Cycle(Exception):
    pass


def order(tasks):
    done, out, path = set(), [], []

    def visit(task):
        if task in path:
            raise Cycle(path[path.index(task) :] + [task])
        if task in done:
            return
        path.append(task)
        for needed in sorted(tasks.get(task, ())):
            visit(needed)
        path.pop()
        done.add(task)
        out.append(task)

    for task in sorted(tasks):
        visit(task)
    return out


print(order(tasks))
tasks["wake"] = {"go"}
try:
    print(order(tasks))
except Cycle as e:
    print("cycle:", " -> ".join(e.args[0]))
