"""Derivatives of functions by torch.autograd.functional: python3 functional.py > functional.json"""

import json

import torch
from torch.autograd import functional as F

f64 = dict(dtype=torch.float64)
x = torch.tensor([0.5, -0.25, 0.75], **f64)
w = torch.tensor([[1.0, 0.5, 0.25], [0.5, -0.5, 1.0]], **f64)
vx = torch.tensor([1.0, 0.5, -1.0], **f64)
vw = torch.tensor([[0.5, 1.0, -1.0], [2.0, 0.25, 1.0]], **f64)
vy = torch.tensor([1.0, -2.0], **f64)


def f(x, w):
    return (w @ x).tanh()


def g(x, w):
    return f(x, w).sum()


def lists(t):
    return t.tolist() if isinstance(t, torch.Tensor) else [lists(u) for u in t]


print(
    json.dumps(
        {
            "torch": torch.__version__,
            "jacobian": lists(F.jacobian(f, (x, w))),
            "hessian": lists(F.hessian(g, (x, w))),
            "vjp": lists(F.vjp(f, (x, w), vy)),
            "jvp": lists(F.jvp(f, (x, w), (vx, vw))),
            "hvp": lists(F.hvp(g, (x, w), (vx, vw))),
            "vhp": lists(F.vhp(g, (x, w), (vx, vw))),
        }
    )
)
