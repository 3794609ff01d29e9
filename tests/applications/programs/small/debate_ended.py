"""A debate with a transcript shared by all and a moderator that may end it, agents as dataclasses with __post_init__."""
# time: 13

@dataclass
class Speaker:
    name: str
    view: str
    said: list[str] = field(default_factory=list)
    system: str = field(init=False)
    def __post_init__(self):
        self.system = f"You are {self.name} and you are {self.view}."
    def speak(self, transcript):
        text = llm([{"role": "system", "content": self.system}] + [{"role": "user", "content": f"{w}: {t}"} for w, t in transcript[-2:]])
        self.said.append(text)
        return text
class Debate:
    def __init__(self, topic, *speakers, max_rounds=4):
        self.topic, self.speakers, self.max_rounds = topic, speakers, max_rounds
        self.transcript = [("moderator", topic)]
        self.rounds = 0
    def finished(self): return rate("\n".join(t for _, t in self.transcript)) >= 8
    def run(self):
        while self.rounds < self.max_rounds:
            self.rounds += 1
            for s in self.speakers:
                self.transcript.append((s.name, s.speak(self.transcript)))
            if self.finished():
                break
        return self
debates = [Debate(t, Speaker("Ann", "for"), Speaker("Bob", "against")).run() for t in ("cats", "tea", "snow")]
for d in debates:
    print(d.topic, d.rounds, [w for w, _ in d.transcript])
summaries = [llm(f"sum up {d.transcript}") for d in debates]
