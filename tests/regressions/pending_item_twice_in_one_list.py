"""An item that is not known yet stands twice in a list: where it was put before it has moved from, or at the end and in front of it."""

from collections import deque

xs = ['b']
s = f(1)
xs.append(s)
xs[0] = s

s = f(2)
ys, zs = ['b'], []
ys.append(s)
zs.append(s)
ys[0] = s

s = f(3)
moved = [1]
moved.append(s)
moved.reverse()
moved.pop()
moved.append(s)

s = f(4)
queue = deque([1])
queue.append(s)
queue.popleft()
queue.append(s)
both = deque([1, 2])
both.append(s)
both[0] = s
both.appendleft(s)
both[-1] = s
