"""`partial` takes one apart that it is given, unless that has attributes of its own: nobody but the program gives it any."""
from functools import partial


def show(*args, **named):
    return args, sorted(named)


one = partial(show, 1)
answer = f("x")
if len(answer) > 0:
    one = partial(one, b=2)
one = partial(one, c=3)
print(one.func is show, one("q"))
two = partial(one, 5)
two.tag = answer
two.tag += "z"
three = partial(two, 6)
print(three.func is two, two.tag, vars(two), three(1))
try:
    four = partial(show)
    four.x = 1
    raise ValueError(f("y"))
except ValueError as error:
    four = partial(four, 1)
print(four.func is show, four())
for i in range(3):
    show = partial(show, i)
    print(f(str(i)), show.args, type(show.func).__name__)


class Own(partial):
    pass


five = Own(show, 1)
six = partial(five, 2)
print(six.func is five, vars(five), six.args)
