"""Writes NAME.onnx and NAME.safetensors for each network below: the model that PyTorch's exporter makes, and for each of its inputs and outputs
the values of some samples (float32, computed in float64).

    python3 make_exports.py [NAME…]            (needs PyTorch 1.13 and onnx 1.12, Debian's python3-torch and python3-onnx)

Networks are small, and their weights are drawn by a seed, so the files are the same again. They differ in what exporters make of the same thing: opsets 9
to 16, a batch that is fixed or dynamic, weights that are folded or not, and names.
"""

import inspect
import json
import pathlib
import struct
import sys

import torch
import torch.nn.functional as F
from torch import nn

HERE = pathlib.Path(__file__).parent
NETWORKS = {}


def network(*shapes, opset=13, batch=3, dynamic=True, **options):
    """A class of a module: the shapes of its inputs without the batch; how it is exported."""

    def add(cls):
        NETWORKS[cls.__name__] = (cls, shapes, opset, batch, dynamic, options)
        return cls

    return add


@network([6], opset=9)
class mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 8), nn.Tanh(), nn.Linear(8, 3))

    def forward(self, x):
        return self.net(x)


@network([8], opset=11, dynamic=False, batch=1)
class classifier_fixed_batch(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second, self.drop = nn.Linear(8, 12), nn.Linear(12, 4), nn.Dropout(0.5)

    def forward(self, x):
        return F.softmax(self.second(self.drop(F.elu(self.first(x)))), dim=1)


@network([1, 10, 10], opset=9)
class conv_bn_pool(nn.Module):
    """The norms are folded into the convolutions, as the exporter does in eval mode."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(4, 6, 3), nn.BatchNorm2d(6), nn.ReLU(), nn.AvgPool2d(3))
        self.head = nn.Linear(6, 3)

    def forward(self, x):
        return F.log_softmax(self.head(self.features(x).flatten(1)), dim=-1)


@network([2, 9, 8], opset=14, training=True)
class conv_bn_kept(nn.Module):
    """With nodes BatchNormalization, and a view by sizes that are computed in the graph."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 4, (3, 2), stride=(2, 1), padding=(1, 0), bias=False)
        self.norm = nn.BatchNorm2d(4, eps=1e-3)
        self.fc = nn.Linear(4 * 5 * 7, 3)

    def forward(self, x):
        x = F.relu6(self.norm(self.conv(x)))
        return self.fc(x.view(x.size(0), -1))


@network([3, 12, 12], opset=12)
class depthwise_blocks(nn.Module):
    """As MobileNet has them: grouped convolutions, an inverted residual, a global pool."""

    def __init__(self):
        super().__init__()
        def block(i, o, stride):
            return nn.Sequential(nn.Conv2d(i, i, 3, stride, 1, groups=i, bias=False), nn.BatchNorm2d(i), nn.ReLU6(inplace=True),
                                 nn.Conv2d(i, o, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU6(inplace=True))
        self.stem, self.a, self.b, self.head = nn.Conv2d(3, 6, 3, 2, 1), block(6, 6, 1), block(6, 8, 2), nn.Linear(8, 2)

    def forward(self, x):
        x = self.stem(x)
        x = self.b(x + self.a(x))
        return self.head(F.adaptive_avg_pool2d(x, 1).reshape(-1, 8))


@network([10, 5], opset=9, batch=2)
class lstm_last(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn, self.head = nn.LSTM(5, 6, batch_first=True), nn.Linear(6, 2)

    def forward(self, x):
        y, _ = self.rnn(x)
        return self.head(y[:, -1])


@network([7, 4], opset=13)
class bilstm_tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn, self.head = nn.LSTM(4, 5, num_layers=2, bidirectional=True, batch_first=True), nn.Linear(10, 3)

    def forward(self, x):
        return self.head(self.rnn(x)[0])


@network([6, 3], opset=14)
class gru_states(nn.Module):
    """The last states of both directions, side by side."""

    def __init__(self):
        super().__init__()
        self.rnn, self.head = nn.GRU(3, 5, bidirectional=True, batch_first=True), nn.Linear(10, 2)

    def forward(self, x):
        _, h = self.rnn(x)
        return torch.sigmoid(self.head(torch.cat([h[0], h[1]], dim=1)))


@network([1, 4], [8], opset=11, batch=1, dynamic=False, names=(["obs", "h_in"], ["action", "h_out"]))
class gru_step(nn.Module):
    """One step of a policy, its state in and out."""

    def __init__(self):
        super().__init__()
        self.rnn, self.head = nn.GRU(4, 8, batch_first=True), nn.Linear(8, 2)

    def forward(self, x, h):
        y, h = self.rnn(x, h.unsqueeze(0))
        return torch.tanh(self.head(y[:, 0])), h.squeeze(0)


@network([4], [6], [6], opset=13, batch=2, names=(["x", "h", "c"], ["y", "h_out", "c_out"]))
class lstm_cell_by_chunk(nn.Module):
    """A cell as programs of their own write it: one product for all gates, and chunk, which becomes Split or Slice."""

    def __init__(self):
        super().__init__()
        self.ih, self.hh, self.out = nn.Linear(4, 24), nn.Linear(6, 24, bias=False), nn.Linear(6, 2)

    def forward(self, x, h, c):
        i, f, g, o = (self.ih(x) + self.hh(h)).chunk(4, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        return self.out(h), h, c


@network([8, 3], opset=10, batch=2)
class rnn_relu(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(3, 4, nonlinearity="relu", batch_first=True)

    def forward(self, x):
        return self.rnn(x)[1][0]


@network([5, 8], opset=16)
class layer_norm_gelu(nn.Module):
    """A block of a transformer without its attention; both are decomposed in this opset."""

    def __init__(self):
        super().__init__()
        self.norm, self.up, self.down = nn.LayerNorm(8), nn.Linear(8, 16), nn.Linear(16, 8)

    def forward(self, x):
        return x + self.down(F.gelu(self.up(self.norm(x))))


@network([9], opset=13)
class activations(nn.Module):
    """Those that have no operator of their own here."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(9, 9) for _ in range(6)])

    def forward(self, x):
        for layer, f in zip(self.layers, (F.silu, F.mish, F.hardswish, F.hardsigmoid, lambda v: F.leaky_relu(v, 0.2), F.softplus)):
            x = f(layer(x))
        return F.selu(x) + F.softsign(x)


@network([4, 6, 6], opset=9)
class residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Conv2d(4, 4, 3, padding=1), nn.Conv2d(4, 4, 3, padding=1), nn.Conv2d(4, 6, 1, stride=2)

    def forward(self, x):
        y = F.relu(x + self.b(F.relu(self.a(x))))
        return self.c(y).mean(dim=(2, 3))


@network([2, 8, 8], opset=11)
class unet(nn.Module):
    """Down, up by nearest neighbours and by a transposed convolution, and the two joined with what stood above."""

    def __init__(self):
        super().__init__()
        self.a, self.b, self.up, self.c = nn.Conv2d(2, 4, 3, padding=1), nn.Conv2d(4, 6, 3, padding=1), nn.ConvTranspose2d(6, 4, 2, stride=2), nn.Conv2d(14, 2, 1)

    def forward(self, x):
        a = F.relu(self.a(x))
        b = F.relu(self.b(F.max_pool2d(a, 2)))
        return torch.sigmoid(self.c(torch.cat([a, self.up(b), F.interpolate(b, scale_factor=2, mode="nearest")], dim=1)))


@network([3, 5, 6], opset=12)
class prelu_channels(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.one, self.many, self.fc = nn.Conv2d(3, 4, 2), nn.PReLU(), nn.PReLU(4, init=0.1), nn.Linear(80, 2)

    def forward(self, x):
        return self.fc(self.many(self.conv(self.one(x))).flatten(1))


@network([4, 4, 5], opset=13)
class transposed(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, output_padding=1, groups=2)
        self.b = nn.ConvTranspose2d(6, 2, (2, 3), stride=(1, 2), bias=False)

    def forward(self, x):
        return self.b(F.leaky_relu(self.a(x), 0.1))


@network([2, 4, 5], opset=13)
class upsample_bilinear(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 3, 3, padding=1)

    def forward(self, x):
        return torch.tanh(self.conv(F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)))


@network([2, 5, 6], opset=11)
class pixel_shuffle(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 12, 3, padding=1)

    def forward(self, x):
        return F.pixel_shuffle(self.conv(F.pad(x, (1, 1, 1, 1), mode="reflect")), 2)[:, :, 2:-2, 2:-2]


@network([3, 7, 9], opset=10)
class global_pools(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.fc = nn.Conv2d(3, 5, 3), nn.Linear(10, 4)

    def forward(self, x):
        x = self.conv(x)
        return self.fc(torch.cat([F.adaptive_avg_pool2d(x, 1), F.adaptive_max_pool2d(x, 1)], dim=1).squeeze(3).squeeze(2))


@network([6], opset=13, indices=11)
class embedding_mean(nn.Module):
    """Words to a class: indices in, int64."""

    def __init__(self):
        super().__init__()
        self.table, self.fc = nn.Embedding(11, 5), nn.Linear(5, 3)

    def forward(self, x):
        return self.fc(self.table(x).mean(dim=1))


@network([1, 40], opset=12)
class keyword(nn.Module):
    """Conv1d on sound, dilated and strided, batch norm, pools with a padding, a softmax."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv1d(1, 4, 5, stride=2, padding=2), nn.BatchNorm1d(4), nn.ReLU(), nn.MaxPool1d(3, stride=2, padding=1),
            nn.Conv1d(4, 6, 3, dilation=2), nn.ReLU(), nn.AvgPool1d(2, padding=1, count_include_pad=False), nn.Flatten(), nn.Linear(24, 4), nn.Softmax(dim=-1))

    def forward(self, x):
        return self.net(x)


@network([5, 5], [7], opset=11, batch=2, names=(["visual", "vector"], ["policy", "value", "log_policy"]))
class policy_two_inputs(nn.Module):
    """Of an actor and a critic: two inputs of other ranks, three outputs."""

    def __init__(self):
        super().__init__()
        self.visual, self.vector, self.policy, self.value = nn.Linear(25, 8), nn.Linear(7, 8), nn.Linear(16, 4), nn.Linear(16, 1)

    def forward(self, visual, vector):
        x = torch.cat([F.silu(self.visual(visual.flatten(1))), F.silu(self.vector(vector))], dim=-1)
        logits = self.policy(x)
        return F.softmax(logits, dim=1), self.value(x), F.log_softmax(logits, dim=1)


@network([8], opset=9)
class normalized_policy(nn.Module):
    """Statistics of the observations as buffers, clipped, and an action in its range: constants in the graph."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.randn(8))
        self.register_buffer("std", torch.rand(8) + 0.5)
        self.a, self.b = nn.Linear(8, 10), nn.Linear(10, 2)

    def forward(self, x):
        x = torch.clamp((x - self.mean) / (self.std + 1e-5), -2, 2)
        return torch.tanh(self.b(F.relu(self.a(x)))) * 2.0 + 0.5


@network([4, 6], opset=13)
class attention_gate(nn.Module):
    """A weighted mean over the steps: softmax over time, a product that stretches, a sum over an axis."""

    def __init__(self):
        super().__init__()
        self.score, self.fc = nn.Linear(6, 1), nn.Linear(6, 2)

    def forward(self, x):
        weights = torch.sigmoid(self.score(x))
        return self.fc((weights * x).sum(dim=1) / weights.sum(dim=1))


@network([6, 4, 5], opset=13)
class group_and_instance_norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.group, self.instance = nn.Conv2d(6, 6, 1), nn.GroupNorm(3, 6), nn.InstanceNorm2d(6, affine=True)

    def forward(self, x):
        return F.relu(self.instance(F.relu(self.group(self.conv(x)))))


@network([3, 4, 6], opset=15)
class shapes(nn.Module):
    """Permutations, views, slices with steps, a flip, a maximum, unsqueeze and expand."""

    def forward(self, x):
        a = x.permute(0, 2, 3, 1).reshape(x.shape[0], 4, 18)
        b = a[:, ::2, 3:-3]
        c = torch.flip(b, dims=[2])
        d = torch.maximum(b, c) - torch.minimum(b, c).unsqueeze(1).expand(-1, 3, -1, -1).mean(dim=1)
        return torch.sqrt(torch.abs(d) + 1).flatten(1)


def save(path, tensors):
    """safetensors, which is a header and the bytes."""
    header, data = {}, b""
    for name, tensor in tensors.items():
        raw = tensor.detach().to(torch.float32).contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def settle(module):
    """Statistics that a norm would have after some training."""
    for m in module.modules():
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
            m.running_mean.uniform_(-0.5, 0.5)
            m.running_var.uniform_(0.5, 1.5)
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d, nn.GroupNorm, nn.InstanceNorm2d, nn.LayerNorm)):
            m.weight.data.uniform_(0.5, 1.5)
            m.bias.data.uniform_(-0.5, 0.5)


def export(name):
    cls, shapes, opset, batch, dynamic, options = NETWORKS[name]
    torch.manual_seed(1)
    module = cls()
    settle(module)
    module.eval()

    def draw(count):
        if "indices" in options:
            return [torch.randint(0, options["indices"], [count, *shape]) for shape in shapes]
        return [torch.rand([count, *shape]) * 2 - 1 for shape in shapes]

    inputs = draw(batch)
    parameters = list(inspect.signature(cls.forward).parameters)[1:]
    input_names, output_names = options.get("names", (parameters, None))
    with torch.no_grad():
        first = module(*inputs)
    if output_names is None:
        output_names = ["output"]
    torch.onnx.export(
        module, tuple(inputs), HERE / f"{name}.onnx", opset_version=opset, input_names=input_names, output_names=output_names,
        dynamic_axes={n: {0: "batch"} for n in [*input_names, *output_names]} if dynamic else None,
        training=torch.onnx.TrainingMode.PRESERVE if options.get("training") else torch.onnx.TrainingMode.EVAL,
        do_constant_folding=name not in ("lstm_last", "pixel_shuffle"))

    samples = draw(4) if dynamic else draw(batch)
    with torch.no_grad():
        outputs = module.double()(*[s if s.dtype == torch.int64 else s.double() for s in samples])
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    save(HERE / f"{name}.safetensors", dict(zip([*input_names, *output_names], [*samples, *outputs])))


for name in sys.argv[1:] or NETWORKS:
    export(name)
