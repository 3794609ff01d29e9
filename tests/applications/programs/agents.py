"""Agents with tools: each thinks, picks a tool by what the model says, reads the result, and stops when it is content."""

import re

from openai import OpenAI


client = OpenAI()


class Tool:
    def __init__(self, name, run):
        self.name = name
        self.run = run
        self.used = 0

    def __call__(self, argument):
        self.used += 1
        return self.run(argument)


def calculator(text):
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    return f"sum {sum(numbers)}"


def look_up(text):
    reply = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": f"Look up: {text}"}])
    return reply.choices[0].message.content


def count_words(text):
    return f"{len(text.split())} words"


class Agent:
    def __init__(self, name, tools):
        self.name = name
        self.tools = tools
        self.history = [{"role": "system", "content": f"You are {name}. Use tools."}]
        self.tokens = 0

    def say(self, text):
        self.history.append({"role": "user", "content": text})
        reply = client.chat.completions.create(model="gpt-4o", messages=self.history)
        self.tokens += reply.usage.total_tokens
        content = reply.choices[0].message.content
        self.history.append({"role": "assistant", "content": content})
        return content

    def solve(self, task, steps=3):
        thought = self.say(f"Task: {task}. Think.")
        for step in range(steps):
            choice = int(self.say(f"Rate from 1 to 10 how sure you are ({step}): {thought}"))
            if choice >= 8:
                break
            name = list(self.tools)[choice % len(self.tools)]
            result = self.tools[name](thought)
            thought = self.say(f"Tool {name} says: {result}. Go on.")
        else:
            thought += " (gave up)"
        return thought


tasks = {
    "ada": "add 12 and 30",
    "bob": "describe the harbour of Genoa",
    "eve": "count the words of a poem",
    "kim": "estimate the weight of 40 apples",
    "lee": "name three rivers",
}
results = {}
agents = {}
for name, task in tasks.items():
    tools = {"calculator": Tool("calculator", calculator), "look_up": Tool("look_up", look_up), "count": Tool("count", count_words)}
    agents[name] = Agent(name, tools)
    results[name] = agents[name].solve(task)
    print(f"{name}: {results[name]}")

total = sum(agent.tokens for agent in agents.values())
used = {name: {tool.name: tool.used for tool in agent.tools.values() if tool.used} for name, agent in agents.items()}
print(total, "tokens;", used)
