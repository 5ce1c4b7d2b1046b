"""Writes functional.json: calls of torch.nn.functional, their results and gradients.

    python3 packages/nn/test/golden/functional.py > packages/nn/test/golden/functional.json

Made with PyTorch 1.13. A case is {name, args, options, out, cot, grads}: names and options are torchlet's, tensors are {t, s, d} in
row-major order, gradients are those of sum(out * cot) with respect to the tensor arguments and options that are floating point and marked
with "g". smooth says that no input lies on a corner, so that differences of values can check the gradient.
"""
import json
import math

import torch
import torch.nn.functional as F

torch.manual_seed(20)
cases = []


def number(x):
    return x if math.isfinite(x) else repr(x).replace("inf", "Infinity").replace("nan", "NaN")


def encode(x, grad=False):
    if not isinstance(x, torch.Tensor):
        return x
    kind = {torch.float32: "float32", torch.float64: "float64", torch.int64: "int32", torch.bool: "bool"}[x.dtype]
    data = [number(v) for v in x.detach().reshape(-1).tolist()]
    return {"t": kind, "s": list(x.shape), "d": data, **({"g": 1} if grad else {})}


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(w.capitalize() for w in rest)


def case(name, f, args, smooth=True, frozen=(), **kw):
    """frozen: positions and keywords whose tensors PyTorch gives no gradient, or torchlet is not asked for."""
    def live(key, x):
        return isinstance(x, torch.Tensor) and x.is_floating_point() and key not in frozen

    leaves = {k: x.clone().requires_grad_() for k, x in [*enumerate(args), *kw.items()] if live(k, x)}
    out = f(*(leaves.get(i, x) for i, x in enumerate(args)), **{k: leaves.get(k, x) for k, x in kw.items()})
    cot = torch.cos(torch.arange(out.numel(), dtype=out.dtype).reshape(out.shape)) + 1.5
    grads = torch.autograd.grad(out, list(leaves.values()), cot, allow_unused=True) if leaves else []
    words = {"mean", "sum", "none", "tanh", "batchmean"}
    assert all(not isinstance(v, str) or v in words for v in kw.values())
    cases.append({
        "name": name,
        "args": [encode(x, i in leaves) for i, x in enumerate(args)],
        "options": {camel(k): encode(x, k in leaves) for k, x in kw.items()},
        "out": encode(out),
        **({"cot": encode(cot), "grads": [encode(g) for g in grads]} if leaves else {}),
        "smooth": smooth,
    })


def randn(*shape):
    """Short decimals, to keep the file small."""
    return torch.randn(*shape).double().mul(1000).round().div(1000)


def rand(*shape):
    return torch.rand(*shape).double().mul(1000).round().div(1000)


def x64(*values):
    return torch.tensor(values, dtype=torch.float64)


smooth = x64(-7.1, -2.3, -1.2, -0.7, -0.2, 0.3, 0.8, 1.7, 3.6, 7.2)
corners = x64(-1000, -30, -6, -3, -1, -0.5, 0, 0.5, 1, 3, 6, 30, 1000)

ACTIVATIONS = {
    "relu": (F.relu, [()]),
    "relu6": (F.relu6, [()]),
    "leakyRelu": (F.leaky_relu, [(), (0.3,)]),
    "elu": (F.elu, [(), (2.5,)]),
    "celu": (F.celu, [(), (2.5,)]),
    "selu": (F.selu, [()]),
    "sigmoid": (torch.sigmoid, [()]),
    "logSigmoid": (F.logsigmoid, [()]),
    "silu": (F.silu, [()]),
    "mish": (F.mish, [()]),
    "softplus": (F.softplus, [(), (2.0, 5.0)]),
    "softsign": (F.softsign, [()]),
    "tanh": (torch.tanh, [()]),
    "tanhshrink": (F.tanhshrink, [()]),
    "hardtanh": (F.hardtanh, [(), (-2.0, 0.5)]),
    "hardsigmoid": (F.hardsigmoid, [()]),
    "hardswish": (F.hardswish, [()]),
    "hardshrink": (F.hardshrink, [(), (1.0,)]),
    "softshrink": (F.softshrink, [(), (1.0,)]),
    "threshold": (F.threshold, [(0.5, -4.0)]),
}
for name, (f, parameters) in ACTIVATIONS.items():
    for p in parameters:
        case(name, f, [smooth, *p])
        case(name, f, [corners, *p], smooth=False)
    case(name, f, [torch.cat([smooth, corners]).float(), *parameters[0]], smooth=False)
for approximate in ["none", "tanh"]:
    case("gelu", F.gelu, [smooth], approximate=approximate)
    case("gelu", F.gelu, [corners], smooth=False, approximate=approximate)
