"""`asyncio.timeout` and task groups belong to the task that enters them: everything inside runs in it."""

import asyncio


async def numbers():
    async with asyncio.timeout(5):
        for n in range(3):
            yield await af(n)


async def limited():
    try:
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()
    except TimeoutError:
        return "late"


r1 = [n async for n in numbers()]
r2 = await limited()
async with asyncio.timeout(5) as scope:
    r3 = await af(1)
async with asyncio.TaskGroup() as group:
    task = group.create_task(af(2))
r4 = task.result()
r5 = [x async for x in numbers() if await af(x)]
del task, group, scope
