"""Writes schedulers-more.json: schedules that schedulers.json lacks, in its format. Needs PyTorch >= 1.13."""

import json
import pathlib
import warnings

import torch
from torch.optim import SGD
from torch.optim import lr_scheduler as s

warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
STEPS = 31


def run(name, make, lrs=(0.1,)):
    groups = [{"params": [torch.zeros(1, requires_grad=True)], "lr": lr} for lr in lrs]
    optimizer = SGD(groups, lr=0.1, momentum=0.9)
    scheduler = make(optimizer)
    rows, momentum = [], []
    for _ in range(STEPS):
        rows.append([g["lr"] for g in optimizer.param_groups])
        momentum.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        scheduler.step()
    return {"name": name, "base_lrs": list(lrs), "lr": [list(column) for column in zip(*rows)], "momentum": momentum}


def fractional(optimizer):
    scheduler = s.CosineAnnealingWarmRestarts(optimizer, T_0=3, T_mult=2)
    steps = iter(range(1, 2 * STEPS))
    scheduler.step, plain = lambda: plain(next(steps) / 4), scheduler.step
    return scheduler


cases = [
    run("lambda", lambda o: s.LambdaLR(o, lambda t: 0.95**t)),
    run("lambda per group", lambda o: s.LambdaLR(o, [lambda t: 0.95**t, lambda t: t // 3]), (0.1, 0.02)),
    run("multiplicative", lambda o: s.MultiplicativeLR(o, lambda t: 1 - 1 / (t + 2))),
    run("cyclic", lambda o: s.CyclicLR(o, 0.01, 0.2, step_size_up=4)),
    run("cyclic triangular2", lambda o: s.CyclicLR(o, 0.01, 0.2, step_size_up=4, step_size_down=6, mode="triangular2")),
    run("cyclic exp_range", lambda o: s.CyclicLR(o, 0.01, 0.2, step_size_up=4, mode="exp_range", gamma=0.9, cycle_momentum=False)),
    run("cyclic scale", lambda o: s.CyclicLR(o, 0.01, 0.2, step_size_up=4, scale_fn=lambda x: 1 / x, base_momentum=0.5, max_momentum=0.7)),
    run("chained", lambda o: s.ChainedScheduler([s.ConstantLR(o, 0.1, 7), s.ExponentialLR(o, 0.9)])),
    run("sequence of three", lambda o: s.SequentialLR(o, [s.ConstantLR(o, 0.1, 3), s.StepLR(o, 4, 0.5), s.MultiplicativeLR(o, lambda t: 0.9)], [5, 17])),
    run("sequence to a cycle", lambda o: s.SequentialLR(o, [s.LinearLR(o, 0.2, 1, 4), s.CosineAnnealingWarmRestarts(o, 5)], [6])),
    run("fractional restarts", fractional),
]
text = ",\n".join(json.dumps(c) for c in cases)
(here / "schedulers-more.json").write_text(f'{{"torch": "{torch.__version__}", "cases": [\n{text}\n]}}\n')