case("prelu", F.prelu, [smooth, x64(0.3)])
case("prelu", F.prelu, [randn(2, 3, 2), x64(0.1, 0.2, -0.3)])
case("prelu", F.prelu, [randn(2, 3), x64(0.1)])
case("glu", F.glu, [randn(2, 6)])
case("glu", F.glu, [randn(4, 3), 0])
for name, f in {"softmax": F.softmax, "logSoftmax": F.log_softmax, "softmin": F.softmin}.items():
    case(name, f, [randn(3, 4), 1])
    case(name, f, [randn(2, 3, 2) * 100, 0], smooth=False)

case("linear", F.linear, [randn(2, 3), randn(4, 3), randn(4)])
case("bilinear", F.bilinear, [randn(3, 2), randn(3, 4), randn(5, 2, 4), randn(5)])
case("bilinear", F.bilinear, [randn(2, 2, 2), randn(2, 2, 3), randn(2, 2, 3)])
case("embedding", F.embedding, [torch.tensor([[1, 3, 1], [0, 2, 1]]), randn(4, 3)])
case("embedding", F.embedding, [torch.tensor([1, 3, 1, 0]), randn(4, 3)], smooth=False, padding_idx=1)
case("embedding", F.embedding, [torch.tensor([1, 3, 1, 0]), randn(4, 3)], smooth=False, padding_idx=-1)
case("oneHot", lambda i, *n: F.one_hot(i, *n), [torch.tensor([[1, 3], [0, 2]])])
case("oneHot", lambda i, *n: F.one_hot(i, *n), [torch.tensor([1, 0]), 5])
case("dropout", lambda x, p, training: F.dropout(x, p, training), [randn(5)], p=0.4, training=False)

affine = dict(weight=rand(3) + 0.5, bias=randn(3))
mean, var = randn(3), rand(3) + 0.5
for shape in [(4, 3), (2, 3, 4)]:
    x = randn(shape)
    case("batchNorm", F.batch_norm, [x, None, None], training=True)
    case("batchNorm", F.batch_norm, [x, None, None], training=True, eps=0.1, **affine)
    case("batchNorm", F.batch_norm, [x, mean, var], frozen=(1, 2), **affine)
    case("batchNorm", F.batch_norm, [x, mean, var], frozen=(1, 2), eps=0.1)
case("layerNorm", F.layer_norm, [randn(4, 3), [3]], **affine)
case("layerNorm", F.layer_norm, [randn(2, 3, 4), [3, 4]], eps=0.1)

for options in [{}, {"p": 1.0, "dim": 0}, {"p": 3.0}, {"p": math.inf, "dim": -1}, {"p": 0.5}]:
    if options.get("p") != math.inf:
        case("normalize", F.normalize, [randn(3, 4)], **options)
case("normalize", F.normalize, [torch.tensor([[0.0, 0.0], [1.0, 0.0]]).double()], smooth=False)
a, b = randn(3, 4), randn(3, 4)
case("cosineSimilarity", F.cosine_similarity, [a, b])
case("cosineSimilarity", F.cosine_similarity, [a, b[:1]])
case("cosineSimilarity", F.cosine_similarity, [a, b[:1]], frozen=(1,), dim=0)
for options in [{}, {"p": 1.0}, {"p": 3.0, "keepdim": True}]:
    case("pairwiseDistance", F.pairwise_distance, [a, b], **options)
case("pairwiseDistance", F.pairwise_distance, [a, a.clone()], smooth=False, eps=0.0)

