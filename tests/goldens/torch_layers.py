"""The layers of a spec in PyTorch, on parameters by their names.

What PyTorch 1.13 lacks is composed of what it has: padding `same` with strides, averages that leave out its zeros, RMS norm.
"""

import math

import torch
import torch.nn.functional as F

from make_goldens import float32


class Mode:
    """How a model runs; with `statistics` the running ones are replaced by the batch's instead of blended."""

    def __init__(self, training, statistics=False):
        self.training, self.statistics = training, statistics


INFERENCE, TRAINING, STATISTICS = Mode(False), Mode(True), Mode(True, statistics=True)


def each(value, axes):
    return list(value) if isinstance(value, (list, tuple)) else [value] * axes


def pad_same(x, kernel, strides, dilation=1, value=0.0):
    """Keras's `same`: ceil(L / stride) windows, the smaller half of the padding before."""
    axes = x.dim() - 2
    padding = []
    for size, k, s, d in reversed(list(zip(x.shape[2:], each(kernel, axes), each(strides, axes), each(dilation, axes)))):
        total = max((math.ceil(size / s) - 1) * s + (k - 1) * d + 1 - size, 0)
        padding += [total // 2, total - total // 2]
    return F.pad(x, padding, value=value)


def conv(p, name, x, stride=1, padding=0, dilation=1, groups=1):
    w, b = p[name + ".weight"], p.get(name + ".bias")
    if padding == "same":
        x, padding = pad_same(x, w.shape[2:], stride, dilation), 0
    if padding == "causal":
        x, padding = F.pad(x, [(w.shape[2] - 1) * dilation, 0]), 0
    f = F.conv1d if x.dim() == 3 else F.conv2d
    return f(x, w, b, stride=stride, padding=padding, dilation=dilation, groups=groups)


def conv_transpose(p, name, x, **options):
    f = F.conv_transpose1d if x.dim() == 3 else F.conv_transpose2d
    return f(x, p[name + ".weight"], p.get(name + ".bias"), **options)


def max_pool(x, size, stride=None, padding=0):
    if padding == "same":
        x, padding = pad_same(x, size, size if stride is None else stride, value=-math.inf), 0
    return (F.max_pool1d if x.dim() == 3 else F.max_pool2d)(x, size, stride, padding)


def average_pool(x, size, stride=None, padding=0):
    f = F.avg_pool1d if x.dim() == 3 else F.avg_pool2d
    if padding != "same":
        return f(x, size, stride, padding)
    ones = pad_same(torch.ones_like(x), size, size if stride is None else stride)
    return f(pad_same(x, size, size if stride is None else stride), size, stride) / f(ones, size, stride)


def batch_norm(p, name, x, mode, momentum=0.1, epsilon=1e-5, frozen=False):
    training = mode.training and not frozen
    return F.batch_norm(
        x, p[name + ".running_mean"], p[name + ".running_var"], p[name + ".weight"], p[name + ".bias"], training,
        (1.0 if mode.statistics else float32(momentum)) if training else 0.0, float32(epsilon))


def layer_norm(p, name, x, epsilon=1e-5):
    return F.layer_norm(x, x.shape[-1:], p[name + ".weight"], p[name + ".bias"], float32(epsilon))


def rms_norm(p, name, x, epsilon=1e-5):
    return p[name + ".weight"] * x * torch.rsqrt((x * x).mean(-1, keepdim=True) + float32(epsilon))


def recurrent(kind, p, name, x, sequences=False, truncate=None):
    """simple_rnn, gru or lstm over [n, time, features], in pieces of `truncate` steps counted from the end, their states detached."""
    parameters = [p[f"{name}.{part}_l0"] for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    f = {"simple_rnn": torch.rnn_tanh, "gru": torch.gru, "lstm": torch.lstm}[kind]
    zeros = x.new_zeros(1, x.shape[0], parameters[1].shape[1])
    state, outputs = (zeros, zeros) if kind == "lstm" else zeros, []
    steps = truncate or x.shape[1]
    for end in reversed(range(x.shape[1], 0, -steps)):
        y, *state = f(x[:, max(end - steps, 0):end], state, parameters, True, 1, 0.0, False, False, True)
        state = [s.detach() if truncate else s for s in state]
        state = state if kind == "lstm" else state[0]
        outputs.append(y)
    y = torch.cat(outputs, 1)
    return y if sequences else y[:, -1]


def flat(kind, p, names):
    """The parameters of a recurrent function: of each name those that are there, and whether biases are."""
    parameters = [p[part] for name in names for part in name if part in p]
    return parameters, any("bias" in part for name in names for part in name if part in p)


def cell_names(name, ending="", weights=None):
    return [f"{weights or name}.weight_ih_l0{ending}", f"{weights or name}.weight_hh_l0{ending}", f"{name}.bias_ih_l0{ending}", f"{name}.bias_hh_l0{ending}"]


def recurrent_variant(kind, p, name, x, sequences=False, weights=None, relu=False):
    """The same over all steps; without biases where there are none, with the weights of another layer, or relu for tanh in a simple_rnn."""
    parameters, has_biases = flat(kind, p, [cell_names(name, weights=weights)])
    f = {"simple_rnn": torch.rnn_relu if relu else torch.rnn_tanh, "gru": torch.gru, "lstm": torch.lstm}[kind]
    zeros = x.new_zeros(1, x.shape[0], parameters[1].shape[1])
    y = f(x, (zeros, zeros) if kind == "lstm" else zeros, parameters, has_biases, 1, 0.0, False, False, True)[0]
    return y if sequences else y[:, -1]


def bidirectional(kind, p, name, x, sequences=False, merge="concat"):
    parameters, has_biases = flat(kind, p, [cell_names(name), cell_names(name, "_reverse")])
    f = {"simple_rnn": torch.rnn_tanh, "gru": torch.gru, "lstm": torch.lstm}[kind]
    units = parameters[1].shape[1]
    zeros = x.new_zeros(2, x.shape[0], units)
    y, h, *_ = f(x, (zeros, zeros) if kind == "lstm" else zeros, parameters, has_biases, 1, 0.0, False, True, True)
    a, b = (y[..., :units], y[..., units:]) if sequences else (h[0], h[1])
    return {"concat": lambda: torch.cat([a, b], -1), "sum": lambda: a + b, "multiply": lambda: a * b, "average": lambda: (a + b) / 2}[merge]()


def steps(step, p, name, x, states, sequences):
    """A cell that PyTorch has not, step by step: from the sums of the features, and the states."""
    outputs = []
    for t in range(x.shape[1]):
        states = step(F.linear(x[:, t], p[name + ".weight_ih_l0"], p.get(name + ".bias_ih_l0")), *states)
        outputs.append(states[0])
    return torch.stack(outputs, 1) if sequences else outputs[-1]


def gru_resetting_state(p, name, x, sequences=False, gate=torch.sigmoid, activation=torch.tanh):
    """A GRU whose reset gate works on the state before the product: Keras's reset_after=False, ONNX's linear_before_reset=0."""
    w, b = p[name + ".weight_hh_l0"], p.get(name + ".bias_hh_l0")
    units = w.shape[1]
    part = lambda k, v: F.linear(v, w[k * units:(k + 1) * units], None if b is None else b[k * units:(k + 1) * units])

    def step(sums, h):
        xr, xz, xn = sums.chunk(3, 1)
        r, z = gate(xr + part(0, h)), gate(xz + part(1, h))
        n = activation(xn + part(2, r * h))
        return ((1 - z) * n + z * h,)

    return steps(step, p, name, x, (x.new_zeros(x.shape[0], units),), sequences)


def lstm_of(gate, activation, p, name, x, sequences=False):
    """An LSTM of other activations."""
    units = p[name + ".weight_hh_l0"].shape[1]

    def step(sums, h, c):
        i, f, g, o = (sums + F.linear(h, p[name + ".weight_hh_l0"], p.get(name + ".bias_hh_l0"))).chunk(4, 1)
        c = gate(f) * c + gate(i) * activation(g)
        return gate(o) * activation(c), c

    zeros = x.new_zeros(x.shape[0], units)
    return steps(step, p, name, x, (zeros, zeros), sequences)


def embedding(p, name, x):
    return F.embedding(x.long(), p[name + ".weight"])
