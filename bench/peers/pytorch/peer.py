"""PyTorch: reads rows, one JSON a line, and answers with medians, as harness.mjs does."""

import ctypes
import json
import math
import statistics
import subprocess
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

SAMPLE = 0.0005
BENCH = Path(__file__).resolve().parents[2]
DIGITS = sys.argv[1] if len(sys.argv) > 1 else None


def random(*shape):
    return torch.sin(torch.arange(math.prod(shape), dtype=torch.float64) * 1.7).float().reshape(shape)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 64)
        self.output = nn.Linear(64, 10)
        self.dropout = nn.Dropout(0.2)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        x = self.dropout(F.relu(self.fc1(x)))
        x = self.dropout(F.relu(self.fc2(x)))
        return F.log_softmax(self.output(x), dim=1)


def classifier(row):
    model, criterion = Network(), nn.NLLLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.003)
    images = random(row["batch"], 784)
    labels = torch.arange(row["batch"]) % 10

    def run():
        loss = criterion(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return run


def epoch(_row):
    if DIGITS is None:
        return None
    read = lambda name, header: torch.frombuffer(bytearray(Path(DIGITS, name).read_bytes()[header:]), dtype=torch.uint8)
    pixels = read("train-images-idx3-ubyte", 16).reshape(-1, 28, 28)
    targets = read("train-labels-idx1-ubyte", 8).long()
    model, criterion = Network(), nn.NLLLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)

    def run():
        for indices in torch.randperm(len(targets)).split(128):
            images = (pixels[indices].float() / 255 - 0.1307) / 0.3081
            labels = targets[indices]
            output = model(images)
            loss = criterion(output, labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            output.detach().argmax(1).eq(labels).sum().item()
            loss.item()

    return run


def xor(_row):
    x = torch.tensor([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]], dtype=torch.float64)
    y = torch.tensor([[0], [1], [1], [0]], dtype=torch.float64)
    w1 = torch.randn(3, 2, dtype=torch.float64, requires_grad=True)
    w2 = torch.randn(2, 1, dtype=torch.float64, requires_grad=True)

    def run():
        loss = x.mm(w1).clamp(min=0).mm(w2).sub(y).pow(2).sum()
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= 0.01 * w.grad
                w.grad = None

    return run


def matmul(row):
    a, b = (random(*m["shape"]).t() if m["transposed"] else random(*m["shape"]) for m in (row["a"], row["b"]))
    return lambda: a @ b


OPS = {
    "add": lambda x, other: x + other,
    "mul": lambda x, other: x * other,
    "relu": lambda x, _: F.relu(x),
    "exp": lambda x, _: x.exp(),
    "tanh": lambda x, _: x.tanh(),
    "sigmoid": lambda x, _: x.sigmoid(),
    "sum": lambda x, _: x.sum(),
    "softmax": lambda x, _: F.softmax(x, 1),
}


def op(row):
    f, shape = OPS[row["op"]], (row["size"] // 64, 64)
    x, other = random(*shape), random(*shape)
    if not row["backward"]:
        return lambda: f(x, other)
    x.requires_grad_()
    other.requires_grad_()
    g = torch.tensor(1.0) if row["op"] == "sum" else torch.ones(shape)

    def run():
        x.grad = other.grad = None
        f(x, other).backward(g)

    return run


def calls():
    other = random(1024, 64)
    positive = other > 0
    classes, words = (torch.arange(1024) * 7919 % count for count in (64, 1024))
    return {
        "pow(2)": lambda x: x.pow(2),
        "sqrt": lambda x: x.sqrt(),
        "gelu": lambda x: F.gelu(x),
        "elu": lambda x: F.elu(x),
        "silu": lambda x: F.silu(x),
        "softplus": lambda x: F.softplus(x),
        "layer norm": lambda x: F.layer_norm(x, [64]),
        "batch norm": lambda x: F.batch_norm(x, None, None, training=True),
        "mean of rows": lambda x: x.mean(1),
        "max of rows": lambda x: x.amax(1),
        "MSE loss": lambda x: F.mse_loss(x, other),
        "cross entropy": lambda x: F.cross_entropy(x, classes),
        "embedding": lambda x: F.embedding(words, x),
        "argmax of rows": lambda x: x.argmax(1),
        "cumulative sums": lambda x: x.cumsum(1),
        "sorted rows": lambda x: x.sort(1).values,
        "top 5 of rows": lambda x: x.topk(5).values,
        "transposed copy": lambda x: x.t().contiguous(),
        "two joined": lambda x: torch.cat([x, other], 1),
        "comparison": lambda x: x > other,
        "choice of two": lambda x: torch.where(positive, x, other),
        "one-hot": lambda _: F.one_hot(classes, 64),
    }


def call(row):
    f, x = calls()[row["call"]], random(1024, 64).abs()
    if not row["backward"]:

        def forward():
            with torch.no_grad():
                f(x)

        return forward
    x.requires_grad_()
    g = torch.ones_like(f(x))

    def run():
        x.grad = None
        f(x).backward(g)

    return run


def optimizer(row):
    parameter = nn.Parameter(random(row["size"]))
    parameter.grad = random(row["size"])
    return getattr(torch.optim, row["optimizer"])([parameter], lr=0.001).step


def importing(_row):
    code = "import time; start = time.perf_counter(); import torch; print(time.perf_counter() - start)"
    return lambda: float(subprocess.check_output([sys.executable, "-c", code]))


def xor_script(_row):
    return lambda: subprocess.check_output([sys.executable, BENCH / "programs" / "xor.py"])


def nothing(_row):
    return None


WORKS = {
    "classifier": classifier,
    "epoch": epoch,
    "xor": xor,
    "matmul": matmul,
    "op": op,
    "call": call,
    "optimizer": optimizer,
    "import": importing,
    "xor script": xor_script,
}


def repeat(row, run, budget):
    """Does the work for so many milliseconds, at least once; returns the microseconds that it took, sample by sample."""
    samples, times, end = [], 1, time.perf_counter() + budget / 1000
    while True:
        start = time.perf_counter()
        for _ in range(times):
            result = run()
        took = time.perf_counter() - start
        if row["work"] == "import":
            samples.append(1e6 * result)
        elif took < SAMPLE and time.perf_counter() < end:
            times *= 2
            continue
        else:
            samples.append(1e6 * took / times)
        if time.perf_counter() >= end:
            return samples


def blas_threads():
    try:
        return ctypes.CDLL("libopenblas.so.0").openblas_get_num_threads()
    except (OSError, AttributeError):
        return 1


def answer(message):
    print(json.dumps(message), flush=True)


answer({"version": torch.__version__, "threads": max(torch.get_num_threads(), blas_threads())})
current, work = None, None
for line in sys.stdin:
    request = json.loads(line)
    row, budget = request["row"], request["budget"]
    try:
        if current != row["name"]:
            current, work = row["name"], WORKS.get(row["work"], nothing)(row)
            if work:
                repeat(row, work, budget["warm"])
        answer({"median": statistics.median(repeat(row, work, budget["time"])) if work else None})
    except Exception as error:
        current = None
        answer({"error": str(error)})
