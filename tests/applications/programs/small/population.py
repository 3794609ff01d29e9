"""Evolution of prompts: mutate, score, select, with a seeded random choice and a hall of fame."""
# time: 6

random.seed(7)
@dataclass
class Prompt:
    text: str
    born: int
    score: int | None = None
    def scored(self):
        if self.score is None:
            self.score = rate(self.text)
        return self.score
pool = [Prompt(f"seed {i}", 0) for i in range(4)]
fame = deque(maxlen=3)
for gen in range(1, 4):
    parents = random.sample(pool, 2)
    children = [Prompt(llm(f"mutate {p.text} {gen}"), gen) for p in parents]
    pool = sorted(pool + children, key=lambda p: (-p.scored(), p.born, p.text))[:4]
    fame.append(dataclasses.replace(pool[0], text=pool[0].text.upper()))
    print(gen, [p.score for p in pool], f"{statistics.mean(p.score for p in pool):.2f}")
ages = Counter(p.born for p in pool)
