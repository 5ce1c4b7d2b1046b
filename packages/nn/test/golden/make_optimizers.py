"""Writes optimizers-more.json: runs of optimizers that optimizers.json lacks, on its problem. Needs PyTorch >= 1.13."""

import json
import pathlib

import torch

here = pathlib.Path(__file__).parent
problem = json.loads((here / "optimizers.json").read_text())

# PyTorch 1.13's plain loop of NAdam has one momentum too many in its product; its foreach form is right.
SETTINGS = [
    ("Adadelta", {}),
    ("Adadelta", {"lr": 0.5, "rho": 0.8, "eps": 0.001}),
    ("Adadelta", {"lr": 2, "weight_decay": 0.1, "maximize": True}),
    ("Adamax", {}),
    ("Adamax", {"lr": 0.05, "betas": [0.8, 0.95], "eps": 0.001}),
    ("Adamax", {"lr": 0.05, "weight_decay": 0.1, "maximize": True}),
    ("NAdam", {"foreach": True}),
    ("NAdam", {"lr": 0.05, "betas": [0.8, 0.95], "eps": 0.001, "foreach": True}),
    ("NAdam", {"lr": 0.05, "weight_decay": 0.1, "momentum_decay": 0.1, "foreach": True}),
    ("RAdam", {}),
    ("RAdam", {"lr": 0.05, "betas": [0.8, 0.95], "eps": 0.001}),
    ("RAdam", {"lr": 0.05, "betas": [0.9, 0.7], "weight_decay": 0.1}),
]


def tensor(name, dtype):
    t = problem[name]
    return torch.tensor(t["d"], dtype=dtype).reshape(t["s"])


def run(name, options, dtype):
    x, y = tensor("x", dtype), tensor("y", dtype)
    w, b = tensor("w", dtype).requires_grad_(), tensor("b", dtype).requires_grad_()
    optimizer = getattr(torch.optim, name)([w, b], **options)
    losses, after = [], {}
    for step in range(1, 31):
        optimizer.zero_grad()
        loss = ((torch.tanh(x @ w.T + b) - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if step in (1, 2, 5, 30):
            after[step] = {"w": w.flatten().tolist(), "b": b.tolist()}
    kept = {k: v for k, v in options.items() if k != "foreach"}
    return {"optimizer": name, "options": kept, "dtype": str(dtype)[6:], "losses": losses, "after": after}


runs = [run(name, options, dtype) for name, options in SETTINGS for dtype in (torch.float64, torch.float32)]
text = ",\n".join(json.dumps(r) for r in runs)
(here / "optimizers-more.json").write_text(f'{{"torch": "{torch.__version__}", "runs": [\n{text}\n]}}\n')
