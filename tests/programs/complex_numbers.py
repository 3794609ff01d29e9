"""Complex arithmetic: roots, a Mandelbrot in characters, polar forms."""

import cmath


def roots(a, b, c):
    d = cmath.sqrt(b * b - 4 * a * c)
    return (-b + d) / (2 * a), (-b - d) / (2 * a)


for coefficients in [(1, -3, 2), (1, 2, 5), (2, 0, 8)]:
    x, y = roots(*coefficients)
    print(coefficients, x, y, abs(x * y - coefficients[2] / coefficients[0]) < 1e-9)


def escape(c, limit=6):
    z = 0
    for k in range(limit):
        z = z * z + c
        if abs(z) > 2:
            return k
    return limit


for row in (-1, 0):
    print("".join(" .:-=+*#%@@@@"[escape(complex(x / 6, row / 2))] for x in range(-12, 3, 2)))
z = 3 + 4j
print(abs(z), z.conjugate(), z.real, z.imag, z * 1j, complex("1-2j"))
r, phi = cmath.polar(1 + 1j)
print(round(r, 4), round(phi, 4), cmath.isclose(cmath.rect(r, phi), 1 + 1j))
print([f"{w.real:+.2f}{w.imag:+.2f}j" for w in (cmath.exp(2j * cmath.pi * k / 3) for k in range(3))])
