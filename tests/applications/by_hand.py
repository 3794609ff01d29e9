"""Some of the programs as one would write them with asyncio: what the time of a run under poppy is compared with.

Each gets the names of a run, for its data and pure functions, and gives what has to equal the value of `RESULTS` there.
"""

import asyncio
from types import SimpleNamespace


async def run(name, names):
    """What one of them gives."""
    from openai import AsyncOpenAI

    async with AsyncOpenAI() as client:
        return await PROGRAMS[name](names, client)


async def retrieval(names, client):
    """The texts of the answers."""
    its = SimpleNamespace(**names)

    async def embed(text):
        return (await client.embeddings.create(model="text-embedding-3-small", input=text)).data[0].embedding

    async def ask(prompt, system="You are terse."):
        messages = [{"role": "system", "content": system}, {"role": "user", "content": prompt}]
        return (await client.chat.completions.create(model="gpt-4o-mini", messages=messages)).choices[0].message.content

    async def chunk(source, number, text):
        return its.Chunk(source, number, text, await embed(text))

    async def answer(index, question):
        query = await ask(f"Rewrite as a search query: {question}")
        vector, chunks = await asyncio.gather(embed(query), index)
        nearest = sorted(chunks, key=lambda c: (-its.cosine(c.vector, vector), c.source, c.number))[:4]
        grades = await asyncio.gather(*[ask(f"Rate from 1 to 10 how well this answers '{question}': {c.text}") for c in nearest])
        ranked = sorted(zip(grades, nearest, strict=True), key=lambda pair: int(pair[0]), reverse=True)[:2]
        context = "\n".join(f"[{i}] {c.text}" for i, (_, c) in enumerate(ranked, 1))
        return await ask(f"{context}\nAnswer: {question}", system="Use only the context.")

    pieces = [
        chunk(source, number, sentence.rstrip("."))
        for source, text in its.DOCUMENTS.items()
        for number, sentence in enumerate(text.split(". "))
    ]
    index = asyncio.gather(*pieces)
    return list(await asyncio.gather(*[answer(index, question) for question in its.questions]))


async def summary(names, client):
    """The report."""
    its = SimpleNamespace(**names)

    async def summarise(text):
        messages = [{"role": "system", "content": "At most 20 words."}, {"role": "user", "content": "Summarise:\n" + text}]
        reply = await client.chat.completions.create(model="gpt-4o-mini", messages=messages, temperature=0)
        return reply.choices[0].message.content.strip()

    async def itself(text):
        return text

    async def reduce(parts):
        while len(parts) > 1:
            groups = [parts[i : i + 2] for i in range(0, len(parts), 2)]
            parts = await asyncio.gather(*[summarise("\n".join(g)) if len(g) > 1 else itself(g[0]) for g in groups])
        return parts[0]

    async def section(sections):
        whole = await reduce(await asyncio.gather(*[summarise(text) for text in sections]))
        title = (await client.responses.create(model="gpt-4o-mini", input=f"A title for: {whole}")).output_text
        return f"## {title.removeprefix('In short: ').title()}\n{its.textwrap.fill(whole, 60)}"

    return "\n\n".join(await asyncio.gather(*[section(sections) for sections in its.PAPERS.values()]))


async def agents(names, client):
    """The last thought of each."""
    its = SimpleNamespace(**names)

    async def look_up(text):
        messages = [{"role": "user", "content": f"Look up: {text}"}]
        return (await client.chat.completions.create(model="gpt-4o-mini", messages=messages)).choices[0].message.content

    async def solve(name, task):
        history = [{"role": "system", "content": f"You are {name}. Use tools."}]

        async def say(text):
            history.append({"role": "user", "content": text})
            reply = await client.chat.completions.create(model="gpt-4o", messages=history)
            history.append({"role": "assistant", "content": reply.choices[0].message.content})
            return history[-1]["content"]

        thought = await say(f"Task: {task}. Think.")
        for step in range(3):
            choice = int(await say(f"Rate from 1 to 10 how sure you are ({step}): {thought}"))
            if choice >= 8:
                return thought
            tool = ("calculator", "look_up", "count")[choice % 3]
            result = await look_up(thought) if tool == "look_up" else its.agents[name].tools[tool].run(thought)
            thought = await say(f"Tool {tool} says: {result}. Go on.")
        return f"{thought} (gave up)"

    return dict(zip(its.tasks, await asyncio.gather(*[solve(*one) for one in its.tasks.items()]), strict=True))


PROGRAMS = {"agents": agents, "retrieval": retrieval, "summary": summary}
RESULTS = {
    "agents": lambda names: names["results"],
    "retrieval": lambda names: [answer.text for answer in names["answers"]],
    "summary": lambda names: names["report"],
}
