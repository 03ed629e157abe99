"""Writes layers.json: what PyTorch computes for convolutions, pools, norms, and graphs of layers.

    python3 make_layer_goldens.py      (needs PyTorch 1.13, Debian's python3-torch)

Cases are those of make_goldens.py, and tell training from inference: "outputs" and "loss" are of inference,
"trainingOutputs" and "trainingLoss" of training, of which the gradients are. In the gradients' places of running
statistics stand the batch's mean and unbiased variance.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

from make_goldens import Case, dense, draw, floats64, mean_over_samples
from torch_layers import (
    INFERENCE, STATISTICS, TRAINING, average_pool, batch_norm, conv, conv_transpose, layer_norm, max_pool, rms_norm)

torch.manual_seed(21)


class LayerCase(Case):
    """`shapes` says by its keys what each parameter is; `scales` are the layers whose weights are scales, outside l2."""

    def __init__(self, name, spec, model, loss, shapes, input_shape, samples, scales=(), frozen=(), **options):
        trained = [key for key in shapes if "running" not in key and key not in frozen]
        in_mode = lambda p, x, mode=INFERENCE: model(p, x, mode)
        super().__init__(name, spec, in_mode, loss, shapes, input_shape, samples, trained=trained, **options)
        self.scales = [layer + ".weight" for layer in scales]
        for key, shape in shapes.items():
            if key in self.scales or key.endswith("running_var"):
                self.parameters[key] = draw(*shape, low=0.5, high=1.5)
            elif key.endswith("weight"):
                limit = math.sqrt(3 * shape[0] / math.prod(shape))
                self.parameters[key] = draw(*shape, low=-limit, high=limit)

    def total(self, p, mode=TRAINING):
        value = self.loss(self.model(p, self.inputs, mode), self.labels if self.targets is None else self.targets)
        return value + self.l2 * sum((w * w).sum() for key, w in p.items() if key.endswith("weight") and key not in self.scales)

    def backward(self, parameters):
        p = {key: value.clone().requires_grad_(key in self.trained) for key, value in parameters.items()}
        value = self.total(p, STATISTICS)
        value.backward()
        gradients = {key: torch.zeros_like(w) if w.grad is None else w.grad for key, w in p.items()}
        for key, w in p.items():
            # A frozen norm's are as they were, and its gradients 0.
            if "running" in key and not torch.equal(w, parameters[key]):
                gradients[key] = w
        return value.item(), gradients

    def to_json(self):
        """The base class calls the model in inference for the outputs, and in training for the loss and the gradients."""
        result = super().to_json()
        with torch.no_grad():
            loss = self.total(self.parameters, INFERENCE).item()
            training_outputs = floats64(self.model({key: value.clone() for key, value in self.parameters.items()}, self.inputs, TRAINING))
        if training_outputs != result["outputs"]:
            result["trainingOutputs"], result["trainingLoss"] = training_outputs, result["loss"]
            result["loss"] = float(f"{loss:.14g}")
        return result


half_squared_error = mean_over_samples(lambda f, y: 0.5 * (f - y) ** 2)


def norm_shapes(name, size):
    return {f"{name}.{part}": (size,) for part in ("weight", "bias", "running_mean", "running_var")}


def wb(name, *shape, bias=None):
    """The weight and the bias of a layer."""
    return {name + ".weight": shape, name + ".bias": (shape[0] if bias is None else bias,)}


def spec(input, *layers, tail="loss: half_squared_error\n"):
    return f"input: {input}\nlayers:\n" + "".join(f"  - {layer}\n" for layer in layers) + tail


def regression(name, input, layers, model, shapes, output_shape, samples=2, tail="loss: half_squared_error\n", **options):
    shape = tuple(json.loads(input if "shape" not in input else input[input.index("["):input.index("]") + 1]))
    return LayerCase(name, spec(input, *layers, tail=tail), model, half_squared_error, shapes, shape, samples,
                     targets=draw(samples, *output_shape), **options)


def convolutions():
    def one(name, input, layer, options, weight, output, kind, out=None):
        f = conv_transpose if "transpose" in kind else conv
        shapes = wb(kind + "_1", *weight, bias=out)
        return regression(name, input, [f"{kind}: {layer}"], lambda p, x, mode: f(p, kind + "_1", x, **options), shapes, output)

    yield one("conv1d", "[2, 7]", "{ filters: 3, kernel_size: 3 }", {}, (3, 2, 3), (3, 5), "conv1d")
    yield one("conv1d: strides, padding", "[2, 8]", "{ filters: 3, kernel_size: 4, strides: 3, padding: 2 }",
              dict(stride=3, padding=2), (3, 2, 4), (3, 3), "conv1d")
    yield one("conv1d: same, even kernel", "[1, 6]", "{ filters: 2, kernel_size: 4, padding: same }", dict(padding="same"),
              (2, 1, 4), (2, 6), "conv1d")
    yield one("conv1d: same, strides, dilation", "[3, 9]", "{ filters: 2, kernel_size: 3, strides: 2, dilation_rate: 3, padding: same }",
              dict(padding="same", stride=2, dilation=3), (2, 3, 3), (2, 5), "conv1d")
    yield one("conv1d: same, strides wider than the kernel", "[2, 7]", "{ filters: 3, kernel_size: 2, strides: 4, padding: same }",
              dict(padding="same", stride=4), (3, 2, 2), (3, 2), "conv1d")
    yield one("conv1d: causal, dilation", "[2, 9]", "{ filters: 3, kernel_size: 3, dilation_rate: 2, padding: causal }",
              dict(padding="causal", dilation=2), (3, 2, 3), (3, 9), "conv1d")
    yield one("conv1d: causal, strides", "[2, 7]", "{ filters: 5, kernel_size: 4, strides: 2, padding: causal }",
              dict(padding="causal", stride=2), (5, 2, 4), (5, 4), "conv1d")
    yield one("conv1d: groups", "[6, 5]", "{ filters: 4, kernel_size: 2, groups: 2 }", dict(groups=2), (4, 3, 2), (4, 4), "conv1d")
    yield one("conv1d: depthwise", "[5, 6]", "{ filters: 5, kernel_size: 3, groups: 5, padding: 1 }", dict(groups=5, padding=1),
              (5, 1, 3), (5, 6), "conv1d")
    yield one("conv1d: kernel 1, many filters", "[3, 4]", "{ filters: 17, kernel_size: 1 }", {}, (17, 3, 1), (17, 4), "conv1d")
    yield one("conv2d", "[2, 5, 6]", "{ filters: 3, kernel_size: 3 }", {}, (3, 2, 3, 3), (3, 3, 4), "conv2d")
    yield one("conv2d: lists", "[2, 6, 7]", "{ filters: 3, kernel_size: [3, 2], strides: [2, 3], padding: [1, 0], dilation_rate: [1, 2] }",
              dict(stride=(2, 3), padding=(1, 0), dilation=(1, 2)), (3, 2, 3, 2), (3, 3, 2), "conv2d")
    yield one("conv2d: same", "[1, 4, 5]", "{ filters: 9, kernel_size: [2, 5], padding: same }", dict(padding="same"),
              (9, 1, 2, 5), (9, 4, 5), "conv2d")
    yield one("conv2d: same, strides", "[3, 6, 5]", "{ filters: 2, kernel_size: 3, strides: 2, padding: same }",
              dict(padding="same", stride=2), (2, 3, 3, 3), (2, 3, 3), "conv2d")
    yield one("conv2d: depthwise with two filters a channel", "[3, 5, 4]", "{ filters: 6, kernel_size: 3, groups: 3, padding: 1 }",
              dict(groups=3, padding=1), (6, 1, 3, 3), (6, 5, 4), "conv2d")
    yield one("conv2d: groups, strides", "[4, 5, 5]", "{ filters: 8, kernel_size: 3, groups: 2, strides: 2 }", dict(groups=2, stride=2),
              (8, 2, 3, 3), (8, 2, 2), "conv2d")
    yield one("conv2d: the whole image", "[2, 3, 4]", "{ filters: 4, kernel_size: [3, 4] }", {}, (4, 2, 3, 4), (4, 1, 1), "conv2d")
    yield one("conv2d: dilation", "[2, 7, 6]", "{ filters: 3, kernel_size: 3, dilation_rate: 2, padding: 1 }",
              dict(dilation=2, padding=1), (3, 2, 3, 3), (3, 5, 4), "conv2d")
    yield one("conv_transpose1d", "[3, 4]", "{ filters: 2, kernel_size: 3 }", {}, (3, 2, 3), (2, 6), "conv_transpose1d", 2)
    yield one("conv_transpose1d: all options", "[4, 5]",
              "{ filters: 6, kernel_size: 3, strides: 2, padding: 1, output_padding: 1, dilation_rate: 2, groups: 2 }",
              dict(stride=2, padding=1, output_padding=1, dilation=2, groups=2), (4, 3, 3), (6, 12), "conv_transpose1d", 6)
    yield one("conv_transpose2d", "[2, 3, 4]", "{ filters: 3, kernel_size: 2, strides: 2 }", dict(stride=2), (2, 3, 2, 2), (3, 6, 8),
              "conv_transpose2d", 3)
    yield one("conv_transpose2d: lists", "[3, 3, 2]",
              "{ filters: 2, kernel_size: [3, 4], strides: [2, 3], padding: [1, 2], output_padding: [1, 2] }",
              dict(stride=(2, 3), padding=(1, 2), output_padding=(1, 2)), (3, 2, 3, 4), (2, 6, 5), "conv_transpose2d", 2)
    yield one("conv_transpose2d: depthwise", "[4, 3, 3]", "{ filters: 4, kernel_size: 3, groups: 4, padding: 1 }",
              dict(groups=4, padding=1), (4, 1, 3, 3), (4, 3, 3), "conv_transpose2d", 4)

    shapes = {**wb("conv1d_1", 3, 2, 3), "conv1d_2.weight": (2, 3, 2)}
    yield regression(
        "conv1d: two of them, no bias, l2, momentum", "[2, 6]",
        ["conv1d: { filters: 3, kernel_size: 3, activation: tanh, trainable: [bias] }", "conv1d: { filters: 2, kernel_size: 2, use_bias: false }"],
        lambda p, x, mode: conv(p, "conv1d_2", torch.tanh(conv(p, "conv1d_1", x))), shapes, (2, 3), frozen=["conv1d_1.weight"],
        tail="loss: half_squared_error\nl2: 0.02\noptimizer: { sgd: { learning_rate: 0.05, momentum: 0.9, clip_norm: 1 } }\n",
        l2=0.02, learning_rate=0.05, momentum=0.9, clip_norm=1)

    # A small relative of the usual net for digits.
    shapes = {**wb("conv2d_1", 4, 1, 3, 3), **wb("conv2d_2", 6, 4, 2, 2), **wb("dense_1", 3, 24)}

    def digits(p, x, mode):
        x = max_pool(F.relu(conv(p, "conv2d_1", x)), 2)
        return dense(p, "dense_1", max_pool(F.relu(conv(p, "conv2d_2", x)), 2, 1).flatten(1))

    yield LayerCase(
        "a net for digits", spec(
            "[1, 10, 10]", "conv2d: { filters: 4, kernel_size: 3, activation: relu }", "max_pool2d: 2",
            "conv2d: { filters: 6, kernel_size: 2, activation: relu }", "max_pool2d: { pool_size: 2, strides: 1 }", "flatten", "dense: 3", "softmax",
            tail="loss: cross_entropy\noptimizer: { sgd: { learning_rate: 0.1 } }\n"),
        lambda p, x, mode: F.softmax(digits(p, x, mode), dim=1), lambda f, y: F.nll_loss(f.log(), y), shapes, (1, 10, 10), 3,
        labels=torch.randint(0, 3, (3,)), learning_rate=0.1)

    shapes = {**wb("conv2d_1", 3, 2, 3, 3)}
    for last, loss, f in [
            ("linear", "cross_entropy_with_logits", F.cross_entropy),
            ("softmax", "cross_entropy", lambda f, y: F.nll_loss(f.log(), y))]:
        yield LayerCase(
            f"conv2d: {loss} over positions", spec("[2, 3, 4]", f"conv2d: {{ filters: 3, kernel_size: 3, padding: 1, activation: {last} }}", tail=f"loss: {loss}\n"),
            lambda p, x, mode, last=last: F.softmax(conv(p, "conv2d_1", x, padding=1), 1) if last == "softmax" else conv(p, "conv2d_1", x, padding=1),
            f, shapes, (2, 3, 4), 2, labels=torch.randint(0, 3, (2, 3, 4)))


def pools():
    def one(layer, input, f, channels, after, output, samples=2):
        """A convolution below, so that there is a gradient to pass on."""
        axes = input.count(",")
        shape = (3, channels) + (2,) * axes
        layers = [f"conv{axes}d: {{ filters: 3, kernel_size: 2{after} }}", layer]
        act = F.relu if after else (lambda z: z)
        return regression(f"{layer} of {input}" + (", relu" if after else ""), input, layers,
                          lambda p, x, mode: f(act(conv(p, f"conv{axes}d_1", x))), wb(f"conv{axes}d_1", *shape), output, samples)

    yield one("max_pool1d: 2", "[1, 8]", lambda x: max_pool(x, 2), 1, "", (3, 3))
    # With relu below, many windows hold nothing but zeros, of which the first takes the gradient.
    yield one("max_pool1d: { pool_size: 3, strides: 2, padding: 1 }", "[2, 8]", lambda x: max_pool(x, 3, 2, 1), 2, ", activation: relu", (3, 4))
    yield one("max_pool1d: { pool_size: 4, strides: 3, padding: same }", "[2, 9]", lambda x: max_pool(x, 4, 3, "same"), 2, "", (3, 3))
    yield one("max_pool2d: 2", "[1, 5, 7]", lambda x: max_pool(x, 2), 1, ", activation: relu", (3, 2, 3))
    yield one("max_pool2d: { pool_size: [3, 2], strides: [2, 1], padding: [1, 0] }", "[2, 5, 4]",
              lambda x: max_pool(x, (3, 2), (2, 1), (1, 0)), 2, "", (3, 2, 2))
    yield one("max_pool2d: { pool_size: 3, strides: 2, padding: same }", "[1, 6, 7]", lambda x: max_pool(x, 3, 2, "same"), 1, ", activation: relu", (3, 3, 3))
    yield one("average_pool1d: 3", "[1, 8]", lambda x: average_pool(x, 3), 1, "", (3, 2))
    yield one("average_pool1d: { pool_size: 3, strides: 1, padding: same }", "[2, 6]", lambda x: average_pool(x, 3, 1, "same"), 2, "", (3, 5))
    yield one("average_pool1d: { pool_size: 4, strides: 2, padding: 2 }", "[2, 7]", lambda x: average_pool(x, 4, 2, 2), 2, ", activation: relu", (3, 4))
    yield one("average_pool2d: 2", "[2, 5, 6]", lambda x: average_pool(x, 2), 2, "", (3, 2, 2))
    yield one("average_pool2d: { pool_size: [2, 3], padding: [1, 1] }", "[1, 4, 7]", lambda x: average_pool(x, (2, 3), None, (1, 1)), 1, "", (3, 2, 2))
    yield one("average_pool2d: { pool_size: 3, strides: 2, padding: same }", "[1, 5, 6]", lambda x: average_pool(x, 3, 2, "same"), 1, "", (3, 2, 3))
    yield one("global_max_pool", "[2, 4, 5]", lambda x: x.amax((2, 3)), 2, "", (3,))
    yield one("global_average_pool", "[2, 4, 5]", lambda x: x.mean((2, 3)), 2, ", activation: relu", (3,))
    yield one("global_max_pool", "[1, 6]", lambda x: x.amax(2), 1, "", (3,))
    yield one("global_average_pool", "[2, 6]", lambda x: x.mean(2), 2, "", (3,))


def norms():
    swap = lambda x: x.transpose(1, 2)
    sgd = "loss: half_squared_error\nl2: 0.01\noptimizer: { sgd: { learning_rate: 0.1, momentum: 0.5, clip_norm: 0.5 } }\n"
    steps = dict(l2=0.01, learning_rate=0.1, momentum=0.5, clip_norm=0.5)
    shapes = {**wb("dense_1", 5, 4), **norm_shapes("batch_norm_1", 5), **wb("dense_2", 2, 5)}

    def vector(**options):
        return lambda p, x, mode: dense(p, "dense_2", torch.tanh(batch_norm(p, "batch_norm_1", dense(p, "dense_1", x), mode, **options)))

    around = lambda norm: ["dense: 5", norm, "tanh", "dense: 2"]
    norm = ["batch_norm_1"]
    yield regression("batch_norm: a vector", "[4]", around("batch_norm"), vector(), shapes, (2,), 5, scales=norm, tail=sgd, **steps)
    yield regression("batch_norm: a vector, momentum, epsilon", "[4]", around("batch_norm: { momentum: 0.7, epsilon: 0.05 }"),
                     vector(momentum=0.7, epsilon=0.05), shapes, (2,), 4, scales=norm)
    yield regression("batch_norm: frozen", "[4]", around("batch_norm: { trainable: false }"), vector(frozen=True), shapes, (2,), 3,
                     scales=norm, frozen=["batch_norm_1.weight", "batch_norm_1.bias"], tail=sgd, **steps)
    yield regression("batch_norm: frozen, one sample", "[4]", around("batch_norm: { trainable: false }"), vector(frozen=True), shapes, (2,), 1,
                     scales=norm, frozen=["batch_norm_1.weight", "batch_norm_1.bias"])
    yield regression("batch_norm: only its bias trained", "[4]", around("batch_norm: { trainable: [bias] }"), vector(), shapes, (2,), 4,
                     scales=norm, frozen=["batch_norm_1.weight"], tail=sgd, **steps)
    yield regression(
        "batch_norm: a sequence", "[3, 4]", ["dense: 5", "batch_norm", "tanh", "dense: 2"],
        lambda p, x, mode: dense(p, "dense_2", torch.tanh(swap(batch_norm(p, "batch_norm_1", swap(dense(p, "dense_1", x)), mode)))),
        shapes, (3, 2), 2, scales=norm)
    yield regression(
        "batch_norm: channels", "[2, 7]", ["conv1d: { filters: 3, kernel_size: 3, use_bias: false }", "batch_norm", "elu"],
        lambda p, x, mode: F.elu(batch_norm(p, "batch_norm_1", conv(p, "conv1d_1", x), mode)),
        {"conv1d_1.weight": (3, 2, 3), **norm_shapes("batch_norm_1", 3)}, (3, 5), 2, scales=norm, tail=sgd, **steps)
    yield regression(
        "batch_norm: an image, one sample", "[2, 4, 5]", ["conv2d: { filters: 3, kernel_size: 3 }", "batch_norm: { epsilon: 0.01 }", "sigmoid"],
        lambda p, x, mode: torch.sigmoid(batch_norm(p, "batch_norm_1", conv(p, "conv2d_1", x), mode, epsilon=0.01)),
        {**wb("conv2d_1", 3, 2, 3, 3), **norm_shapes("batch_norm_1", 3)}, (3, 2, 3), 1, scales=norm)
    yield regression(
        "batch_norm: the input of an image, then a convolution", "[2, 4, 5]", ["batch_norm", "conv2d: { filters: 3, kernel_size: 2, strides: 2 }"],
        lambda p, x, mode: conv(p, "conv2d_1", batch_norm(p, "batch_norm_1", x, mode), stride=2),
        {**norm_shapes("batch_norm_1", 2), **wb("conv2d_1", 3, 2, 2, 2)}, (3, 2, 2), 3, scales=norm, tail=sgd, **steps)
    yield regression(
        "batch_norm: two of them around a convolution, and a pool", "[2, 6, 4]",
        ["batch_norm: { trainable: [weight], name: before }", "conv2d: { filters: 4, kernel_size: 3, activation: relu, padding: same }",
         "batch_norm: { momentum: 0.01 }", "max_pool2d: 2"],
        lambda p, x, mode: max_pool(batch_norm(
            p, "batch_norm_2", F.relu(conv(p, "conv2d_1", batch_norm(p, "before", x, mode), padding="same")), mode, momentum=0.01), 2),
        {**norm_shapes("before", 2), **wb("conv2d_1", 4, 2, 3, 3), **norm_shapes("batch_norm_2", 4)}, (4, 3, 2), 2,
        scales=["before", "batch_norm_2"], frozen=["before.bias"])

    for kind, f in [("layer_norm", layer_norm), ("rms_norm", rms_norm)]:
        scale = {kind + "_1.weight": (5,), **({kind + "_1.bias": (5,)} if kind == "layer_norm" else {})}
        shapes = {**wb("dense_1", 5, 4), **scale, **wb("dense_2", 2, 5)}
        yield regression(f"{kind}: a vector", "[4]", around(kind),
                         lambda p, x, mode, f=f, kind=kind: dense(p, "dense_2", torch.tanh(f(p, kind + "_1", dense(p, "dense_1", x)))),
                         shapes, (2,), 3, scales=[kind + "_1"], tail=sgd, **steps)
        yield regression(f"{kind}: a sequence, epsilon", "[3, 4]", around(kind + ": { epsilon: 0.1 }"),
                         lambda p, x, mode, f=f, kind=kind: dense(p, "dense_2", torch.tanh(f(p, kind + "_1", dense(p, "dense_1", x), 0.1))),
                         shapes, (3, 2), 2, scales=[kind + "_1"])
        yield regression(f"{kind}: the last axis of an image", "[2, 3, 6]", ["conv2d: { filters: 2, kernel_size: 2 }", kind, "softplus"],
                         lambda p, x, mode, f=f, kind=kind: F.softplus(f(p, kind + "_1", conv(p, "conv2d_1", x))),
                         {**wb("conv2d_1", 2, 2, 2, 2), **scale}, (2, 2, 5), 2, scales=[kind + "_1"])


def graphs():
    shapes = {**wb("a", 5, 4), **wb("b", 5, 5), **wb("dense_3", 2, 5)}
    for merge, f in [("add: { from: [a, b] }", lambda a, b: a + b), ("multiply: { from: [a, b, a] }", lambda a, b: a * b * a)]:
        yield regression(
            merge, "[4]", ["dense: { units: 5, activation: tanh, name: a }", "dense: { units: 5, name: b }", merge, "dense: 2"],
            lambda p, x, mode, f=f: dense(p, "dense_3", f(torch.tanh(dense(p, "a", x)), dense(p, "b", torch.tanh(dense(p, "a", x))))), shapes, (2,))
    shapes = {**wb("a", 3, 4), **wb("b", 5, 4), **wb("dense_3", 2, 15)}

    def concatenated(p, x, mode):
        a, b = torch.relu(dense(p, "a", x)), dense(p, "b", x)
        return dense(p, "dense_3", torch.cat([a, b, x, a], 1))

    yield regression("concat: vectors, and the input", "[4]",
                     ["dense: { units: 3, activation: relu, name: a }", "dense: { units: 5, name: b, from: input }", "concat: { from: [a, b, input, a] }",
                      "dense: 2"], concatenated, shapes, (2,), 3)
    shapes = {**wb("a", 3, 4), **wb("dense_2", 2, 7)}
    yield regression("concat: the features of a sequence", "[3, 4]", ["dense: { units: 3, name: a }", "concat: { from: [input, a], axis: 1 }", "sigmoid", "dense: 2"],
                     lambda p, x, mode: dense(p, "dense_2", torch.sigmoid(torch.cat([x, dense(p, "a", x)], 2))), shapes, (3, 2))
    shapes = {**wb("a", 4, 4), **wb("dense_2", 2, 4)}
    yield regression("concat: a sequence in time", "[3, 4]", ["dense: { units: 4, name: a }", "concat: { from: [input, a] }", "dense: 2"],
                     lambda p, x, mode: dense(p, "dense_2", torch.cat([x, dense(p, "a", x)], 1)), shapes, (6, 2))

    shapes = {**wb("trunk", 3, 2, 3, 3), **norm_shapes("batch_norm_1", 3), **wb("conv2d_2", 3, 3, 3, 3), **wb("conv2d_3", 2, 5, 1, 1)}

    def residual(p, x, mode):
        trunk = F.relu(conv(p, "trunk", x, padding="same"))
        branch = conv(p, "conv2d_2", batch_norm(p, "batch_norm_1", trunk, mode), padding=1)
        return conv(p, "conv2d_3", torch.cat([F.relu(trunk + branch), x], 1)).mean((2, 3))

    yield regression(
        "a residual block, and the input beside it", "[2, 4, 5]",
        ["conv2d: { filters: 3, kernel_size: 3, padding: same, activation: relu, name: trunk }", "batch_norm",
         "conv2d: { filters: 3, kernel_size: 3, padding: 1 }", "add: { from: [trunk, conv2d_2] }", "relu", "concat: { from: [relu_1, input] }",
         "conv2d: { filters: 2, kernel_size: 1 }", "global_average_pool"], residual, shapes, (2,), 2, scales=["batch_norm_1"],
        tail="loss: half_squared_error\nl2: 0.01\noptimizer: { sgd: { learning_rate: 0.1 } }\n", l2=0.01, learning_rate=0.1)

    shapes = {**wb("conv2d_1", 3, 1, 3, 3), **wb("dense_1", 4, 12), **wb("dense_2", 12, 4), **wb("conv_transpose2d_1", 3, 1, 2, 2, bias=1)}

    def autoencoder(p, x, mode):
        x = F.relu(conv(p, "conv2d_1", x, padding="same", stride=2)).flatten(1)
        x = dense(p, "dense_2", torch.tanh(dense(p, "dense_1", x))).view(-1, 3, 2, 2)
        return conv_transpose(p, "conv_transpose2d_1", F.elu(x), stride=2)

    yield regression(
        "an autoencoder", "[1, 4, 4]",
        ["conv2d: { filters: 3, kernel_size: 3, strides: 2, padding: same, activation: relu }", "flatten", "dense: { units: 4, activation: tanh }",
         "dense: 12", "reshape: [3, -1, 2]", "elu", "conv_transpose2d: { filters: 1, kernel_size: 2, strides: 2 }"], autoencoder, shapes, (1, 4, 4))

    shapes = {**wb("conv1d_1", 3, 2, 2), **wb("dense_1", 4, 3)}
    yield regression("permute: a sequence to channels and back", "{ shape: [5, 2], layout: sequence }",
                     ["permute: [1, 0]", "conv1d: { filters: 3, kernel_size: 2, activation: tanh }", "permute: [1, 0]", "dense: 4", "softmax"],
                     lambda p, x, mode: F.softmax(dense(p, "dense_1", torch.tanh(conv(p, "conv1d_1", x.transpose(1, 2))).transpose(1, 2)), 2),
                     shapes, (4, 4))
    yield regression("permute: an image with its channels last", "[3, 4, 3]", ["permute: [2, 0, 1]", "conv2d: { filters: 3, kernel_size: 2 }", "permute: [1, 2, 0]",
                     "reshape: [1, 1, -1]", "flatten", "reshape: [18]", "dense: { units: 2, in: 18 }"],
                     lambda p, x, mode: dense(p, "dense_1", conv(p, "conv2d_1", x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1).flatten(1)),
                     {**wb("conv2d_1", 3, 3, 2, 2), **wb("dense_1", 2, 18)}, (2,))
    for layer, input, padding, output in [
            ("zero_pad: 1", "[2, 3, 2]", (1, 1, 1, 1), (2, 4, 3)), ("zero_pad: [0, 2, 1, 0]", "[2, 3, 2]", (1, 0, 0, 2), (2, 4, 2))]:
        yield regression(layer, input, ["conv2d: { filters: 2, kernel_size: 1, activation: tanh }", layer, "conv2d: { filters: 2, kernel_size: 2 }"],
                         lambda p, x, mode, padding=padding: conv(p, "conv2d_2", F.pad(torch.tanh(conv(p, "conv2d_1", x)), padding)),
                         {**wb("conv2d_1", 2, 2, 1, 1), **wb("conv2d_2", 2, 2, 2, 2)}, output)
    yield regression("zero_pad: a sequence in time", "[2, 3]", ["dense: 3", "zero_pad: [2, 1]", "dense: { units: 2, activation: softplus }"],
                     lambda p, x, mode: F.softplus(dense(p, "dense_2", F.pad(dense(p, "dense_1", x), (0, 0, 2, 1)))),
                     {**wb("dense_1", 3, 3), **wb("dense_2", 2, 3)}, (5, 2))
    yield regression("zero_pad: channels", "[2, 4]", ["conv1d: { filters: 2, kernel_size: 1 }", "zero_pad: [0, 3]", "sigmoid"],
                     lambda p, x, mode: torch.sigmoid(F.pad(conv(p, "conv1d_1", x), (0, 3))), wb("conv1d_1", 2, 2, 1), (2, 7))


def main():
    cases = [*convolutions(), *pools(), *norms(), *graphs()]
    lines = [json.dumps(case.to_json(), separators=(",", ":")) for case in cases]
    path = pathlib.Path(__file__).with_name("layers.json")
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")
    print(f"{len(lines)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
