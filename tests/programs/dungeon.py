"""A dungeon crawl with a seeded map, monsters as subclasses, loot, turns."""

import random
from abc import ABC
from dataclasses import dataclass, field


class Creature(ABC):
    hp, power, name = 1, 1, "?"

    def __init__(self, rng):
        self.rng, self.hp = rng, type(self).hp

    def attack(self, other):
        damage = self.rng.randint(0, self.power)
        other.hp -= damage
        return damage

    @property
    def alive(self):
        return self.hp > 0


class Rat(Creature):
    hp, power, name = 3, 2, "rat"


class Troll(Creature):
    hp, power, name = 9, 4, "troll"

    def attack(self, other):
        self.hp += 1
        return super().attack(other)


class Hero(Creature):
    hp, power, name = 20, 5, "hero"

    def __init__(self, rng):
        super().__init__(rng)
        self.bag = []


@dataclass
class Room:
    name: str
    monsters: list = field(default_factory=list)
    loot: str | None = None


def build(rng):
    rooms = []
    for k in range(3):
        monsters = [rng.choice((Rat, Rat, Troll))(rng) for _ in range(rng.randint(1, 2))]
        rooms.append(Room(f"room {k}", monsters, rng.choice([None, "gold", "sword"])))
    return rooms


def fight(hero, monster):
    rounds = 0
    while hero.alive and monster.alive:
        rounds += 1
        hero.attack(monster)
        if monster.alive:
            monster.attack(hero)
    return rounds


rng = random.Random(8)
hero = Hero(rng)
for room in build(rng):
    for monster in room.monsters:
        rounds = fight(hero, monster)
        print(f"{room.name}: {monster.name} after {rounds} rounds, hero at {hero.hp}")
        if not hero.alive:
            break
    else:
        if room.loot:
            hero.bag.append(room.loot)
            hero.power = type(hero).power + hero.bag.count("sword")
        continue
    print("the end")
    break
else:
    print("victory with", hero.bag)
