"""Config objects with __getattr__, a lazy proxy, and a registry with __class_getitem__ and __init_subclass__."""
# time: 2

class Config:
    def __init__(self, **values): self.__dict__["_values"] = values
    def __getattr__(self, name):
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None
    def __setattr__(self, name, value): self._values[name] = value
    def __contains__(self, name): return name in self._values
class Tool:
    tools = {}
    def __init_subclass__(cls, name=None, **kw):
        super().__init_subclass__(**kw)
        cls.name = name or cls.__name__.lower()
        Tool.tools[cls.name] = cls
    def __class_getitem__(cls, name): return cls.tools[name]
    def __init__(self, config): self.config = config
    def __call__(self, text): return self.run(text, self.config.level if "level" in self.config else 1)
class Summarise(Tool):
    def run(self, text, level): return llm(f"summarise/{level} {text}")
class Expand(Tool, name="more"):
    def run(self, text, level): return " ".join(llm(f"expand {text} {i}") for i in range(level))
cfg = Config(level=2, model="m")
cfg.seen = []
def use(name, text):
    out = Tool[name](cfg)(text)
    cfg.seen.append((name, len(out)))
    return out
texts = [f"text {i}" for i in range(4)]
short = [use("summarise", t) for t in texts]
long = [use("more", s) for s in short]
print(cfg.seen, getattr(cfg, "nothing", None), sorted(Tool.tools))
