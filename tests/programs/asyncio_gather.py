"""Coroutines gathered, in a task group, with errors returned; order of results."""

import asyncio

log = []


async def fetch(name, steps, fail=False):
    for k in range(steps):
        log.append(f"{name}{k}")
        await asyncio.sleep(0)
    if fail:
        raise ValueError(f"{name} failed")
    return name.upper() * steps


async def main():
    print(await asyncio.gather(fetch("a", 2), fetch("b", 1), fetch("c", 3)))
    results = await asyncio.gather(fetch("d", 1), fetch("e", 1, True), return_exceptions=True)
    print([r if isinstance(r, str) else repr(r) for r in results])
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(n, 2)) for n in "xy"]
    print([t.result() for t in tasks])
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fetch("bad", 1, True))
            other = group.create_task(fetch("long", 50))
    except* ValueError as errors:
        print([str(e) for e in errors.exceptions], other.cancelled())
    done, pending = await asyncio.wait([asyncio.create_task(fetch(n, 1)) for n in "pq"])
    print(sorted(t.result() for t in done), len(pending))


await main()
print(len(log), log[:6])
