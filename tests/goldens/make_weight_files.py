"""Writes weight_files/: small files of weights as PyTorch and NumPy write them, and expected.json with what is in each.

    python3 make_weight_files.py      (needs PyTorch 1.13 and NumPy, Debian's python3-torch)
"""

import json
import pathlib
import pickle
from collections import OrderedDict

import numpy
import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent / "weight_files"
FOLDER.mkdir(exist_ok=True)
EXPECTED = {}
torch.manual_seed(20)


def flat(tensor):
    if isinstance(tensor, torch.Tensor):
        tensor = tensor.detach().to(torch.float64).numpy()
    return {"shape": list(tensor.shape), "values": numpy.asarray(tensor, dtype=numpy.float64).flatten().tolist()}


def expect(name, tensors):
    EXPECTED[name] = {key: flat(tensor) for key, tensor in tensors.items()}


def save(name, what, tensors, **options):
    torch.save(what, FOLDER / name, **options)
    expect(name, tensors)


class Tiny(nn.Module):
    """A module of a class that no reader knows."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(2, 3, 2)
        self.norm = nn.BatchNorm1d(3)
        self.memory = nn.LSTM(3, 2, batch_first=True)
        self.head = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
        self.register_buffer("passing", torch.ones(2), persistent=False)
        self.register_buffer("kept", torch.arange(3.0))

    def forward(self, x):
        y, _ = self.memory(self.norm(self.conv(x)).transpose(1, 2))
        return self.head(y[:, -1])


# What people save: a state dict, a checkpoint that has one, a whole module, a module as TorchScript, and all of that before PyTorch 1.6.
mlp = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3))
save("state_dict.pt", mlp.state_dict(), mlp.state_dict())

optimizer = torch.optim.Adam(mlp.parameters())
mlp(torch.ones(2, 4)).sum().backward()
optimizer.step()
parallel = nn.DataParallel(mlp).state_dict()
checkpoint = {"model": parallel, "optimizer": optimizer.state_dict(), "epoch": 3, "best": None, "args": {"lr": 0.1, "names": ("a", "b")}}
moments = {f"optimizer.state.{k}.{key}": value for k, state in optimizer.state_dict()["state"].items() for key, value in state.items()}
save("checkpoint.pt", checkpoint, {**{f"model.{key}": value for key, value in parallel.items()}, **moments})

tiny = Tiny().eval()
save("module.pt", {"net": tiny}, {f"net.{key}": value for key, value in tiny.state_dict().items()})
save("module_protocol4.pt", tiny, tiny.state_dict(), pickle_protocol=4)
torch.jit.script(tiny).save(str(FOLDER / "script.pt"))
expect("script.pt", {**tiny.state_dict(), "passing": tiny.passing})

# Elements of every type, and views that are not simply one element behind the other.
base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
views = {
    "transposed": base.t(),
    "rows": base[1:3],
    "columns": base[:, ::2],
    "one": base[2, 3],
    "expanded": torch.tensor([[1.0], [2.0]]).expand(2, 3),
    "empty": torch.zeros(0, 3),
    "parameter": nn.Parameter(base[0] / 8),
}
save("views.pt", views, views)
save("views_legacy.pt", views, views, _use_new_zipfile_serialization=False)
numbers = torch.tensor([0.0, 1.5, -2.25, 3.0])
types = {str(t).split(".")[1]: numbers.to(t) for t in (torch.float64, torch.float32, torch.float16, torch.bfloat16)}
types.update({str(t).split(".")[1]: torch.tensor([0, 1, 100, -3]).to(t) for t in (torch.int64, torch.int32, torch.int16, torch.int8)})
types["uint8"] = torch.tensor([0, 1, 255], dtype=torch.uint8)
types["bool"] = torch.tensor([True, False])
types["thirds"] = torch.tensor([1.0, 2.0, 4.0], dtype=torch.float64) / 3
save("types.pt", types, types)
save("complex.pt", {"z": torch.tensor([1 + 2j]), "x": torch.ones(1)}, {"x": torch.ones(1)})

# NumPy's own, and arrays in plain pickles.
arrays = {
    "a": numpy.arange(6, dtype=numpy.float32).reshape(2, 3),
    "fortran": numpy.asfortranarray(numpy.arange(6, dtype=numpy.float64).reshape(2, 3)),
    "big": numpy.arange(3, dtype=">f4"),
    "half": numpy.array([0.5, -1], dtype=numpy.float16),
    "number": numpy.array(7, dtype=numpy.int32),
}
numpy.savez(FOLDER / "arrays.npz", **arrays)
numpy.savez_compressed(FOLDER / "compressed.npz", **arrays)
numpy.save(FOLDER / "one.npy", arrays["fortran"])
for name in ("arrays.npz", "compressed.npz"):
    expect(name, arrays)
expect("one.npy", {"one": arrays["fortran"]})
for protocol in (0, 2, 4, 5):
    name = f"arrays_protocol{protocol}.pkl"
    (FOLDER / name).write_bytes(pickle.dumps({"layers": [arrays, OrderedDict(b=arrays["a"] * 2)], "text": "x", "scalar": numpy.float32(3)}, protocol=protocol))
    expect(name, {**{f"layers.0.{key}": value for key, value in arrays.items()}, "layers.1.b": arrays["a"] * 2})



class Pitch(nn.Module):
    """Shaped as torchcrepe's Crepe is, with fewer filters and shorter kernels: convolutions over one axis that are of two, a permuted image before the last layer."""

    def __init__(self):
        super().__init__()
        sizes = [(1, 4, 32, 4), (4, 3, 8, 1), (3, 3, 8, 1)]
        for k, (inputs, filters, length, stride) in enumerate(sizes, 1):
            setattr(self, f"conv{k}", nn.Conv2d(inputs, filters, (length, 1), (stride, 1)))
            setattr(self, f"conv{k}_BN", nn.BatchNorm2d(filters, eps=0.001))
        self.classifier = nn.Linear(24, 5)

    def forward(self, x):
        x = x[:, :, :, None]
        for k, pad in enumerate(((14, 14), (3, 4), (3, 4)), 1):
            x = getattr(self, f"conv{k}")(nn.functional.pad(x, (0, 0, *pad)))
            x = nn.functional.max_pool2d(getattr(self, f"conv{k}_BN")(torch.relu(x)), (2, 1), (2, 1))
        x = x.permute(0, 2, 1, 3).reshape(-1, 24)
        return torch.sigmoid(self.classifier(x))


pitch = Pitch()
pitch(torch.randn(8, 1, 256))  # so that the statistics are not those of the beginning
pitch.eval()
save("pitch.pth", pitch.state_dict(), pitch.state_dict())
frames = torch.randn(2, 1, 256)
(FOLDER / "pitch.json").write_text(json.dumps({"inputs": frames.flatten().tolist(), "outputs": pitch(frames).detach().flatten().tolist()}) + "\n")

(FOLDER / "expected.json").write_text(json.dumps(EXPECTED) + "\n")
