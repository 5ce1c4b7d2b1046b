"""Writes data-order.json: the orders in which PyTorch's samplers and loaders visit samples under a seed."""

import json
import pathlib

import torch
from torch.utils.data import DataLoader, RandomSampler, SubsetRandomSampler, TensorDataset, WeightedRandomSampler, random_split

here = pathlib.Path(__file__).parent
WEIGHTS = [1.0, 0.0, 3.0, 2.5, 0.1, 7.0]


def epochs(sampler):
    return [list(sampler) for _ in range(3)]


def loader(generator=None, n=10, **options):
    data = TensorDataset(torch.arange(n))
    return [[batch[0].tolist() for batch in DataLoader(data, generator=generator, **options)] for _ in range(3)]


def case(seed, make):
    """With the default generator and with an explicit one; after each, the next number of the default stream."""
    torch.manual_seed(seed)
    default = make(None)
    following = torch.rand((), dtype=torch.float64).item()
    generator = torch.Generator().manual_seed(seed)
    explicit = make(generator)
    return {"seed": seed, "default": default, "following": following, "explicit": explicit}


cases = {
    "random": [case(s, lambda g: epochs(RandomSampler(range(10), generator=g))) for s in (0, 42)],
    "random numSamples": [case(0, lambda g: epochs(RandomSampler(range(4), num_samples=10, generator=g)))],
    "random replacement": [case(0, lambda g: epochs(RandomSampler(range(10), replacement=True, num_samples=70, generator=g)))],
    "subset": [case(0, lambda g: epochs(SubsetRandomSampler([5, 7, 11, 13, 17], generator=g)))],
    "weighted": [case(0, lambda g: epochs(WeightedRandomSampler(WEIGHTS, 20, generator=g)))],
    "weighted once": [case(0, lambda g: epochs(WeightedRandomSampler(WEIGHTS, 4, replacement=False, generator=g)))],
    "loader": [case(s, lambda g: loader(g, batch_size=4, shuffle=True)) for s in (0, 42)],
    "loader in order": [case(0, lambda g: loader(g, batch_size=4, drop_last=True))],
    "split": [case(7, lambda g: [[p.indices for p in random_split(range(11), [0.5, 0.3, 0.2], **({"generator": g} if g else {}))]])],
}
(here / "data-order.json").write_text(json.dumps({"torch": torch.__version__, "weights": WEIGHTS, "cases": cases}) + "\n")
