"""Writes state_dict.safetensors, a PyTorch model's state_dict as it is saved, and state_dict.json: inputs and what the model makes of them.

    python3 make_state_dict.py      (needs PyTorch 1.13, Debian's python3-torch)
"""

import torch
from torch import nn

from state_dict_file import save

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

save("state_dict", net, torch.randn(3, 3, 8, 8))
