"""Writes print.json: tensors and what PyTorch itself prints for them.

    python3 packages/tensor/test/golden/print.py > packages/tensor/test/golden/print.json

Made with PyTorch 1.13. Each case says how to build the tensor and keeps torch's repr untouched; ../print.test.ts translates the names.
torchlet's int32 is the default for integers, as int64 is PyTorch's: such cases are int64 here.

Values are listed in row-major order, or as a recipe [mul, mod, sub, div]: element i is ((i * mul) % mod - sub) / div.
"""
import json
import math

import torch

DTYPES = {"float32": torch.float32, "float64": torch.float64, "int32": torch.int64, "bool": torch.bool}
TORCH_NAMES = {"sciMode": "sci_mode"}
cases = []


def encode(value):
    if isinstance(value, (bool, int)):
        return int(value)
    if math.isnan(value) or math.isinf(value) or (value == 0 and math.copysign(1, value) < 0):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity", "-0.0": "-0"}[repr(value)]
    return value


def case(title, values, shape=None, dtype="float32", grad=None, **options):
    """values: a (nested) list, or a recipe with an explicit shape. grad: None, "leaf", or a function whose result is printed."""
    entry = {"title": title}
    if isinstance(values, tuple):
        mul, mod, sub, div = values
        count = math.prod(shape)
        flat = [((i * mul) % mod - sub) / div for i in range(count)]
        x = torch.tensor(flat, dtype=torch.float64).to(DTYPES[dtype]).reshape(shape)
        entry["recipe"] = values
    else:
        x = torch.tensor(values, dtype=DTYPES[dtype])
        if shape is not None:
            x = x.reshape(shape)
    if grad is not None:
        x.requires_grad_()
    if callable(grad):
        x = grad(x)
        entry.pop("recipe", None)
    if "recipe" not in entry:
        entry["values"] = [encode(v) for v in x.detach().reshape(-1).tolist()]
    entry.update(shape=list(x.shape), dtype=dtype)
    if x.requires_grad:
        entry["requiresGrad"] = True
    if x.grad_fn is not None:
        entry["gradFnName"] = type(x.grad_fn).__name__.replace("Backward0", "")
    if options:
        entry["options"] = {k: "Infinity" if v == math.inf else v for k, v in options.items()}
    torch.set_printoptions(profile="default")
    torch.set_printoptions(**{TORCH_NAMES.get(k, k): v for k, v in options.items()})
    entry["torch"] = repr(x)
    torch.set_printoptions(profile="default")
    cases.append(entry)


nan, inf = math.nan, math.inf

for d in ("float32", "float64"):
    case("a whole number", 3.0, dtype=d)
    case("a fraction", 0.1, dtype=d)
    case("zero", 0.0, dtype=d)
    case("negative zero", -0.0, dtype=d)
    case("a small number", 1e-5, dtype=d)
    case("a large number", 123456789.0, dtype=d)
    case("nan", nan, dtype=d)
    case("-inf", -inf, dtype=d)
    case("whole floats", [1.0, 2.0, 30.0], dtype=d)
    case("fractions", [0.1, 0.25, 3.14159], dtype=d)
    case("negative numbers aligned", [-1.5, 2.25, -10.125], dtype=d)
    case("negative whole numbers aligned", [-1.0, 2.0, -100.0], dtype=d)
    case("a matrix", [[1.0, 2.0], [3.0, 4.0]], dtype=d)
    case("a matrix of mixed widths", [[1.5, -22.25], [333.125, 4.0]], dtype=d)
    case("three dimensions", (7, 13, 6, 4), [2, 3, 2], d)
    case("four dimensions", (5, 11, 5, 8), [2, 2, 2, 3], d)
    case("five dimensions", (5, 11, 5, 1), [1, 2, 2, 2, 2], d)
    case("ratio 1000, whole", [1.0, 1000.0], dtype=d)
    case("ratio above 1000, whole", [1.0, 1001.0], dtype=d)
    case("ratio above 1000 with zero", [0.0, 1.0, -1001.0], dtype=d)
    case("ratio 1000, fractions", [0.5, 500.0], dtype=d)
    case("ratio above 1000, fractions", [0.5, 501.0], dtype=d)
    case("1e8, whole", [1e8], dtype=d)
    case("above 1e8, whole", [100000008.0], dtype=d)
    case("up to 1e-4", [1e-4, 2e-4], dtype=d)
    case("below 1e-4", [0.99e-4, 2e-4], dtype=d)
    case("extreme exponents", [1e-30, 1e30], dtype=d)
    case("wide ratio with nonfinite", [1e-3, 1e3, nan, inf, -inf, 0.0, -0.0], dtype=d)
    case("nonfinite among fractions", [0.5, nan, inf, -inf], dtype=d)
    case("nonfinite among whole numbers", [1.0, nan, inf, -inf], dtype=d)
    case("only nonfinite", [nan, inf, -inf], dtype=d)
    case("zeros", [0.0, -0.0, 0.0], dtype=d)
    case("zeros and nan", [[0.0, nan], [-0.0, 1.0]], dtype=d)
    case("rounds to negative zero", [-0.00001, 1.0, 0.001], sciMode=False, dtype=d)
    case("empty", [], dtype=d)
    case("empty matrix", [], [0, 3], d)
    case("empty in the middle", [], [2, 0, 3], d)
    case("line wrapping, whole", (1, 1000, 0, 1), [40], d)
    case("line wrapping, fractions", (37, 101, 50, 8), [33], d)
    case("line wrapping in a matrix", (37, 101, 50, 8), [3, 17], d)
    case("line wrapping in three dimensions", (37, 101, 50, 8), [2, 2, 17], d)
    case("line wrapping, scientific", (37, 101, 0, 1024), [20], d)
    case("1000 elements", (1, 1000, 0, 1), [1000], d)
    case("summarised vector", (1, 5000, 0, 1), [1001], d)
    case("summarised fractions", (7919, 10007, 5000, 256), [5000], d)
    case("summarised matrix", (7919, 10007, 5000, 256), [100, 50], d)
    case("summarised tall matrix", (7919, 10007, 5000, 256), [500, 3], d)
    case("summarised wide matrix", (7919, 10007, 5000, 256), [2, 600], d)
    case("summarised at the limit 6 and 7", (7919, 10007, 5000, 256), [6, 7, 40], d)
    case("summarised four dimensions", (7919, 10007, 5000, 256), [8, 2, 7, 12], d)
    case("summary chosen from what is shown", (1, 3000, 1500, 1), [3000], d, edgeitems=2)
    case("leaf", [1.0, 2.0], dtype=d, grad="leaf")
    case("leaf matrix", (37, 101, 50, 8), [4, 5], dtype=d, grad="leaf")
    case("result", [1.5, 2.0], dtype=d, grad=lambda x: x + 1)
    case("result scalar", [1.5, 2.0], dtype=d, grad=lambda x: x.sum())
    case("result with notes on a new line", (37, 101, 50, 8), [8], dtype=d, grad=lambda x: x * x)
    case("empty leaf", [], [0, 3], d, grad="leaf")

