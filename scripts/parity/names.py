"""Writes names.json, the public names of PyTorch's modules: python3 scripts/parity/names.py > scripts/parity/names.json"""

import inspect
import json
import sys

import torch
import torch.nn as nn
import torch.utils.data


def classes(module, base):
    found = [n for n, c in vars(module).items() if inspect.isclass(c) and issubclass(c, base) and c is not base]
    return sorted(n for n in found if not n.startswith("_"))


def functions(module):
    found = [n for n, f in vars(module).items() if callable(f) and not inspect.isclass(f)]
    return sorted(n for n in found if not n.startswith("_") and n[0].islower())


skip = {"assert_int_or_pair", "boolean_dispatch", "handle_torch_function", "has_torch_function", "has_torch_function_unary",
        "has_torch_function_variadic", "upsample", "upsample_bilinear", "upsample_nearest", "sigmoid", "tanh", "adaptive_max_pool1d_with_indices",
        "adaptive_max_pool2d_with_indices", "adaptive_max_pool3d_with_indices", "fractional_max_pool2d_with_indices",
        "fractional_max_pool3d_with_indices", "max_pool1d_with_indices", "max_pool2d_with_indices", "max_pool3d_with_indices",
        "multi_head_attention_forward"}
functional = [n for n in functions(nn.functional) if n not in skip and not n.endswith("_")]
init = [n for n in functions(nn.init) if n.endswith("_") or n == "calculate_gain"]
schedulers = [n for n in classes(torch.optim.lr_scheduler, object) if n.endswith("LR") or n.endswith("Restarts") or "Plateau" in n or n == "ChainedScheduler"]
unfit = ("_", "sparse", "q_", "cuda", "xpu", "ipu", "is_", "to_", "quantize", "coalesce", "dequantize", "int_repr", "rename", "refine_names",
         "align", "names", "has_names", "storage", "share_memory", "pin_memory", "data_ptr", "element_size", "get_device", "imag", "real", "conj",
         "resolve", "type", "new", "cpu", "crow", "ccol", "col_indices", "row_indices", "indices", "values", "bfloat16", "cdouble", "cfloat",
         "chalf", "half", "char", "byte", "short", "long", "double", "float", "bool", "int", "numpy", "map", "map2", "apply", "as_subclass",
         "volatile", "layout", "itemsize", "nbytes", "device", "dense_dim", "output_nr", "grad_dtype", "reinforce", "record_stream", "retains_grad")
tensor = sorted(n for n in dir(torch.Tensor) if not n.endswith("_") and not n.startswith(unfit[:1]) and n not in ("H", "mH")
                and not any(n == u or n.startswith(u + "_") or (u.endswith("_") and n.startswith(u)) for u in unfit))
names = {
    "torch": torch.__version__,
    "torch.Tensor": tensor,
    "torch.nn": [n for n in classes(nn, nn.Module) if "Lazy" not in n and n not in ("Container", "DataParallel", "NLLLoss2d", "SyncBatchNorm", "CrossMapLRN2d")] + ["Parameter"],
    "torch.nn.functional": functional,
    "torch.nn.init": init,
    "torch.optim": [n for n in classes(torch.optim, torch.optim.Optimizer)],
    "torch.optim.lr_scheduler": [n for n in schedulers if not n.startswith("_") and n != "LRScheduler"],
    "torch.utils.data": ["BatchSampler", "ChainDataset", "ConcatDataset", "DataLoader", "Dataset", "IterableDataset", "RandomSampler",
                         "SequentialSampler", "Subset", "SubsetRandomSampler", "TensorDataset", "WeightedRandomSampler", "default_collate", "random_split"],
    "torch.nn.utils": ["clip_grad_norm_", "clip_grad_value_", "parameters_to_vector", "vector_to_parameters", "weight_norm", "spectral_norm"],
    "torch.autograd": ["backward", "grad", "gradcheck", "gradgradcheck", "detect_anomaly", "set_detect_anomaly", "no_grad", "enable_grad",
                       "set_grad_enabled", "inference_mode", "jacobian", "hessian", "vjp", "jvp", "hvp", "vhp"],
}
json.dump(names, sys.stdout, indent=1)