numbers, targets = randn(3, 4) * 2, randn(3, 4)
signs = torch.tensor([[1, -1, 1, -1], [1, 1, -1, -1], [-1, 1, -1, 1]]).double()
probabilities, classes = rand(3, 4) * 0.9 + 0.05, torch.tensor([1, 3, 0])
soft = x64(0.1, 0.2, 0.3, 0.4, 0.7, 0.1, 0.15, 0.05, 0.25, 0.3, 0.2, 0.25).reshape(3, 4)
weight = rand(4) + 0.5
for reduction in ["mean", "sum", "none"]:
    r = dict(reduction=reduction)
    case("mseLoss", F.mse_loss, [numbers, targets], **r)
    case("l1Loss", F.l1_loss, [numbers, targets], **r)
    case("smoothL1Loss", F.smooth_l1_loss, [numbers, targets], beta=0.7, **r)
    case("huberLoss", F.huber_loss, [numbers, targets], delta=0.7, **r)
    for log_input in [True, False]:
        for full in [True, False]:
            case("poissonNllLoss", F.poisson_nll_loss, [numbers.abs(), targets.abs() * 3], frozen=(1,), log_input=log_input, full=full, **r)
    case("gaussianNllLoss", F.gaussian_nll_loss, [numbers, targets, targets.abs() + 0.1], **r)
    case("gaussianNllLoss", F.gaussian_nll_loss, [numbers, targets, targets[:, 0].abs() + 0.1], full=True, **r)
    case("gaussianNllLoss", F.gaussian_nll_loss, [numbers, targets, torch.zeros(3, 1).double()], smooth=False, eps=0.01, **r)
    case("binaryCrossEntropy", F.binary_cross_entropy, [probabilities, soft], weight=weight, frozen=("weight",), **r)
    case("binaryCrossEntropy", F.binary_cross_entropy, [x64(0, 1, 0, 1, 0.5), x64(0, 1, 1, 0, 1)], smooth=False, frozen=(1,), **r)
    case("binaryCrossEntropyWithLogits", F.binary_cross_entropy_with_logits, [numbers, soft], weight=weight, pos_weight=weight + 1, frozen=("weight", "pos_weight"), **r)
    case("binaryCrossEntropyWithLogits", F.binary_cross_entropy_with_logits, [x64(-1000, 0, 1000, 0), x64(1, 0, 0, 1)], smooth=False, frozen=(1,), **r)
    case("klDiv", F.kl_div, [numbers, soft], frozen=(1,), **r)
    case("klDiv", F.kl_div, [numbers, x64(0, 0.5, 0.5, 0)], smooth=False, frozen=(1,), **r)
    case("klDiv", F.kl_div, [numbers, soft.log()], log_target=True, **r)
    for options in [{}, {"weight": weight}, {"ignore_index": 3}, {"weight": weight, "ignore_index": 3}]:
        case("nllLoss", F.nll_loss, [numbers, classes], frozen=("weight",), **options, **r)
        case("nllLoss", F.nll_loss, [randn(2, 4, 3), torch.tensor([[0, 3, 1], [2, 3, 3]])], frozen=("weight",), **options, **r)
        for smoothing in [0.0, 0.3]:
            case("crossEntropy", F.cross_entropy, [numbers, classes], frozen=("weight",), label_smoothing=smoothing, **options, **r)
            case("crossEntropy", F.cross_entropy, [randn(2, 4, 3), torch.tensor([[0, 3, 1], [2, 3, 3]])], frozen=("weight",), label_smoothing=smoothing, **options, **r)
    for smoothing in [0.0, 0.3]:
        case("crossEntropy", F.cross_entropy, [numbers, soft], frozen=("weight",), weight=weight, label_smoothing=smoothing, **r)
        case("crossEntropy", F.cross_entropy, [randn(2, 4, 3), rand(2, 4, 3)], label_smoothing=smoothing, **r)
    case("crossEntropy", F.cross_entropy, [numbers[0], torch.tensor(2)], label_smoothing=0.1, **r)
    case("crossEntropy", F.cross_entropy, [numbers[0], soft[0]], **r)
    case("hingeEmbeddingLoss", F.hinge_embedding_loss, [numbers, signs], frozen=(1,), margin=1.5, **r)
    case("marginRankingLoss", F.margin_ranking_loss, [numbers, targets, signs], frozen=(2,), margin=0.3, **r)
    case("cosineEmbeddingLoss", F.cosine_embedding_loss, [numbers, targets, signs[:, 0]], frozen=(2,), margin=-0.5, **r)
    case("cosineEmbeddingLoss", F.cosine_embedding_loss, [numbers[0], targets[0], signs[0, 1]], frozen=(2,), **r)
    case("softMarginLoss", F.soft_margin_loss, [numbers, signs], frozen=(1,), **r)
    for options in [{}, {"p": 1.0, "margin": 3.0}, {"swap": True, "margin": 5.0}]:
        case("tripletMarginLoss", F.triplet_margin_loss, [numbers, targets, soft], **options, **r)
    for options in [{}, {"p": 2, "margin": 2.0}, {"weight": weight}]:
        case("multiMarginLoss", F.multi_margin_loss, [numbers, classes], frozen=("weight",), **options, **r)
    case("multiMarginLoss", F.multi_margin_loss, [numbers[0], torch.tensor(2)], **r)
case("klDiv", F.kl_div, [numbers, soft], frozen=(1,), reduction="batchmean")
case("nllLoss", F.nll_loss, [numbers, torch.tensor([-100, -100, -100])], smooth=False)
case("smoothL1Loss", F.smooth_l1_loss, [numbers, targets], beta=0.0)

print("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]")
