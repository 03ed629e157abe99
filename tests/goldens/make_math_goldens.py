"""Writes math.json: what PyTorch computes for clip, power, merges with stretched axes, reductions and group norms.

    python3 make_math_goldens.py       (needs PyTorch 1.13, Debian's python3-torch)

Cases are those of make_goldens.py. Behind relu some values are equal, so that it shows how the largest and the smallest share a gradient.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

from make_goldens import Case, dense, draw, float32

torch.manual_seed(29)

LOSS = "loss: mean_squared_error\n"
EPSILON = float32(0.1)


def mean_square(f, y):
    return F.mse_loss(f, y)


def sizes(**layers):
    """The parameters of dense layers, by name: their outputs and inputs."""
    shapes = {}
    for name, (outputs, inputs) in layers.items():
        shapes[f"{name}.weight"] = (outputs, inputs)
        shapes[f"{name}.bias"] = (outputs,)
    return shapes


def case(name, spec, model, shapes, input_shape, outputs, samples=3):
    return Case(name, spec + LOSS, model, mean_square, shapes, input_shape, samples, targets=draw(samples, *outputs))


def cases():
    yield case("clip, then a whole power", "input: 5\nlayers: [dense: 6, clip: { min: -0.5, max: 0.75 }, power: 3, dense: 2]\n",
               lambda p, x: dense(p, "dense_2", dense(p, "dense_1", x).clamp(-0.5, 0.75).pow(3)), sizes(dense_1=(6, 5), dense_2=(2, 6)), (5,), (2,))
    yield case("other powers", "input: 5\nlayers: [dense: { units: 6, activation: sigmoid }, power: 1.75, rescaling: { scale: 1, offset: 0.25 }, power: -0.5, dense: 2]\n",
               lambda p, x: dense(p, "dense_2", (torch.sigmoid(dense(p, "dense_1", x)).pow(1.75) + 0.25).pow(-0.5)), sizes(dense_1=(6, 5), dense_2=(2, 6)), (5,), (2,))
    yield case("the larger, the smaller and the mean of three", """
input: 5
layers:
  - dense: { units: 7, activation: relu, name: a }
  - dense: { units: 7, activation: relu, from: input, name: b }
  - dense: { units: 7, activation: relu, from: input, name: c }
  - maximum: { from: [a, b, c], name: d }
  - minimum: { from: [a, b, c], name: e }
  - average: [a, d, e]
  - dense: { units: 2, name: f }
""".lstrip(), merged, sizes(a=(7, 5), b=(7, 5), c=(7, 5), f=(2, 7)), (5,), (2,))
    yield case("differences and quotients over steps and features", """
input: [4, 3]
layers:
  - dense: { units: 5, activation: tanh, name: a }
  - reduce_mean: { axes: 0, keep_dims: true, name: b }
  - subtract: { from: [a, b], name: c }
  - dense: { units: 1, activation: exp, from: a, name: d }
  - divide: [c, d]
  - dense: { units: 2, name: e }
""".lstrip(), stretched, sizes(a=(5, 3), d=(1, 5), e=(2, 5)), (4, 3), (4, 2))
    for kind, reduce in (("mean", torch.mean), ("sum", torch.sum), ("max", torch.amax), ("min", torch.amin)):
        yield case(f"reduce_{kind} over some axes of planes, then all",
                   f"input: 3\nlayers: [dense: {{ units: 24, activation: relu }}, reshape: [2, 3, 4], reduce_{kind}: [0, -1], dense: 4, reduce_{kind}]\n",
                   lambda p, x, reduce=reduce: reduce(dense(p, "dense_2", reduce(torch.relu(dense(p, "dense_1", x)).reshape(-1, 2, 3, 4), dim=(1, 3))), dim=(1,), keepdim=True),
                   sizes(dense_1=(24, 3), dense_2=(4, 3)), (3,), (1,), samples=2)
    norm = {"weight": (6,), "bias": (6,)}
    yield case("group_norm of an image", "input: [6, 2, 3]\nlayers: [group_norm: { groups: 2, epsilon: 0.1 }, flatten, dense: 2]\n",
               lambda p, x: dense(p, "dense_1", F.group_norm(x, 2, p["group_norm_1.weight"], p["group_norm_1.bias"], EPSILON).flatten(1)),
               {**{f"group_norm_1.{k}": s for k, s in norm.items()}, **sizes(dense_1=(2, 36))}, (6, 2, 3), (2,))
    yield case("group_norm of a sequence", "input: [4, 3]\nlayers: [dense: 6, group_norm: { groups: 3, epsilon: 0.1 }, dense: 2]\n",
               lambda p, x: dense(p, "dense_2", F.group_norm(dense(p, "dense_1", x).transpose(1, 2), 3, p["group_norm_1.weight"], p["group_norm_1.bias"], EPSILON).transpose(1, 2)),
               {**sizes(dense_1=(6, 3)), **{f"group_norm_1.{k}": s for k, s in norm.items()}, **sizes(dense_2=(2, 6))}, (4, 3), (4, 2))
    yield case("instance_norm and layer_norm without weights",
               "input: [3, 2, 4]\nlayers: [instance_norm: { epsilon: 0.1, scale: false, center: false }, flatten, dense: 6, layer_norm: { epsilon: 0.1, scale: false }, dense: 2]\n",
               lambda p, x: dense(p, "dense_2", F.layer_norm(dense(p, "dense_1", F.instance_norm(x, eps=EPSILON).flatten(1)), (6,), None, p["layer_norm_1.bias"], EPSILON)),
               {**sizes(dense_1=(6, 24)), "layer_norm_1.bias": (6,), **sizes(dense_2=(2, 6))}, (3, 2, 4), (2,))


def merged(p, x):
    a, b, c = (torch.relu(dense(p, name, x)) for name in "abc")
    largest, smallest = torch.maximum(torch.maximum(a, b), c), torch.minimum(torch.minimum(a, b), c)
    return dense(p, "f", (a + largest + smallest) / 3)


def stretched(p, x):
    a = torch.tanh(dense(p, "a", x))
    return dense(p, "e", (a - a.mean(dim=1, keepdim=True)) / dense(p, "d", a).exp())


if __name__ == "__main__":
    lines = [json.dumps(case.to_json(), separators=(",", ":")) for case in cases()]
    path = pathlib.Path(__file__).with_name("math.json")
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")
    print(f"math.json: {len(lines)} cases, {path.stat().st_size} bytes")
