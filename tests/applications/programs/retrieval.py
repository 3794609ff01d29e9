"""Questions answered from documents: rewrite the question, embed, take the nearest, rerank, answer with citations."""

import math
from dataclasses import dataclass, field

from openai import OpenAI


client = OpenAI()
DOCUMENTS = {
    "solar": "Solar panels turn light into current. Their price fell by ninety percent in ten years. Storage is the open problem.",
    "wind": "Wind turbines grow taller each year. Offshore wind blows more evenly. Birds need corridors between the rotors.",
    "grid": "The grid balances supply and demand every second. Long lines lose little power. Storage makes the grid easier to run.",
    "heat": "Heat pumps move warmth instead of making it. They need little current. Old houses need larger radiators.",
}


@dataclass
class Chunk:
    source: str
    number: int
    text: str
    vector: list = field(default_factory=list, repr=False)


@dataclass
class Answer:
    question: str
    text: str
    sources: list


def embed(text):
    return client.embeddings.create(model="text-embedding-3-small", input=text).data[0].embedding


def ask(prompt, system="You are terse."):
    messages = [{"role": "system", "content": system}, {"role": "user", "content": prompt}]
    return client.chat.completions.create(model="gpt-4o-mini", messages=messages).choices[0].message.content


def cosine(a, b):
    return sum(x * y for x, y in zip(a, b)) / (math.sqrt(sum(x * x for x in a)) * math.sqrt(sum(y * y for y in b)))


class Index:
    def __init__(self):
        self.chunks = []

    def add(self, source, text):
        for number, sentence in enumerate(text.split(". ")):
            chunk = Chunk(source, number, sentence.rstrip("."))
            chunk.vector = embed(chunk.text)
            self.chunks.append(chunk)

    def nearest(self, query, k=4):
        vector = embed(query)
        ranked = sorted(self.chunks, key=lambda chunk: (-cosine(chunk.vector, vector), chunk.source, chunk.number))
        return ranked[:k]


def rerank(question, chunks, keep=2):
    scored = []
    for chunk in chunks:
        reply = ask(f"Rate from 1 to 10 how well this answers '{question}': {chunk.text}")
        try:
            score = int(reply)
        except ValueError:
            score = 0
        scored.append((score, chunk))
    scored.sort(key=lambda pair: pair[0], reverse=True)
    return [chunk for _, chunk in scored[:keep]]


def answer(index, question):
    query = ask(f"Rewrite as a search query: {question}")
    best = rerank(question, index.nearest(query))
    context = "\n".join(f"[{i}] {chunk.text}" for i, chunk in enumerate(best, 1))
    text = ask(f"{context}\nAnswer: {question}", system="Use only the context.")
    return Answer(question, text, [f"{chunk.source}#{chunk.number}" for chunk in best])


index = Index()
for name, document in DOCUMENTS.items():
    index.add(name, document)
print(len(index.chunks), "chunks")

questions = ["Why is storage important?", "What do old houses need?", "How fast did prices fall?"]
answers = []
for question in questions:
    found = answer(index, question)
    print(f"{found.question} -> {found.text} ({', '.join(found.sources)})")
    answers.append(found)
