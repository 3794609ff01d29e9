"""Methods of the program's on objects that are still to come: of one class, of several, or None; registered, shared, changed."""


class Review:
    everyone = []

    def __init__(self, score, text, by=None):
        self.score, self.text, self.by, self.notes = score, text, by, []
        Review.everyone.append(self)

    def verdict(self):
        return "good" if self.score > 4 else "bad"

    def title(self):  # a name that texts have, too
        return f"{self.text} by {self.by}"

    def note(self, text):
        self.notes.append(f(text))
        return self

    def total(self):
        return self.score + sum(len(one.notes) for one in Review.everyone)


class Strict(Review):
    def verdict(self):
        return "strict " + super().verdict()


def made(i):
    score = num(i)
    return Strict(score, f(i)) if score > 4 else Review(score, f(i), by="x")


def perhaps(i):
    score = num("p", i)
    return Review(score, f(score)) if score > 4 else None


def replaced(i):
    review = made(i)
    review.verdict = lambda: "own"
    return review


# ---- cell
reviews = []
for i in range(3):
    review = Review(num(i), **{"text": f(i)})
    reviews.append(review)
    print(review.verdict(), review.title())
a, b = made(1), made(2)
print(a.verdict(), b.verdict(), a.note("one").note("two") is a, b.note("three").total(), a.total())
a.score = 100
print(a.total(), [one.title() for one in Review.everyone], replaced(3).verdict())
for one in [perhaps(i) for i in range(3)]:
    try:
        print(one.verdict())
    except AttributeError as e:
        print(e)
Review.everyone.clear()
print(a.note("four").total(), a.notes, a.verdict())
Review.verdict = lambda self: "changed"
print(made(5).verdict(), b.verdict(), reviews[0].verdict())
