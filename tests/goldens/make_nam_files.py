"""Writes nam_files/gated.nam, a small WaveNet with gates, as Neural Amp Modeler saves it, and gated.json: a signal and what comes out.

    python3 make_nam_files.py      (needs NumPy)

What it computes is written here by the definition of its authors' Python (nam/models/wavenet.py): per layer z = activation(conv + mix)[first half] * sigmoid(...)[second half].
"""

import json
import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parent / "nam_files"
FOLDER.mkdir(exist_ok=True)
random = np.random.default_rng(5)
STACKS = [
    {"input_size": 1, "condition_size": 1, "head_size": 2, "channels": 3, "kernel_size": 2, "dilations": [1, 3], "activation": "LeakyReLU", "gated": True, "head_bias": True},
    {"input_size": 3, "condition_size": 1, "head_size": 1, "channels": 2, "kernel_size": 3, "dilations": [2, 1], "activation": "Hardtanh", "gated": True, "head_bias": False},
]
ACTIVATIONS = {"LeakyReLU": lambda x: np.where(x > 0, x, 0.01 * x), "Hardtanh": lambda x: np.clip(x, -1, 1)}
weights = []


def draw(*shape):
    values = random.uniform(-0.9, 0.9, shape).astype(np.float32)
    weights.extend(float(v) for v in values.flatten())
    return values.astype(np.float64)


def causal(x, w, dilation):
    """x [in, time], w [out, in, taps]."""
    taps = w.shape[2]
    past = np.pad(x, ((0, 0), ((taps - 1) * dilation, 0)))
    return sum(w[:, :, k] @ past[:, k * dilation : k * dilation + x.shape[1]] for k in range(taps))


signal = random.uniform(-1, 1, 200).astype(np.float32)
condition = signal[None].astype(np.float64)
x, head = condition, 0
for stack in STACKS:
    channels, act = stack["channels"], ACTIVATIONS[stack["activation"]]
    x = draw(channels, stack["input_size"]) @ x
    for dilation in stack["dilations"]:
        w, b, mix = draw(2 * channels, channels, stack["kernel_size"]), draw(2 * channels), draw(2 * channels, 1)
        one, bias = draw(channels, channels), draw(channels)
        z = causal(x, w, dilation) + b[:, None] + mix @ condition
        z = act(z[:channels]) / (1 + np.exp(-z[channels:]))
        head = head + z
        x = x + one @ z + bias[:, None]
    head = draw(stack["head_size"], channels) @ head
    if stack["head_bias"]:
        head = head + draw(stack["head_size"])[:, None]
scale = draw(1)[0]
model = {"version": "0.5.4", "metadata": {"name": "Gated", "modeled_by": "nobody\n# input: 3", "tone_type": "hi_gain"}, "architecture": "WaveNet",
         "config": {"layers": STACKS, "head": None, "head_scale": float(scale)}, "weights": weights, "sample_rate": 44100}
(FOLDER / "gated.nam").write_text(json.dumps(model) + "\n")
(FOLDER / "gated.json").write_text(json.dumps({"inputs": signal.tolist(), "outputs": (scale * head[0]).tolist()}) + "\n")
