"""A debate: in each round everyone reads what everyone said in the round before; a judge scores, the winner is named."""

import anthropic


client = anthropic.Anthropic()


class Debater:
    def __init__(self, name, side):
        self.name = name
        self.system = f"You are {name} and argue {side} the motion."
        self.messages = []

    def speak(self, prompt):
        self.messages.append({"role": "user", "content": prompt})
        reply = client.messages.create(model="claude-sonnet", max_tokens=200, system=self.system, messages=self.messages)
        text = reply.content[0].text
        self.messages.append({"role": "assistant", "content": text})
        return text


def judge(name, text):
    reply = client.messages.create(
        model="claude-sonnet",
        max_tokens=10,
        messages=[{"role": "user", "content": f"Score the argument of {name} from 1 to 10: {text}"}],
    )
    return int(reply.content[0].text)


motion = "cities should ban cars"
debaters = [Debater("Ann", "for"), Debater("Ben", "against"), Debater("Cyd", "for"), Debater("Dov", "against")]
transcript = []
scores = {d.name: 0 for d in debaters}

said = {d.name: d.speak(f"Open the debate: {motion}") for d in debaters}
transcript.append(dict(said))
for round in range(1, 4):
    before = said
    said = {}
    for debater in debaters:
        others = "\n".join(f"{name}: {text}" for name, text in before.items() if name != debater.name)
        said[debater.name] = debater.speak(f"Round {round}. The others said:\n{others}\nReply.")
        scores[debater.name] += judge(debater.name, said[debater.name])
    transcript.append(dict(said))
    leader = max(scores, key=scores.get)
    print(f"after round {round}: {leader} leads with {scores[leader]}")

winner = max(scores, key=lambda name: (scores[name], name))
verdict = client.messages.create(
    model="claude-sonnet", max_tokens=100, messages=[{"role": "user", "content": f"Say why {winner} won: {transcript[-1][winner]}"}]
)
print(f"{winner} won. {verdict.content[0].text}")
