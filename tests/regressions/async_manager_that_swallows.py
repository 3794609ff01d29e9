"""`__aexit__` decides; `return`, `continue`, `break` out of the block."""

class Swallow:
    async def __aenter__(self): return await af(0)
    async def __aexit__(self, t, e, tb):
        log.append((t.__name__ if t else None, str(e)))
        return await ident2(t is ValueError)
async def ident2(v): return v
log = []
async def one(n):
    async with Swallow() as s:
        log.append(s)
        if n: raise (ValueError if n == 1 else KeyError)(await af(n))
        return "early"
    return "late"
r = []
for n in range(3):
    try:
        r.append(await one(n))
    except KeyError as e:
        r.append(repr(e))
out = []
for n in range(4):
    async with Swallow() as s:
        if n == 1: continue
        if n == 3: break
        out.append((n, s))
