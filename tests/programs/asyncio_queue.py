"""Producers and consumers with an asyncio queue, a semaphore, an event."""

import asyncio


async def producer(queue, name, items):
    for item in items:
        await queue.put(f"{name}{item}")
    await queue.put(None)


async def consumer(queue, out, limit, producers):
    ended = 0
    while ended < producers:
        item = await queue.get()
        queue.task_done()
        if item is None:
            ended += 1
            continue
        async with limit:
            out.append(item)
            await asyncio.sleep(0)


async def main():
    queue, out, limit = asyncio.Queue(maxsize=2), [], asyncio.Semaphore(1)
    await asyncio.gather(producer(queue, "a", range(3)), producer(queue, "b", range(2)), consumer(queue, out, limit, 2))
    return out, queue.qsize()


out, left = await main()
print(sorted(out), left)


async def signals():
    ready = asyncio.Event()

    async def waiter(n):
        await ready.wait()
        return n * n

    tasks = [asyncio.ensure_future(waiter(n)) for n in range(3)]
    await asyncio.sleep(0)
    print([t.done() for t in tasks])
    ready.set()
    print(await asyncio.gather(*tasks))
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.001)
    except asyncio.TimeoutError:
        print("timeout")


await signals()
