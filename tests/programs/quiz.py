"""A quiz with several kinds of questions, hints, partial credit, a report."""

from abc import ABC, abstractmethod
from difflib import SequenceMatcher


class Question(ABC):
    points = 1

    def __init__(self, text, answer):
        self.text, self.answer = text, answer

    @abstractmethod
    def grade(self, given): ...

    def ask(self, given):
        try:
            return self.points * self.grade(given)
        except (ValueError, TypeError) as e:
            print(f"  cannot grade {given!r}: {type(e).__name__}")
            return 0


class Number(Question):
    def __init__(self, text, answer, tolerance=0):
        super().__init__(text, answer)
        self.tolerance = tolerance

    def grade(self, given):
        return abs(float(given) - self.answer) <= self.tolerance


class Choice(Question):
    points = 2

    def grade(self, given):
        right, wrong = set(given) & self.answer, set(given) - self.answer
        return max(0, len(right) - len(wrong)) / len(self.answer)


class Spelling(Question):
    def grade(self, given):
        ratio = SequenceMatcher(None, given.lower(), self.answer).ratio()
        return 1 if ratio == 1 else 0.5 if ratio > 0.8 else 0


quiz = [Number("6 * 7", 42), Number("pi", 3.14, 0.01), Choice("vowels", set("ae")), Spelling("the capital of France", "paris")]
answers = {"ann": ["42", "3.1416", "ae", "Paris"], "bob": ["41", "three", "ab", "pariss"], "cyd": [None, 3.2, "abe", "x"]}
scores = {}
for name, given in answers.items():
    print(name)
    got = [q.ask(a) for q, a in zip(quiz, given)]
    scores[name] = sum(got)
    print(" ", got, sum(got))
best = max(sum(q.points for q in quiz), 1)
for name, score in sorted(scores.items(), key=lambda s: -s[1]):
    print(f"{name} {score / best:6.1%} {'*' * round(10 * score / best)}")
