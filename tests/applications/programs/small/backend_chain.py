"""A Protocol with two backends, abstract base with template method, a fallback chain over them."""
# time: 4

from abc import ABC, abstractmethod
from typing import Protocol, runtime_checkable
@runtime_checkable
class Backend(Protocol):
    name: str
    def complete(self, prompt: str) -> str: ...
class Unavailable(RuntimeError):
    pass
class Base(ABC):
    def __init__(self, name):
        self.name, self.calls, self.failed = name, 0, []
    def complete(self, prompt):
        self.calls += 1
        try:
            return self._complete(prompt)
        except ConnectionError as e:
            self.failed.append(prompt)
            raise Unavailable(f"{self.name}: {e}") from e
    @abstractmethod
    def _complete(self, prompt): ...
class Cheap(Base):
    def _complete(self, prompt): return flaky(prompt)
class Careful(Base):
    def _complete(self, prompt): return flaky(prompt, 2)
class Local:
    name = "local"
    def complete(self, prompt): return prompt[::-1]
class Fallback:
    def __init__(self, *backends):
        self.backends = [b for b in backends if isinstance(b, Backend)]
        self.log = []
    def complete(self, prompt):
        for backend in self.backends:
            try:
                answer = backend.complete(prompt)
            except Unavailable as e:
                self.log.append((backend.name, str(e)))
                continue
            return f"[{backend.name}] {answer}"
        raise AssertionError
chain = Fallback(Cheap("cheap"), Careful("careful"), Local())
answers = [chain.complete(f"ask {i}") for i in range(10)]
reviews = [llm(f"review {a}") for a in answers]
final = llm("\n".join(reviews))
print(*answers, sep="\n")
print([(b.name, getattr(b, "calls", None)) for b in chain.backends], len(chain.log))
