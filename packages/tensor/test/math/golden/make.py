# Writes functions.json into this folder: for each function of src/math, rows of the arguments, the double nearest to the result (mpmath,
# 1,400 bits, so that the largest angles are reduced exactly), and how far the result lies from it in units in the last place.
#
#     /usr/bin/python3 make.py
import json
import math
import random

import mpmath
from mpmath import mpf

mpmath.mp.prec = 1400
rng = random.Random(83832)


def sized(low, high):
    """A number of either sign with a size from 2^low to 2^high."""
    return rng.choice([-1, 1]) * math.ldexp(1 + rng.random(), rng.randint(low, high - 1))


def linear(low, high):
    return lambda: rng.uniform(low, high)


small = lambda: sized(-60, -1)
positive = lambda: abs(sized(-1074, 1024))
near1 = lambda: 1 + sized(-50, -3)
tiny = [5e-324, -5e-324, 2.0**-1022, 2.0**-1022 - 5e-324, -1e-308]
angles = [linear(-8, 8), linear(-1e5, 1e5), small, lambda: sized(1, 1023), lambda: rng.randint(-3000, 3000) * math.pi / 2]
turns = tiny + [k * math.pi / 4 for k in range(1, 9)] + [2.0**20, 1e22, 6381956970095103 * 2.0**797, 1.7976931348623157e308]
exponents = [linear(-1, 1), linear(-745, 709), small, linear(-745.1, -708)]
logs = [linear(0, 3), positive, near1, lambda: math.exp(rng.uniform(-5, 5))]
functions = {
    "exp": (mpmath.exp, exponents, tiny + [709.782712893384, -745.1332191019411, -708.3964185322641, 1.0, -1.0]),
    "exp2": (lambda x: mpf(2) ** x, [linear(-1, 1), linear(-1074, 1024), small], tiny + [-1074.5, -1022.25, 1023.9999999999999]),
    "expm1": (mpmath.expm1, exponents[:3] + [linear(-0.01, 0.01), linear(-45, 45)], tiny + [709.782712893384, 1e-20]),
    "sinh": (mpmath.sinh, [linear(-1, 1), linear(-710, 710), small, linear(-0.01, 0.01)], tiny + [710.4758600739439]),
    "cosh": (mpmath.cosh, [linear(-1, 1), linear(-710, 710), small], tiny + [710.4758600739439, -710.4]),
    "tanh": (mpmath.tanh, [linear(-1, 1), linear(-22, 22), small, linear(-0.01, 0.01)], tiny + [18.7, 19.1, 1e300]),
    "log": (mpmath.log, logs, [5e-324, 1.7976931348623157e308, 1 - 2.0**-53, 1 + 2.0**-52, math.e]),
    "log2": (lambda x: mpmath.log(x, 2), logs, [5e-324, 1.7976931348623157e308, 1 - 2.0**-53, 1 + 2.0**-52]),
    "log10": (mpmath.log10, logs, [5e-324, 1.7976931348623157e308, 1 - 2.0**-53, 1 + 2.0**-52]),
    "log1p": (mpmath.log1p, [linear(-1, 3), small, positive, linear(-0.01, 0.01)], tiny + [-1 + 2.0**-53, 1 / 512, -1 / 512]),
    "sin": (mpmath.sin, angles, turns),
    "cos": (mpmath.cos, angles, turns),
    "tan": (mpmath.tan, angles, turns),
    "asin": (mpmath.asin, [linear(-1, 1), small, lambda: 1 - abs(sized(-53, -1))], tiny + [1.0, -1.0, 0.5, -0.5]),
    "acos": (mpmath.acos, [linear(-1, 1), small, lambda: 1 - abs(sized(-53, -1))], tiny + [-1.0, 0.5, -0.5, 1 - 2.0**-53]),
    "atan": (mpmath.atan, [linear(-1, 1), linear(-100, 100), lambda: sized(-60, 60)], tiny + [1.0, 1e300, 64.0, 1 / 32]),
    "pow": (
        lambda x, y: x**y,
        [
            lambda: (rng.uniform(0, 2), rng.uniform(-100, 100)),
            lambda: (positive(), rng.uniform(-0.9, 0.9)),
            lambda: (near1(), sized(0, 8)),
            lambda: (rng.uniform(0.8, 1), float(rng.randint(1, 1000))),
            lambda: (rng.uniform(-50, 50), float(rng.randint(-40, 40))),
        ],
        [(1 + 2.0**-52, 1e18), (5e-324, 0.5), (1.7976931348623157e308, -1.04), (2.0, -1074.0), (-3.0, 33.0), (0.999, 200000.0)],
    ),
    "atan2": (
        mpmath.atan2,
        [lambda: (rng.uniform(-1, 1), rng.uniform(-1, 1)), lambda: (sized(-1074, 1023), sized(-1074, 1023)), lambda: (sized(-30, 0), sized(-3, 3))],
        [(1.0, 1.0), (-1.0, -1.0), (5e-324, 1.0), (5e-324, -5e-324), (1e308, 1e-308), (-1e-308, 1.7e308)],
    ),
    "hypot": (
        lambda x, y: mpmath.sqrt(x * x + y * y),
        [lambda: (rng.uniform(-1, 1), rng.uniform(-1, 1)), lambda: (sized(-900, 1000), sized(-900, 1000)), lambda: (sized(-20, 20), sized(-20, 20))],
        [(3e200, 4e200), (1e308, 1e308), (5e-324, 0.0), (3e-320, -4e-320)],
    ),
}


def row(f, arguments):
    exact = f(*(mpf(x) for x in arguments))
    nearest = float(exact)
    if nearest == 0 or math.isinf(nearest):
        return None
    return [*arguments, nearest, round(float((exact - mpf(nearest)) / mpf(math.ulp(nearest))), 5)]


def rows(f, draws, given):
    listed = given + [draw() for _ in range(30) for draw in draws]
    results = [row(f, x if isinstance(x, tuple) else (x,)) for x in listed]
    return [r for r in results if r is not None]


with open("functions.json", "w") as file:
    file.write("{\n")
    file.write(",\n".join(f'"{name}": {json.dumps(rows(*spec), separators=(",", ":"))}' for name, spec in functions.items()))
    file.write("\n}\n")
