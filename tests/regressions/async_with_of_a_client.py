"""`async with` in coroutines of the user's: in order."""

log = []
class Client:
    def __init__(self, n): self.n = n
    async def __aenter__(self):
        self.opened = await af("open", self.n)
        return self
    async def __aexit__(self, t, e, tb):
        self.closed = await af("close", self.n)
        return t is ValueError
    async def ask(self, q):
        return await af(self.n, q)
async def one(n):
    async with Client(n) as c:
        a = await c.ask("a")
        b = await c.ask("b" + a)
    return a, b, c.opened, c.closed
r = [await one(n) for n in range(3)]