for title, values, shape in [
    ("scalar", 5, None), ("vector", [1, 20, -300], None), ("matrix", [[1, -2], [30, 4]], None), ("zeros", [0, 0], None),
    ("large", [2147483647, -2147483648, 0], None), ("wrapped", (1, 1000, 0, 1), [60]), ("summarised", (1, 5000, 0, 1), [2000]),
    ("summarised matrix", (97, 1009, 500, 1), [40, 40]), ("empty", [], None), ("empty matrix", [], [3, 0]),
]:
    case("integers: " + title, values, shape, "int32")
for title, values, shape in [
    ("true", True, None), ("false", False, None), ("only true", [True, True], None), ("mixed", [[True, False], [False, True]], None),
    ("wrapped", (1, 2, 0, 1), [25]), ("summarised", (1, 2, 0, 1), [30, 40]), ("empty", [], None), ("empty matrix", [], [0, 2]),
]:
    case("bools: " + title, values, shape, "bool")

ties = [0.5, 1.5, 2.5, 0.25, 0.75, 0.125, 0.375, 1.00005, 0.00005, 2.00015, 1 / 32, 3 / 32, -0.5, -2.5, -0.03125]
for p in (0, 1, 2, 3, 4, 10, 16):
    case(f"ties, {p} digits", ties, dtype="float64", precision=p, sciMode=False)
    case(f"ties, {p} digits, scientific", ties, dtype="float64", precision=p, sciMode=True)
    case(f"large ties, {p} digits, scientific",
         [25.0, 35.0, 250.0, 12345.0, 12355.0, 999995.0, 95.0, 1000050000.0, 2**54 + 4.0, 1e22, 5e22, 1.5e300], dtype="float64",
         precision=p)
    case(f"float32, {p} digits", [0.1, 1 / 3, 2.5, 100.00005, 0.30000001], precision=p)
case("huge without scientific notation", [1e20, 1e21, 1.5, -1e22], dtype="float64", sciMode=False)
case("huge whole numbers without scientific notation", [1e20, 1e21, 1.2345678e300], dtype="float64", sciMode=False)
case("extremes", [5e-324, 1.7976931348623157e308, 2.2250738585072014e-308], dtype="float64")
case("extremes of float32", [1e-45, 3.4028234663852886e38, 1.1754943508222875e-38])

case("scientific asked for", [[1.0, -10.0], [0.5, 3.0]], sciMode=True)
case("scientific asked for, zeros", [0.0, 0.0], sciMode=True)
case("scientific refused", [1e-6, 1.0, 1e6], sciMode=False)
case("threshold", (1, 100, 0, 1), [10], threshold=5)
case("threshold that nothing can be left out for", (1, 100, 0, 1), [2, 6], threshold=5)
case("threshold Infinity", (1, 5000, 0, 1), [1500], threshold=inf)
case("edgeitems 1", (37, 101, 50, 8), [5, 5, 5], threshold=10, edgeitems=1)
case("edgeitems beyond the width", (1, 5000, 0, 1), [1500], edgeitems=20)
case("narrow lines", (37, 101, 50, 8), [2, 8], linewidth=30)
case("lines narrower than a number", (37, 101, 50, 8), [3], linewidth=5)
case("wide lines", (37, 101, 50, 8), [30], linewidth=200)
for w in range(20, 28):
    case(f"the size in {w} columns", [], [0, 3], linewidth=w)
    case(f"a row in {w} columns", (37, 101, 50, 8), [2, 4], linewidth=w)

print('{')
print(f'"madeBy": "python3 packages/tensor/test/golden/print.py", "torchVersion": "{torch.__version__}",')
print('"cases": [')
print(",\n".join(json.dumps(c, allow_nan=False) for c in cases))
print("]\n}")
