"""FizzBuzz in the ways people write it."""

for i in range(1, 16):
    print("FizzBuzz" if i % 15 == 0 else "Buzz" if i % 5 == 0 else "Fizz" if i % 3 == 0 else i, end=" ")
print()
print(*("Fizz" * (not i % 3) + "Buzz" * (not i % 5) or i for i in range(1, 16)))
i = 0
while (i := i + 1) <= 15:
    text = ""
    for n, word in {3: "Fizz", 5: "Buzz"}.items():
        if not i % n:
            text += word
    print(text or str(i), end="," if i < 15 else "\n")
