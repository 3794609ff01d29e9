"""Hangman with scripted guesses, a mask, a score."""


class GameOver(Exception):
    def __init__(self, won, word):
        self.won = won
        super().__init__(f"{'won' if won else 'lost'}: {word}")


class Hangman:
    LIVES = 4

    def __init__(self, word):
        self.word, self.guessed, self.lives = word, set(), self.LIVES

    def mask(self):
        return " ".join(c if c in self.guessed or not c.isalpha() else "_" for c in self.word)

    def guess(self, letter):
        if not letter.isalpha() or len(letter) != 1:
            raise ValueError(f"not a letter: {letter!r}")
        if letter in self.guessed:
            return "again"
        self.guessed.add(letter)
        if letter not in self.word:
            self.lives -= 1
            if not self.lives:
                raise GameOver(False, self.word)
            return "wrong"
        if set(filter(str.isalpha, self.word)) <= self.guessed:
            raise GameOver(True, self.word)
        return "right"


def play(word, letters):
    game = Hangman(word)
    for letter in letters:
        try:
            answer = game.guess(letter)
        except ValueError as e:
            print("  ", e)
            continue
        except GameOver as over:
            print("  ", over, game.lives)
            return over.won
        print(f"   {letter} {answer:6} {game.mask()} {'*' * game.lives}")
    return None


results = {}
for word, letters in {"ice-cream": ["e", "x", "e", "9", *"cimar"], "zebra": "qwty", "hi": "h"}.items():
    print(word)
    results[word] = play(word, letters)
print(results)
