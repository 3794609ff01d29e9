"""Iterators that call nothing of what they hold: nothing else stands behind a `chain` of lists that are still to come."""
# time: 5
import itertools


def several(prompt):
    found = []
    left = 3
    while left > 0:
        left -= 1
        found.append(f(prompt + str(left)))
    return [one + "!" for one in found]


def votes(answers, most):
    counts = [0] * most
    for answer in answers:
        number = len(answer) % 4
        if number in range(most):
            counts[number] += 1
        else:
            print("none of them", answer)
    return counts


def solve(task):
    best = [""]
    for step in range(2):
        found = list(itertools.chain(*[several(task + one) for one in best]))
        counted = votes(several("vote" + "".join(found)), len(found))
        order = sorted(range(len(found)), key=lambda number: counted[number], reverse=True)
        best = [found[number] for number in order[:2]]
    return f(best[0])


for task in ["a", "b", "c"]:
    print(task, solve(task))
