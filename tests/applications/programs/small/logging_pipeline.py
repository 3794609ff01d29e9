"""Stages with logging, timing left out, an abstract base class and a registry."""
# time: 3

from abc import ABC, abstractmethod
log = logging.getLogger("pipe")
class Stage(ABC):
    registry = []
    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        Stage.registry.append(cls.__name__)
    def __call__(self, doc):
        log.info("%s on %s", type(self).__name__, doc["id"])
        out = self.process(dict(doc))
        out.setdefault("trail", []).append(type(self).__name__)
        return out
    @abstractmethod
    def process(self, doc): ...
class Clean(Stage):
    def process(self, doc):
        doc["text"] = " ".join(doc["text"].split()).lower()
        return doc
class Tag(Stage):
    def process(self, doc):
        doc["tags"] = json.loads(llm_json(doc["text"]))["tags"]
        return doc
class Summarise(Stage):
    def process(self, doc):
        doc["summary"] = llm(f"{doc['text']} {sorted(doc['tags'])}")
        return doc
class Score(Stage):
    def process(self, doc):
        doc["score"] = rate(doc["summary"])
        return doc
class Pipeline:
    def __init__(self, *stages): self.stages, self.done = stages, 0
    def run(self, docs):
        for doc in docs:
            for stage in self.stages:
                doc = stage(doc)
            self.done += 1
            yield doc
pipe = Pipeline(Clean(), Tag(), Summarise(), Score())
docs = [{"id": i, "text": f"  Some   TEXT {i} "} for i in range(5)]
result = list(pipe.run(docs))
tagged = {}
for d in result:
    for t in d["tags"]:
        tagged.setdefault(t, []).append(d["id"])
mean = sum(d["score"] for d in result) / len(result)
print(pipe.done, tagged, mean, Stage.registry)
