"""A model's state_dict as a safetensors file: eight bytes of length, a header in JSON, and the tensors behind it.

It is written here, not by the safetensors package.
"""

import json
import pathlib
import struct

import torch

FOLDER = pathlib.Path(__file__).parent


def save(name, net, inputs):
    """Writes NAME.safetensors, and NAME.json: the inputs, and what the model makes of them."""
    header, data = {}, b""
    for key, tensor in net.state_dict().items():
        raw = tensor.contiguous().numpy().tobytes()
        kind = {torch.float32: "F32", torch.int64: "I64"}[tensor.dtype]
        header[key] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    (FOLDER / f"{name}.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)

    numbers = {"inputs": inputs.flatten().tolist(), "outputs": net(inputs).detach().flatten().tolist()}
    (FOLDER / f"{name}.json").write_text(json.dumps(numbers) + "\n")
