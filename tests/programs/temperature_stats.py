"""Measurements: units as classes, conversions, moving statistics, outliers, a sparkline."""

from abc import ABC, abstractmethod
from statistics import mean, stdev


class Temperature(ABC):
    unit = "?"

    def __init__(self, degrees):
        if self.to_kelvin(degrees) < 0:
            raise ValueError(f"{degrees} {self.unit} is below absolute zero")
        self.degrees = degrees

    @classmethod
    @abstractmethod
    def to_kelvin(cls, degrees): ...

    @classmethod
    @abstractmethod
    def from_kelvin(cls, kelvin): ...

    def to(self, other):
        return other(round(other.from_kelvin(self.to_kelvin(self.degrees)), 2))

    def __lt__(self, other):
        return self.to_kelvin(self.degrees) < other.to_kelvin(other.degrees)

    def __str__(self):
        return f"{self.degrees:g} {self.unit}"


class Celsius(Temperature):
    unit = "C"
    to_kelvin = classmethod(lambda cls, d: d + 273.15)
    from_kelvin = classmethod(lambda cls, k: k - 273.15)


class Fahrenheit(Temperature):
    unit = "F"
    to_kelvin = classmethod(lambda cls, d: (d + 459.67) * 5 / 9)
    from_kelvin = classmethod(lambda cls, k: k * 9 / 5 - 459.67)


readings = [Celsius(20), Fahrenheit(70), Celsius(19.5), Celsius(35), Fahrenheit(66)]
for t in sorted(readings):
    print(f"{t!s:>7} {t.to(Celsius)!s:>8} {t.to(Fahrenheit)!s:>8}")
try:
    Celsius(-300)
except ValueError as e:
    print(e)
values = [t.to(Celsius).degrees for t in readings]
m, s = mean(values), stdev(values)
print(f"{m:.2f} +- {s:.2f}", [str(t) for t, v in zip(readings, values) if abs(v - m) > 1.5 * s])
low, high = min(values), max(values)
print("".join("▁▂▃▄▅▆▇█"[int((v - low) / (high - low) * 7)] for v in values))
smooth = [round(mean(values[max(0, i - 1) : i + 2]), 1) for i in range(len(values))]
print(smooth, max(readings).unit)
