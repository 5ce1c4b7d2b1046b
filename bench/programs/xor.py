"""The XOR script whose cold run is measured: two layers, 500 steps by autograd, every loss printed."""

import torch

x = torch.tensor([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]], dtype=torch.float64)
y = torch.tensor([[0], [1], [1], [0]], dtype=torch.float64)

torch.manual_seed(83832)
w1 = torch.randn(3, 2, dtype=torch.float64, requires_grad=True)
w2 = torch.randn(2, 1, dtype=torch.float64, requires_grad=True)

for step in range(500):
    loss = x.mm(w1).clamp(min=0).mm(w2).sub(y).pow(2).sum()
    print(step, loss.item())
    loss.backward()
    with torch.no_grad():
        for w in (w1, w2):
            w -= 0.01 * w.grad
            w.grad = None
