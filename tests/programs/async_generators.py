"""Asynchronous generators, context managers and comprehensions."""

import asyncio
from contextlib import asynccontextmanager


async def ticks(n, every=1):
    try:
        for k in range(0, n, every):
            await asyncio.sleep(0)
            yield k
    finally:
        print("ticks closed", n)


@asynccontextmanager
async def connection(name):
    print("open", name)
    try:
        yield name.upper()
    finally:
        print("close", name)


class Session:
    def __init__(self):
        self.count = 0

    async def __aenter__(self):
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, kind, error, tb):
        print("leaving", kind.__name__ if kind else None)
        return kind is KeyError

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.count == 3:
            raise StopAsyncIteration
        self.count += 1
        return self.count


async def main():
    print([k async for k in ticks(6, 2) if k != 2])
    async with connection("db") as name, Session() as s:
        print(name, {n: n * n async for n in s})
    async with Session() as s:
        raise KeyError("swallowed")
    gen = ticks(5)
    print(await gen.__anext__(), await anext(gen))
    await gen.aclose()
    print(await anext(gen, "ended"))
    total = 0
    async for k in ticks(3):
        total += k
        if k == 1:
            continue
    else:
        print("total", total)


await main()
