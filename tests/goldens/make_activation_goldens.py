"""Writes activations.json: every activation and its derivative at many points, and activation_networks.json: networks with prelu and
log_softmax, as dense.json has them.

    python3 make_activation_goldens.py            (needs PyTorch 1.13, Debian's python3-torch)

All in float64, from float32 arguments. In its far tails PyTorch's own formula for gelu cancels, so what is compared there is absolute.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

from make_goldens import Case, dense, draw, float32, floats32, floats64

ACTIVATIONS = {
    "linear": lambda x: x * 1,
    "relu": F.relu,
    "relu6": F.relu6,
    "leaky_relu": lambda x: F.leaky_relu(x, float32(0.01)),
    "{ leaky_relu: 0.3125 }": lambda x: F.leaky_relu(x, 0.3125),
    "elu": F.elu,
    "{ elu: 0.3125 }": lambda x: F.elu(x, 0.3125),
    "selu": F.selu,
    "gelu": F.gelu,
    "{ gelu: { approximate: none } }": F.gelu,
    "{ gelu: { approximate: tanh } }": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu,
    "mish": F.mish,
    "sigmoid": torch.sigmoid,
    "hard_sigmoid": F.hardsigmoid,
    "hard_swish": F.hardswish,
    "tanh": torch.tanh,
    # PyTorch's is the identity above its threshold, which is moved to where that is exact.
    "softplus": lambda x: F.softplus(x, threshold=100),
    "softsign": F.softsign,
    "exp": torch.exp,
    "log": torch.log,
    "sqrt": torch.sqrt,
    "square": torch.square,
    "abs": torch.abs,
    "reciprocal": torch.reciprocal,
    "sin": torch.sin,
    "cos": torch.cos,
}

# Where a function, or its derivative, is infinite or no number in float, nothing is written.
LIMITS = {"exp": (-87, 87), "log": (1e-37, 1e37), "sqrt": (1e-37, 1e38), "square": (-1e10, 1e10), "reciprocal": (1e-10, 1e10)}

MAGNITUDES = [
    0, 1e-38, 1e-20, 1e-10, 1e-7, 1e-4, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 0.75, 1, 1.19, 1.28, 1.5, 1.75, 2, 2.5, 2.9999998, 3, 3.0000002, 3.5, 4, 5,
    5.9999995, 6, 6.0000005, 7, 8, 10, 12, 15, 20, 30, 50, 88, 100, 1000, 1e10, 1e20, 3e38,
]


def points():
    arguments = torch.tensor([sign * m for m in MAGNITUDES for sign in (1, -1)], dtype=torch.float32).to(torch.float64)
    every = arguments
    for name, f in ACTIVATIONS.items():
        low, high = LIMITS.get(name, (-math.inf, math.inf))
        arguments = every[(every >= low) & (every <= high)]
        x = arguments.clone().requires_grad_()
        y = f(x)
        y.sum().backward()
        # Where a product is infinite times 0, which only arguments of no use reach, the limit is taken.
        derivative = torch.where(torch.isnan(x.grad), (arguments > 0).to(torch.float64), x.grad)
        yield {"activation": name, "arguments": floats32(arguments), "values": floats64(y.detach()), "derivatives": floats64(derivative)}


def mean_square(f, y):
    return F.mse_loss(f, y)


def prelu(w, x, axis):
    """torch.prelu has its channels second; here they are at any axis."""
    return F.prelu(x.transpose(1, axis), w).transpose(1, axis)


def cross_entropy(f, y):
    """-sum y f over the classes, for targets that need not sum to 1; the mean over the samples and steps."""
    return -(y * f).sum(-1).mean()


def cases():
    shapes = {"dense_1.weight": (5, 4), "dense_1.bias": (5,), "prelu_1.weight": (1,), "dense_2.weight": (3, 5), "dense_2.bias": (3,)}
    spec = "input: 4\nlayers: [dense: 5, prelu%s, dense: 3]\nloss: mean_squared_error\n"
    yield Case("prelu: one weight", spec % "", lambda p, x: dense(p, "dense_2", F.prelu(dense(p, "dense_1", x), p["prelu_1.weight"])),
               mean_square, shapes, (4,), 3, targets=draw(3, 3))
    yield Case("prelu: a weight for each element", spec % ": { per_channel: true }",
               lambda p, x: dense(p, "dense_2", F.prelu(dense(p, "dense_1", x), p["prelu_1.weight"])),
               mean_square, {**shapes, "prelu_1.weight": (5,)}, (4,), 3, targets=draw(3, 3))

    shapes = {"dense_1.weight": (5, 4), "dense_1.bias": (5,), "prelu_1.weight": (5,), "dense_2.weight": (2, 5), "dense_2.bias": (2,)}
    yield Case("prelu: a weight for each feature of a sequence",
               "input: [3, 4]\nlayers: [dense: 5, prelu: { per_channel: true }, dense: 2]\nloss: mean_squared_error\n",
               lambda p, x: dense(p, "dense_2", prelu(p["prelu_1.weight"], dense(p, "dense_1", x), 2)),
               mean_square, shapes, (3, 4), 2, targets=draw(2, 3, 2))
    shapes = {"prelu_1.weight": (2,), "prelu_2.weight": (1,), "dense_1.weight": (3, 12), "dense_1.bias": (3,)}
    yield Case("prelu: a weight for each channel of an image, then one for all",
               "input: [2, 3, 2]\nlayers: [prelu: { per_channel: true }, prelu, flatten, dense: 3]\nloss: mean_squared_error\n",
               lambda p, x: dense(p, "dense_1", F.prelu(F.prelu(x, p["prelu_1.weight"]), p["prelu_2.weight"]).flatten(1)),
               mean_square, shapes, (2, 3, 2), 3, targets=draw(3, 3))

    shapes = {"dense_1.weight": (6, 5), "dense_1.bias": (6,), "dense_2.weight": (3, 6), "dense_2.bias": (3,)}
    spec = "input: 5\nlayers: [dense: { units: 6, activation: tanh }, dense: 3, log_softmax]\nloss: %s\n"

    def network(p, x):
        return F.log_softmax(dense(p, "dense_2", torch.tanh(dense(p, "dense_1", x))), dim=-1)

    yield Case("log_softmax: cross-entropy", spec % "cross_entropy", network, cross_entropy, shapes, (5,), 4, targets=draw(4, 3, low=0))
    yield Case("log_softmax: cross-entropy with labels", spec % "cross_entropy", network, F.nll_loss, shapes, (5,), 4, labels=torch.randint(0, 3, (4,)))
    yield Case("log_softmax: squared error", spec % "mean_squared_error", network, mean_square, shapes, (5,), 4, targets=draw(4, 3, low=-2, high=0))

    shapes = {"dense_1.weight": (4, 3), "dense_1.bias": (4,)}
    yield Case("log_softmax: a sequence", "input: [5, 3]\nlayers: [dense: { units: 4, activation: log_softmax }]\nloss: cross_entropy\n",
               lambda p, x: F.log_softmax(dense(p, "dense_1", x), dim=-1), cross_entropy, shapes, (5, 3), 2, targets=draw(2, 5, 4, low=0))
    shapes = {"dense_1.weight": (2, 18), "dense_1.bias": (2,)}
    yield Case("log_softmax: the channels of an image", "input: [2, 3, 3]\nlayers: [log_softmax, flatten, dense: 2]\nloss: mean_squared_error\n",
               lambda p, x: dense(p, "dense_1", F.log_softmax(x, dim=1).flatten(1)), mean_square, shapes, (2, 3, 3), 2, targets=draw(2, 2))


def write(name, values):
    lines = [json.dumps(value, separators=(",", ":")) for value in values]
    path = pathlib.Path(__file__).with_name(name)
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")
    print(f"{name}: {len(lines)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    write("activations.json", points())
    write("activation_networks.json", (case.to_json() for case in cases()))
