"""Writes state_dict.safetensors, a PyTorch model's state_dict as it is saved, and state_dict.json: inputs and what the model makes of them.

    python3 make_state_dict.py      (needs PyTorch 1.13, Debian's python3-torch)

The file is written here, not by the safetensors package: eight bytes of length, a header in JSON, and the tensors behind it.
"""

import json
import pathlib
import struct

import torch
from torch import nn

torch.manual_seed(5)


class Net(nn.Module):
    """The network of tests/NetGen.EndToEnd.Tests/Specs/state_dict.yaml."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 6, 3, stride=2, padding=1)
        self.norm = nn.BatchNorm2d(6)
        self.depthwise = nn.Conv2d(6, 6, 3, padding=1, groups=6, bias=False)
        self.grouped = nn.Conv2d(6, 4, 1, groups=2)
        self.up = nn.ConvTranspose2d(4, 5, 2, stride=2)
        self.slope = nn.PReLU(5)
        self.scale = nn.LayerNorm(320)
        self.head = nn.Linear(320, 4)

    def forward(self, x):
        x = torch.relu(self.norm(self.stem(x)))
        x = x + self.depthwise(x)
        x = self.slope(self.up(torch.tanh(self.grouped(x))))
        return self.head(self.scale(x.flatten(1)))


net = Net()
# Running statistics, and everything else, as training leaves them: not as they began.
for _ in range(3):
    net(2 * torch.randn(16, 3, 8, 8) + 1)
with torch.no_grad():
    for parameter in net.parameters():
        parameter += 0.1 * torch.randn_like(parameter)
net.eval()

FOLDER = pathlib.Path(__file__).parent
header, data = {}, b""
for name, tensor in net.state_dict().items():
    raw = tensor.contiguous().numpy().tobytes()
    kind = {torch.float32: "F32", torch.int64: "I64"}[tensor.dtype]
    header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header).encode()
(FOLDER / "state_dict.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)

inputs = torch.randn(3, 3, 8, 8)
outputs = net(inputs).detach()
numbers = {"inputs": inputs.flatten().tolist(), "outputs": outputs.flatten().tolist()}
(FOLDER / "state_dict.json").write_text(json.dumps(numbers) + "\n")
