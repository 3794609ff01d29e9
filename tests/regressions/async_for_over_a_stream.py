"""`async for`, its `else` and `break`, asynchronous comprehensions, over an iterator of the user's."""

class Stream:
    def __init__(self, n): self.n, self.i = n, 0
    def __aiter__(self): return self
    async def __anext__(self):
        if self.i >= self.n: raise StopAsyncIteration
        self.i += 1
        return await af(self.n, self.i)
async def text(n):
    out = ""
    async for part in Stream(n):
        if part == "x": break
        out += part
    else:
        out += "!"
    return out
r = [await text(n) for n in (3, 2, 0)]
s = [await af(p) async for p in Stream(2)]
d = {p: 1 async for p in Stream(2) if p}
