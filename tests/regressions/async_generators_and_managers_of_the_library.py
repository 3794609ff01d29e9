"""Asynchronous generators run in order, and what is around them is as it was."""

import asyncio, contextlib
async def gen(n):
    for i in range(n):
        yield await af(i)
@contextlib.asynccontextmanager
async def manager(n):
    log.append(("in", n))
    try:
        yield await af(n)
    except ValueError as e:
        log.append(repr(e))
    finally:
        log.append(("out", n))
log = []
out = []
async for p in gen(3):
    out.append(await af(p))
async with manager(1) as a, manager(2) as b:
    out.append((a, b))
    raise ValueError(await af(3))
x = [v async for v in gen(2)]
y = {v: k async for v in gen(2) for k in "ab" if k != v}
z = [[w async for w in gen(k)] for k in range(3)]
