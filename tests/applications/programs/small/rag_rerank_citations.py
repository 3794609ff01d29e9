"""RAG: rewrite, search, rerank with scores, answer with citations, verify each citation."""
# time: 5
import re
from dataclasses import dataclass

@dataclass
class Passage:
    id: str
    text: str
    score: float = 0.0

@dataclass
class Answer:
    question: str
    text: str
    citations: list

def retrieve(question, k=4):
    queries = [question, llm(f"Rewrite: {question}")]
    passages = {}
    for q in queries:
        for hit in search(q, k=k):
            pid = f"{hit['id']}:{hit['text']}"
            if pid not in passages:
                passages[pid] = Passage(pid, hit["text"])
    return list(passages.values())

def rerank(question, passages, top=3):
    for p in passages:
        p.score = rate(f"{question} | {p.text}") / 10
    return sorted(passages, key=lambda p: p.score, reverse=True)[:top]

def answer(question):
    passages = rerank(question, retrieve(question))
    context = "\n".join(f"[{i}] {p.text}" for i, p in enumerate(passages, 1))
    text = llm(f"Answer {question!r} with citations from:\n{context}")
    cited = []
    for i, p in enumerate(passages, 1):
        verdict = rate(f"Is [{i}] {p.text} supported by {text}?")
        if verdict >= 5:
            cited.append(i)
    return Answer(question, text, cited)

questions = ["What is a monad?", "Why is the sky blue?", "Who wrote Faust?"]
answers = []
for q in questions:
    a = answer(q)
    answers.append(a)
    print(f"Q: {a.question}\nA: {a.text} {a.citations}\n")
supported = sum(1 for a in answers if a.citations)
print(f"{supported}/{len(answers)} supported")
