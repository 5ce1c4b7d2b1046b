"""Runs of the XOR tutorial in NumPy for other widths, learning rates and seeds: python3 make.py > variants.json

Products are summed one term after the other: NumPy's own `dot` may fuse multiplication and addition, which rounds
differently from machine to machine. With the tutorial's own settings this gives the tutorial's 500 losses.
"""

import json
import numpy as np


def dot(a, b):
    out = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for k in range(a.shape[1]):
                out[i, j] += a[i, k] * b[k, j]
    return out


def run(hidden, lr, steps, seed):
    x = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]], dtype=float)
    y = np.array([[0, 1, 1, 0]], dtype=float).T
    np.random.seed(seed)
    w1 = np.random.randn(3, hidden)
    w2 = np.random.randn(hidden, 1)
    losses = []
    for _ in range(steps):
        h = dot(x, w1)
        h_relu = np.maximum(h, 0)
        y_pred = dot(h_relu, w2)
        losses.append(sum(np.square(y_pred - y).ravel().tolist(), 0.0))
        grad_y_pred = 2.0 * (y_pred - y)
        grad_w2 = dot(h_relu.T, grad_y_pred)
        grad_h = dot(grad_y_pred, w2.T)
        grad_h[h < 0] = 0
        grad_w1 = dot(x.T, grad_h)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    predictions = dot(np.maximum(dot(x, w1), 0), w2)
    settings = {"hidden": hidden, "lr": lr, "steps": steps, "seed": seed}
    arrays = {"w1": w1, "w2": w2, "hRelu": h_relu, "predictions": predictions}
    return {**settings, "losses": losses, **{name: a.tolist() for name, a in arrays.items()}}


text = (2, 0.01, 500, 83832)
others = [(3, 0.02, 200, 1), (5, 0.02, 200, 1), (8, 0.005, 100, 42), (1, 0.1, 60, 7), (40, 0.001, 50, 2024)]
print(json.dumps([run(*settings) for settings in [text, *others]]))
