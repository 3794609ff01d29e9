"""Five ways to sort."""


def bubble(xs):
    xs = list(xs)
    for i in range(len(xs)):
        swapped = False
        for j in range(len(xs) - 1 - i):
            if xs[j] > xs[j + 1]:
                xs[j], xs[j + 1] = xs[j + 1], xs[j]
                swapped = True
        if not swapped:
            break
    return xs


def quick(xs):
    if len(xs) < 2:
        return list(xs)
    pivot, *rest = xs
    return quick([x for x in rest if x < pivot]) + [pivot] + quick([x for x in rest if x >= pivot])


def merge(xs):
    if len(xs) < 2:
        return list(xs)
    middle = len(xs) // 2
    left, right, out = merge(xs[:middle]), merge(xs[middle:]), []
    while left and right:
        out.append((left if left[0] <= right[0] else right).pop(0))
    return out + left + right


def insertion(xs):
    out = []
    for x in xs:
        k = len(out)
        while k and out[k - 1] > x:
            k -= 1
        out.insert(k, x)
    return out


def heap(xs):
    import heapq

    h = []
    for x in xs:
        heapq.heappush(h, x)
    return [heapq.heappop(h) for _ in range(len(h))]


data = [5, 3, 9, 1, 5, 7, 2]
for way in (bubble, quick, merge, insertion, heap):
    print(way.__name__, way(data))
    assert way(data) == sorted(data), way
print(data)
