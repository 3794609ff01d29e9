"""A car park: tickets, fees by the hour, a full sign."""


class Full(Exception):
    pass


class CarPark:
    def __init__(self, places, rate=2):
        self.places, self.rate, self.inside, self.income = places, rate, {}, 0

    def enter(self, plate, hour):
        if len(self.inside) == self.places:
            raise Full(f"{plate} has to wait")
        self.inside[plate] = hour

    def leave(self, plate, hour):
        fee = max(1, hour - self.inside.pop(plate)) * self.rate
        self.income += fee
        return fee


park = CarPark(2)
for hour, (what, plate) in enumerate([("enter", "A"), ("enter", "B"), ("enter", "C"), ("leave", "A"), ("enter", "C"), ("leave", "X")]):
    try:
        print(hour, plate, getattr(park, what)(plate, hour))
    except Full as e:
        print(hour, e)
    except KeyError as e:
        print(hour, "who is", e)
print(park.inside, park.income)
