"""Questions over sections of documents: which ones are relevant, then the answer with citations."""
# time: 3

@dataclass
class Section:
    title: str
    body: str
    @property
    def citation(self): return f"[{self.title}]"

class Document:
    def __init__(self, name, text):
        self.name = name
        self.sections = [Section(f"{name}.{i}", part) for i, part in enumerate(text.split("|"))]
    def __iter__(self):
        yield from self.sections
    def __getitem__(self, title):
        return next(s for s in self.sections if s.title == title)

docs = [Document("guide", "install|configure|run"), Document("faq", "why|how|when|who")]

def relevant(question, doc):
    return [s for s in doc if rate(f"{question}?{s.body}") >= 5]

def answer(question):
    sections = [s for doc in docs for s in relevant(question, doc)]
    if not sections:
        return "I do not know", []
    text = llm(f"{question}\n" + "\n".join(f"{s.citation} {s.body}" for s in sections))
    return text, [s.citation for s in sections]

for question in ("how to install", "who made it", "when to run"):
    text, citations = answer(question)
    checked = judge(text, question)
    print(f"{question}: {text} {' '.join(citations)} {'ok' if checked else 'unchecked'}")
