"""Writes recurrent_state_dict.safetensors and recurrent_state_dict.json, as make_state_dict.py does, of recurrent layers, one of them in both directions, over an embedding.

    python3 make_recurrent_state_dict.py      (needs PyTorch 1.13, Debian's python3-torch)
"""

import torch
from torch import nn

from state_dict_file import save

torch.manual_seed(6)


class Net(nn.Module):
    """The network of tests/NetGen.EndToEnd.Tests/Specs/recurrent_state_dict.yaml."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(12, 5)
        self.memory = nn.LSTM(5, 6, batch_first=True, bidirectional=True)
        self.gates = nn.GRU(12, 7, batch_first=True)
        self.last = nn.RNN(7, 4, batch_first=True)
        self.head = nn.Linear(4, 3)

    def forward(self, x):
        x = self.words(x.long())
        for layer in (self.memory, self.gates, self.last):
            x, _ = layer(x)
        return self.head(x[:, -1])


save("recurrent_state_dict", Net(), torch.randint(0, 12, (3, 9)).float())
