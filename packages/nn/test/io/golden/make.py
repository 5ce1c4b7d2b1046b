"""Writes mixed.safetensors with nothing but struct and json, after the format's description: python3 make.py"""

import json
import struct

parts = {
    "matrix": ("F32", [2, 3], struct.pack("<6f", 1, -2.5, 0.1, 3e38, -0.0, float("inf"))),
    "scalar": ("F64", [], struct.pack("<d", 0.1)),
    "none": ("F32", [0, 4], b""),
    "ints": ("I32", [2], struct.pack("<2i", -(2**31), 7)),
    "longs": ("I64", [3], struct.pack("<3q", -(2**31), 2**31 - 1, -1)),
    "shorts": ("I16", [2], struct.pack("<2h", -32768, 5)),
    "signed": ("I8", [2], struct.pack("<2b", -128, 127)),
    "bytes": ("U8", [2], struct.pack("<2B", 255, 1)),
    "flags": ("BOOL", [3], bytes([1, 0, 1])),
    "halves": ("F16", [6], struct.pack("<6e", 1.5, -0.1, 65504, 6e-8, float("-inf"), -0.0)),
    # The upper halves of 1.0, -2.0, 3.140625 and the smallest normal number.
    "brains": ("BF16", [4], struct.pack("<4H", 0x3F80, 0xC000, 0x4049, 0x0080)),
}
header = {"__metadata__": {"made by": "hand", "größe": "klein"}}
data = b""
for name, (dtype, shape, raw) in parts.items():
    header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header, ensure_ascii=False).encode() + b"   "
with open("mixed.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)
