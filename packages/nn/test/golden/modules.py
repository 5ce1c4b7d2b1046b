"""Writes modules.json: how PyTorch prints modules, what their state contains, and what they start with under a seed.

    python3 packages/nn/test/golden/modules.py > packages/nn/test/golden/modules.json

Made with PyTorch 1.13, built without MKL, on a processor with AVX2. The texts are torch's own; ../modules-golden.test.ts translates the names.
"""
import json
from collections import OrderedDict

import torch
from torch import nn

PRINTED = """
nn.Linear(784, 128)
nn.Linear(3, 2, bias=False)
nn.Bilinear(2, 3, 4)
nn.Identity()
nn.Flatten()
nn.Flatten(0, 1)
nn.Dropout(0.2)
nn.Embedding(10, 3)
nn.Embedding(10, 3, padding_idx=-1)
nn.BatchNorm1d(10)
nn.BatchNorm1d(10, eps=0.1, momentum=None, affine=False)
nn.BatchNorm1d(10, track_running_stats=False)
nn.LayerNorm(10)
nn.LayerNorm([3, 4], elementwise_affine=False)
nn.ReLU()
nn.ReLU6()
nn.LeakyReLU()
nn.ELU()
nn.CELU(2.5)
nn.SELU()
nn.GELU()
nn.GELU(approximate='tanh')
nn.SiLU()
nn.Mish()
nn.Softplus()
nn.Softsign()
nn.Sigmoid()
nn.LogSigmoid()
nn.Hardsigmoid()
nn.Hardtanh()
nn.Hardswish()
nn.Tanh()
nn.Tanhshrink()
nn.Softshrink()
nn.Hardshrink(1.5)
nn.Threshold(0.1, 20)
nn.PReLU()
nn.PReLU(3)
nn.GLU()
nn.Softmax(1)
nn.LogSoftmax(1)
nn.Softmin(1)
nn.MSELoss()
nn.CrossEntropyLoss(weight=torch.ones(3))
nn.NLLLoss()
nn.BCELoss()
nn.BCEWithLogitsLoss(pos_weight=torch.ones(3))
nn.KLDivLoss()
nn.TripletMarginLoss()
nn.Sequential()
nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Sequential(nn.Linear(3, 1), nn.Sigmoid()))
nn.Sequential(OrderedDict(fc=nn.Linear(2, 3), act=nn.ReLU()))
nn.ModuleList([nn.Linear(2, 3), nn.ReLU()])
nn.ModuleDict(dict(a=nn.Linear(2, 3), b=nn.ModuleList()))
""".strip().splitlines()

DRAWN = """
nn.Linear(7, 3)
nn.Linear(7, 3, bias=False)
nn.Linear(7, 3, dtype=torch.float64)
nn.Bilinear(3, 4, 2)
nn.Embedding(4, 5)
nn.Embedding(4, 5, padding_idx=1)
nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))
""".strip().splitlines()

INITIAL = """
uniform_(w, -2, 3)
normal_(w, 1, 2)
xavier_uniform_(w)
xavier_uniform_(w, gain=2)
xavier_normal_(w)
kaiming_uniform_(w)
kaiming_uniform_(w, a=0.3, mode='fan_out')
kaiming_normal_(w)
kaiming_normal_(w, mode='fan_out', nonlinearity='relu')
trunc_normal_(w)
trunc_normal_(w, mean=1, std=2, a=-0.5, b=4)
orthogonal_(w)
orthogonal_(w, gain=3)
sparse_(w, 0.4)
""".strip().splitlines()


def values(tensors):
    return [v for t in tensors for v in t.detach().reshape(-1).tolist()]


def drawn(expression, seed):
    torch.manual_seed(seed)
    return values(eval(expression).parameters())


def initial(expression, seed, shape):
    torch.manual_seed(seed)
    w = torch.empty(shape)
    return values([eval("nn.init." + expression)])


SEEDS = [0, 42, 123456789012]
result = {
    "printed": {e: {"text": repr(eval(e)), "state": {k: list(v.shape) for k, v in eval(e).state_dict().items()}} for e in PRINTED},
    "drawn": {e: {s: drawn(e, s) for s in SEEDS} for e in DRAWN},
    "initial": {e: {s: [initial(e, s, (4, 3)), initial(e, s, (5, 8))] for s in SEEDS[:2]} for e in INITIAL},
    "gains": {f: nn.init.calculate_gain(f) for f in ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu"]},
}
sections = (f"{json.dumps(k)}: {json.dumps(v)}" for k, v in result.items())
print("{\n" + ",\n".join(sections) + "\n}")
