# Writes the reference values of the random engines into this folder:
#
#     /usr/bin/python3 make.py path/to/training/rng.json
#
# golden.json      what the tests use of rng.json (PyTorch 1.13.1 on AVX2 without MKL, NumPy 1.24.2)
# torch.json       further seeds and sizes from the installed PyTorch (made with the same version)
# multinomial.json categories drawn by the installed PyTorch, which is built without MKL
# numpy.json       further seeds from the installed NumPy
# functions.json   log, sin, cos rounded from 60 digits (mpmath), and a*b+c rounded once (exact rationals)
# xoshiro.json     four xoshiro128++ generators, written down a second time in Python from the paper
import json
import random
import sys
from fractions import Fraction

import mpmath
import numpy as np
import torch


def write(name, value):
    with open(name, "w") as file:
        json.dump(value, file, separators=(",", ":"))
        file.write("\n")


golden = json.load(open(sys.argv[1]))
write(
    "golden.json",
    {
        "torch": [
            {"seed": s["seed"], "values": {k: v["d"] for k, v in s["values"].items()}} for s in golden["torch_seeds"]
        ],
        "numpy": [s for s in golden["numpy_seeds"] if "values" in s],
    },
)


def flat(t):
    if t.dtype == torch.float32:  # the shortest decimals that give the same float32
        return [float(str(np.float32(x))) for x in t.flatten().tolist()]
    return t.flatten().tolist()


torch.set_num_threads(1)
f64 = torch.float64
cases = []
for seed in [5, 1234, 2**31, 2**32 - 1, 2**32 + 7, -1, -123456, 2**53 - 1]:
    for dtype in ("float32", "float64"):
        for n in (1, 15, 16, 31, 100):
            for kind, a, b in (("uniform", 0, 1), ("uniform", -0.37796447, 0.37796447), ("normal", 0, 1), ("normal", -0.1, 0.02)):
                torch.manual_seed(seed)
                t = torch.empty(n, dtype=getattr(torch, dtype))
                cases.append([seed, dtype, kind, a, b, flat(t.uniform_(a, b) if kind == "uniform" else t.normal_(a, b))])
streams = []
for seed in [0, 5, 77, 2**32 - 2]:
    torch.manual_seed(seed)
    streams.append(
        [
            seed,
            {
                "randint(0,10)": flat(torch.randint(0, 10, (20,))),
                "randint(-7,2**31-1)": flat(torch.randint(-7, 2**31 - 1, (20,))),
                "randint(-2**31,2**31)": flat(torch.randint(-(2**31), 2**31, (20,))),
                "randint(-5,2**40)": flat(torch.randint(-5, 2**40, (20,))),
                "randperm(257)": flat(torch.randperm(257)),
                "bernoulli_(.3)": flat(torch.empty(30).bernoulli_(0.3)),
                "bernoulli_(.7) float64": flat(torch.empty(30, dtype=f64).bernoulli_(0.7)),
                "bernoulli_(.5) bool": flat(torch.empty(30, dtype=torch.bool).bernoulli_(0.5).int()),
                "bernoulli(.3)": flat(torch.bernoulli(torch.full((30,), 0.3))),
                "bernoulli(.3) float64": flat(torch.bernoulli(torch.full((30,), 0.3, dtype=f64))),
                "randn(5)": flat(torch.randn(5)),
                "randn(4) float64": flat(torch.randn(4, dtype=f64)),
                "rand(3)": flat(torch.rand(3)),
                "randn(20)": flat(torch.randn(20)),
                "randn(1) float64": flat(torch.randn(1, dtype=f64)),
                "random_() % 2**32": int(torch.empty((), dtype=torch.int64).random_().item()) % 2**32,
                "rand(1) at the end": flat(torch.rand(1)),
            },
        ]
    )
write("torch.json", {"cases": cases, "streams": streams})

streams = []
for seed in [5, 77, 83832, 2**31, 2**32 - 1]:
    r = np.random.RandomState(seed)
    stream = {
        "rand": r.rand(30).tolist(),
        "randn": r.randn(31).tolist(),
        "uniform(-2,3)": r.uniform(-2, 3, 20).tolist(),
        "normal(1,2)": r.normal(1, 2, 20).tolist(),
        "randint(0,10)": r.randint(0, 10, 20).tolist(),
        "randint(-2**31,2**31)": r.randint(-(2**31), 2**31, 20).tolist(),
        "randint(-5,2**40)": r.randint(-5, 2**40, 20).tolist(),
        "randint(3,4)": r.randint(3, 4, 2).tolist(),
        "permutation(257)": r.permutation(257).tolist(),
        "choice(5,6)": r.choice(5, 6).tolist(),
        "choice(20,6,replace=False)": r.choice(20, 6, replace=False).tolist(),
        "randint(2**32)": int(r.randint(2**32)),
        "randn(1)": r.randn(1).tolist(),
    }
    name, key, pos, has_gauss, gauss = r.get_state()
    stream["get_state"] = {"key": key.tolist(), "position": int(pos), "cachedNormal": float(gauss) if has_gauss else None}
    streams.append([seed, stream])
write("numpy.json", streams)

mpmath.mp.dps = 60
rng = random.Random(1)
xs = [rng.random() for _ in range(150)] + [rng.random() * 2 ** rng.randint(-100, 100) for _ in range(100)]
xs += [1 - 2.0**-k for k in range(1, 54)] + [1 + 2.0**-k for k in range(1, 53)] + [1.0, 0.5, 2.0, 2.0**-1022]
angles = [2 * np.pi * rng.random() for _ in range(200)] + [2.0**-k for k in range(1, 60)] + [0.0, float(np.pi)]
angles += [float(np.nextafter(k * np.pi / 4, 0)) for k in range(1, 9)]
triples = []
for i in range(300):
    a, b = rng.uniform(-2, 2), rng.uniform(-2, 2)
    c = rng.uniform(-2, 2) * 2.0 ** -rng.randint(0, 80) if i % 3 else -a * b
    triples.append([a, b, c, float(Fraction(a) * Fraction(b) + Fraction(c))])
write(
    "functions.json",
    {
        "log": [[x, float(mpmath.log(x))] for x in xs],
        "sincos": [[x, float(mpmath.sin(x)), float(mpmath.cos(x))] for x in angles],
        "fma": triples,
    },
)

drawn = []
for seed in range(6):
    for weights in ([0.0, 10, 3, 0], [0.1, 0.2, 0.7], [1.0] * 7, [[0.5, 0.25, 0.0, 4], [3.0, 0, 1, 0]]):
        for dtype in ("float32", "float64"):
            for n, replacement in ((1, False), (2, False), (1, True), (9, True)):
                torch.manual_seed(seed)
                x = torch.tensor(weights, dtype=getattr(torch, dtype))
                drawn.append([seed, weights, dtype, n, replacement, torch.multinomial(x, n, replacement).tolist()])
write("multinomial.json", drawn)

MASK = 0xFFFFFFFF


def rotl(x, k):
    return ((x << k) | (x >> (32 - k))) & MASK


def xoshiro128plusplus(s):
    s = list(s)
    while True:
        yield (rotl((s[0] + s[3]) & MASK, 7) + s[0]) & MASK
        t = (s[1] << 9) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)


lanes = [rng.getrandbits(32) for _ in range(16)]
generators = [xoshiro128plusplus(lanes[l : l + 4]) for l in range(0, 16, 4)]
words = [next(generators[i % 4]) for i in range(1000)]
known = xoshiro128plusplus([1, 2, 3, 4])
write("xoshiro.json", {"lanes": lanes, "words": words, "of1234": [next(known) for _ in range(10)]})
