"""A genetic loop with seeded random: selection by tournament, crossover, mutation by a model, elitism, early stop."""
# time: 11

rng = random.Random(3)
class Individual:
    counter = itertools.count()
    __slots__ = ("genes", "fitness", "id")
    def __init__(self, genes):
        self.genes, self.fitness, self.id = genes, None, next(self.counter)
    def __repr__(self): return f"{self.id}:{''.join(self.genes)}={self.fitness}"
def fitness(ind):
    if ind.fitness is None:
        ind.fitness = rate("".join(ind.genes))
    return ind.fitness
def tournament(pop, k=2): return max(rng.sample(pop, k), key=fitness)
def crossover(a, b):
    cut = rng.randrange(1, len(a.genes))
    return Individual(a.genes[:cut] + b.genes[cut:])
def mutate(ind):
    if rng.random() < 0.5:
        i = rng.randrange(len(ind.genes))
        ind.genes[i] = llm(f"mutate {ind.genes[i]}")[4]
    return ind
population = [Individual([rng.choice("abcd") for _ in range(4)]) for _ in range(6)]
history = []
for generation in range(5):
    population.sort(key=fitness, reverse=True)
    history.append((generation, population[0].fitness, sum(i.fitness for i in population)))
    if population[0].fitness >= 10:
        break
    elite = population[:2]
    population = elite + [mutate(crossover(tournament(population), tournament(population))) for _ in range(4)]
best = max(population, key=fitness)
for g, top, total in history:
    print(f"gen {g}: best {top} mean {total / 6:.2f}")
shown = repr(best)
