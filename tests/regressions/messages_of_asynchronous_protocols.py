"""What is no asynchronous manager or iterator."""

class Bad: pass
class Bad2:
    async def __aenter__(self): return 1
class Bad3:
    def __aiter__(self): return 3
log = []
async def t(k):
    try:
        if k == 0:
            async with Bad(): pass
        elif k == 1:
            async with Bad2(): pass
        elif k == 2:
            async for x in Bad(): pass
        elif k == 3:
            async for x in Bad3(): pass
        elif k == 4:
            async for x in [1]: pass
        else:
            for x in Bad3(): pass
    except (TypeError, AttributeError) as e:
        log.append(str(e))
for k in range(6): await t(k)
