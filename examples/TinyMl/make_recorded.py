"""Makes recorded.npz: inputs of the four networks, and what is right for them.

    python make_recorded.py FOLDER

FOLDER holds NAME_io.safetensors of ad01_fp32, resnet8_float32 and vww96_float32, with `inputs` and `outputs` that TensorFlow Lite's formulas give in
float64, and ad01_input.bin, 200 frames of a recording. kws_float32_io.safetensors has inputs alone that are of use: its outputs were computed of the raw 8-bit
weights. So what is right for kws is computed here, by PyTorch in float64, of the weights in kws.safetensors.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F


def read(path):
    data = Path(path).read_bytes()
    begin = 8 + int.from_bytes(data[:8], "little")
    tensors = {name: t for name, t in json.loads(data[8:begin]).items() if name != "__metadata__"}
    return {name: np.frombuffer(data[begin:][slice(*t["data_offsets"])], "<f4").reshape(t["shape"]) for name, t in tensors.items()}


def kws(x, weights):
    w = {name: torch.from_numpy(t.astype(np.float64)) for name, t in weights.items()}
    x = F.pad(torch.from_numpy(x.astype(np.float64)).permute(0, 3, 1, 2), (1, 1, 4, 5))  # "same" of 49 and 10, kernel [10, 4], strides 2
    x = F.relu(F.conv2d(x, w["conv2d.weight"], w["conv2d.bias"], stride=2))
    for k in range(4):
        depthwise = "depthwise_conv2d" + (f"_{k}" if k else "")
        x = F.relu(F.conv2d(x, w[depthwise + ".weight"], w[depthwise + ".bias"], padding=1, groups=64))
        x = F.relu(F.conv2d(x, w[f"conv2d_{k + 1}.weight"], w[f"conv2d_{k + 1}.bias"]))
    return F.softmax(F.linear(x.mean((2, 3)), w["dense.weight"], w["dense.bias"]), dim=1).numpy().astype(np.float32)


folder, here = Path(sys.argv[1]), Path(__file__).parent
arrays = {"ad01_frames": np.fromfile(folder / "ad01_input.bin", "<f4").reshape(200, 128)}
for name, file, count in [("ad01", "ad01_fp32", 4), ("resnet8", "resnet8_float32", 2), ("vww96", "vww96_float32", 1), ("kws", "kws_float32", 4)]:
    recorded = read(folder / f"{file}_io.safetensors")
    arrays[name + "_inputs"] = recorded["inputs"][:count]
    arrays[name + "_outputs"] = kws(recorded["inputs"][:count], read(here / "kws.safetensors")) if name == "kws" else recorded["outputs"][:count]
np.savez_compressed(here / "recorded.npz", **arrays)
