"""A library: members, loans with due dates, fines, reservations."""

from collections import defaultdict, deque


class LibraryError(Exception):
    pass


class Library:
    LIMIT, DAYS, FINE = 2, 14, 0.25

    def __init__(self, titles):
        self.copies = dict.fromkeys(titles, 1)
        self.loans, self.waiting, self.fines = {}, defaultdict(deque), defaultdict(float)
        self.today = 0

    def lend(self, member, title):
        if title not in self.copies:
            raise LibraryError(f"no such book: {title}")
        if sum(who == member for who, _ in self.loans) >= self.LIMIT:
            raise LibraryError(f"{member} has enough")
        if self.fines[member] > 1:
            raise LibraryError(f"{member} owes {self.fines[member]:.2f}")
        queue = self.waiting[title]
        if not self.copies[title] or (queue and queue[0] != member):
            if member not in queue:
                queue.append(member)
            return f"{member} waits as number {queue.index(member) + 1}"
        if queue:
            queue.popleft()
        self.copies[title] -= 1
        self.loans[member, title] = self.today + self.DAYS
        return f"{member} has {title} until day {self.loans[member, title]}"

    def give_back(self, member, title):
        due = self.loans.pop((member, title), None)
        if due is None:
            raise LibraryError(f"{member} does not have {title}")
        self.copies[title] += 1
        late = max(0, self.today - due)
        self.fines[member] += late * self.FINE
        return f"{title} is back" + (f", {late} days late" if late else "")


library = Library(["Emma", "Dune", "Ulysses"])
script = [
    ("lend", "ann", "Emma"), ("lend", "bob", "Emma"), ("lend", "ann", "Dune"), ("lend", "ann", "Ulysses"), ("wait", 20),
    ("give_back", "ann", "Emma"), ("lend", "cyd", "Emma"), ("lend", "bob", "Emma"), ("give_back", "cyd", "Dune"),
    ("lend", "ann", "Ulysses"), ("lend", "bob", "Odyssey"),
]
for command, *args in script:
    if command == "wait":
        library.today += args[0]
        continue
    try:
        print(getattr(library, command)(*args))
    except LibraryError as e:
        print("-", e)
print(dict(library.fines), {t: list(q) for t, q in library.waiting.items() if q}, sorted(library.loans))
