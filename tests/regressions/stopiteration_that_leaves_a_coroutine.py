"""A StopIteration that leaves an `async def` function is a RuntimeError there, at once or when it comes later."""


async def first(x):
    return next(iter([num(x)][1:]))


async def checked(x):
    y = f(x)
    if y == "nothing":
        return 1
    raise StopIteration(y)


async def outer(x):
    try:
        return await first(x)
    finally:
        print("left", x)


said = []
for i in range(3):
    try:
        said.append(await checked(i))
    except StopIteration:
        said.append("stop")
    except RuntimeError as error:
        said.append((str(error), repr(error.__cause__)))
print(said)
await outer(1)
