"""A chat class with __call__, __len__, __getitem__, fork by copy.deepcopy, and a context manager for temporary system prompts."""
# time: 3

class Chat:
    def __init__(self, system=None, **options):
        self.messages = [] if system is None else [{"role": "system", "content": system}]
        self.options = {"temperature": 0, **options}
    def __call__(self, text, **options):
        self.messages.append({"role": "user", "content": text})
        reply = llm(self.messages, **{**self.options, **options})
        self.messages.append({"role": "assistant", "content": reply})
        return reply
    def __len__(self): return len(self.messages)
    def __getitem__(self, i): return self.messages[i]["content"]
    def __iter__(self): return (m["content"] for m in self.messages)
    def fork(self): return copy.deepcopy(self)
    def __repr__(self): return f"<Chat of {len(self)}>"
base = Chat("Be brief.", model="small")
base("hello")
forks = [base.fork() for _ in range(3)]
replies = [f(f"variant {i}", temperature=i) for i, f in enumerate(forks)]
best = max(forks, key=lambda f: rate(f[-1]))
base.messages = best.messages
print(base, [len(f) for f in forks], base[-1] in replies, list(base)[:2])
ends = {id(f) == id(best): f[-1] for f in forks}
