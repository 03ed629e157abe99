"""Writes dense.json: what PyTorch computes for a list of specs.

    python3 make_goldens.py            (needs PyTorch 1.13, Debian's python3-torch)

Each case has its spec, float32 parameters and data, and PyTorch's outputs, loss and gradients in float64 from those
float32 values, then the parameters after 1 and 3 steps. Models are written out in PyTorch beside their spec, rather
than read from it, so that a misreading of the spec shows up as a difference. The output is the same on every run.
"""

import json
import math
import pathlib

import numpy
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(20)


def float32(x):
    """A number of the spec as NetGen reads it: rounded to float32."""
    return float(numpy.float32(x))


def draw(*shape, low=-1.0, high=1.0):
    return (torch.rand(*shape) * (high - low) + low).to(torch.float32).to(torch.float64)


class Case:
    def __init__(self, name, spec, model, loss, shapes, input_shape, samples, targets=None, labels=None, trained=None,
                 learning_rate=0.01, momentum=0.0, nesterov=False, clip_norm=None, l2=0.0, scale=None):
        self.name, self.spec, self.model, self.loss = name, spec, model, loss
        self.input_shape, self.samples = input_shape, samples
        self.learning_rate, self.momentum, self.nesterov = float32(learning_rate), float32(momentum), nesterov
        self.clip_norm = None if clip_norm is None else float32(clip_norm)
        self.l2 = float32(l2)
        self.parameters = {}
        for key, shape in shapes.items():
            limit = scale or (math.sqrt(3 / shape[-1]) if key.endswith("weight") else 0.5)
            self.parameters[key] = draw(*shape, low=-limit, high=limit)
        self.trained = list(shapes) if trained is None else trained
        self.inputs = draw(samples, *input_shape)
        self.targets, self.labels = targets, labels

    def total(self, p):
        """The loss over the batch, and the l2 penalty over all weights, the frozen ones too."""
        value = self.loss(self.model(p, self.inputs), self.labels if self.targets is None else self.targets)
        return value + self.l2 * sum((w * w).sum() for key, w in p.items() if key.endswith("weight"))

    def backward(self, parameters):
        p = {key: value.clone().requires_grad_(key in self.trained) for key, value in parameters.items()}
        value = self.total(p)
        value.backward()
        return value.item(), {key: torch.zeros_like(w) if w.grad is None else w.grad for key, w in p.items()}

    def steps(self, count):
        """torch.optim.SGD. Clipping is written out: clip_grad_norm_ adds 1e-6 to the norm, NetGen scales by exactly c / norm."""
        p = {key: torch.nn.Parameter(value.clone(), requires_grad=key in self.trained) for key, value in self.parameters.items()}
        optimizer = torch.optim.SGD([p[key] for key in self.trained], lr=self.learning_rate, momentum=self.momentum, nesterov=self.nesterov)
        for _ in range(count):
            optimizer.zero_grad()
            self.total(p).backward()
            if self.clip_norm is not None:
                norm = math.sqrt(sum((p[key].grad ** 2).sum().item() for key in self.trained))
                if norm > self.clip_norm:
                    for key in self.trained:
                        p[key].grad *= self.clip_norm / norm
            optimizer.step()
        return {key: value.detach() for key, value in p.items()}

    def to_json(self):
        with torch.no_grad():
            outputs = self.model(self.parameters, self.inputs)
        loss, gradients = self.backward(self.parameters)
        result = {
            "name": self.name,
            "spec": self.spec,
            "parameters": {key: floats32(value) for key, value in self.parameters.items()},
            "inputs": floats32(self.inputs),
        }
        if self.targets is not None:
            result["targets"] = floats32(self.targets)
        else:
            result["labels"] = [int(label) for label in self.labels.flatten()]
        result["outputs"] = floats64(outputs)
        result["loss"] = float(f"{loss:.14g}")
        result["gradients"] = {key: floats64(value) for key, value in gradients.items()}
        result["after1"] = {key: floats64(value) for key, value in self.steps(1).items()}
        result["after3"] = {key: floats64(value) for key, value in self.steps(3).items()}
        return result


def floats32(t):
    """The shortest digits that read back as the same float32."""
    return [float(str(numpy.float32(x))) for x in t.flatten().tolist()]


def floats64(t):
    """14 significant digits: what lies behind them may depend on the order in which a processor adds."""
    return [float(f"{x:.14g}") for x in t.flatten().tolist()]


def dense(p, name, x):
    return F.linear(x, p[name + ".weight"], p.get(name + ".bias"))


ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": F.relu,
    "leaky_relu": lambda z: F.leaky_relu(z, float32(0.01)),  # the default is a float32 too
    "{ leaky_relu: 0.2 }": lambda z: F.leaky_relu(z, float32(0.2)),
    "elu": F.elu,
    "{ elu: { alpha: 0.7 } }": lambda z: F.elu(z, float32(0.7)),
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "softplus": F.softplus,
    "softmax": lambda z: F.softmax(z, dim=-1),
}


def mean_over_samples(per_output):
    """The sum over a sample's outputs, the mean over the samples."""
    return lambda f, y: per_output(f, y).sum() / f.shape[0]


def sequence_cross_entropy(z, y):
    """The mean over samples and steps; labels [n, time], or targets [n, time, classes]."""
    return F.cross_entropy(z.flatten(0, 1), y.flatten(0, 1))


def cases():
    for activation, f in ACTIVATIONS.items():
        shapes = {"dense_1.weight": (7, 5), "dense_1.bias": (7,), "dense_2.weight": (3, 7), "dense_2.bias": (3,)}
        yield Case(
            "activation as a key: " + activation,
            f"input: 5\nlayers:\n  - dense: {{ units: 7, activation: {activation} }}\n  - dense: 3\nloss: mean_squared_error\n"
            "optimizer: { sgd: { learning_rate: 0.1 } }\n",
            lambda p, x, f=f: dense(p, "dense_2", f(dense(p, "dense_1", x))),
            F.mse_loss, shapes, (5,), 3, targets=draw(3, 3), learning_rate=0.1)
        shapes = {"dense_1.weight": (5, 3), "dense_1.bias": (5,)}
        yield Case(
            "activation as the last layer: " + activation,
            f"input: 3\nlayers:\n  - dense: 5\n  - {activation}\nloss: half_squared_error\n",
            lambda p, x, f=f: f(dense(p, "dense_1", x)),
            mean_over_samples(lambda f, y: 0.5 * (f - y) ** 2), shapes, (3,), 2, targets=draw(2, 5))

    shapes = {"first.weight": (6, 5), "first.bias": (6,), "dense_2.weight": (3, 6), "dense_2.bias": (3,)}

    def two_layers(last):
        return lambda p, x: last(dense(p, "dense_2", torch.tanh(dense(p, "first", x))))

    signs = lambda n, m: torch.sign(draw(n, m))
    losses = [
        ("squared_error", "linear", mean_over_samples(lambda f, y: (f - y) ** 2), lambda: draw(5, 3)),
        ("half_squared_error", "linear", mean_over_samples(lambda f, y: 0.5 * (f - y) ** 2), lambda: draw(5, 3)),
        ("mean_squared_error", "linear", F.mse_loss, lambda: draw(5, 3)),
        ("mean_absolute_error", "linear", F.l1_loss, lambda: draw(5, 3)),
        ("huber", "linear", F.huber_loss, lambda: draw(5, 3, low=-3, high=3)),
        ("{ huber: { delta: 0.25 } }", "tanh", lambda f, y: F.huber_loss(f, y, delta=0.25), lambda: draw(5, 3)),
        ("hinge", "linear", mean_over_samples(lambda f, y: F.relu(1 - y * f)), lambda: signs(5, 3)),
        ("binary_cross_entropy", "sigmoid", F.binary_cross_entropy, lambda: draw(5, 3, low=0)),
        ("binary_cross_entropy", "softmax", F.binary_cross_entropy, lambda: draw(5, 3, low=0)),
        ("binary_cross_entropy_with_logits", "linear", F.binary_cross_entropy_with_logits, lambda: draw(5, 3, low=0)),
        ("cross_entropy", "softmax", lambda f, y: -(y * f.log()).sum() / f.shape[0],
         lambda: F.softmax(draw(5, 3, low=-2, high=2), dim=1).to(torch.float32).to(torch.float64)),
        ("cross_entropy_with_logits", "linear", F.cross_entropy, lambda: draw(5, 3, low=0)),
        ("{ squared_error: { reduction: sum } }", "linear", lambda f, y: ((f - y) ** 2).sum(), lambda: draw(5, 3)),
        ("{ half_squared_error: { reduction: sum } }", "sigmoid", lambda f, y: 0.5 * ((f - y) ** 2).sum(), lambda: draw(5, 3)),
        ("{ mean_squared_error: { reduction: sum } }", "linear", lambda f, y: ((f - y) ** 2).mean(1).sum(), lambda: draw(5, 3)),
        ("{ mean_absolute_error: { reduction: sum } }", "linear", lambda f, y: (f - y).abs().mean(1).sum(), lambda: draw(5, 3)),
        ("{ huber: { delta: 2, reduction: sum } }", "linear",
         lambda f, y: F.huber_loss(f, y, delta=2.0, reduction="none").mean(1).sum(), lambda: draw(5, 3, low=-4, high=4)),
        ("{ hinge: { reduction: sum } }", "linear", lambda f, y: F.relu(1 - y * f).sum(), lambda: signs(5, 3)),
        ("{ binary_cross_entropy: { reduction: sum } }", "sigmoid",
         lambda f, y: F.binary_cross_entropy(f, y, reduction="none").mean(1).sum(), lambda: draw(5, 3, low=0)),
        ("{ binary_cross_entropy_with_logits: { reduction: sum } }", "linear",
         lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="none").mean(1).sum(), lambda: draw(5, 3, low=0)),
        ("{ cross_entropy: { reduction: sum } }", "softmax", lambda f, y: -(y * f.log()).sum(), lambda: draw(5, 3, low=0)),
        ("{ cross_entropy_with_logits: { reduction: sum } }", "linear",
         lambda z, y: F.cross_entropy(z, y, reduction="sum"), lambda: draw(5, 3, low=0)),
    ]
    for loss, last, f, targets in losses:
        yield Case(
            f"loss: {loss} after {last}",
            f"input: 5\nlayers:\n  - dense: {{ units: 6, activation: tanh, name: first }}\n  - dense: {{ units: 3, activation: {last} }}\n"
            f"loss: {loss}\noptimizer: {{ sgd: {{ learning_rate: 0.05 }} }}\n",
            two_layers(ACTIVATIONS[last]), f, shapes, (5,), 5, targets=targets(), learning_rate=0.05)

    def labels(*shape):
        return torch.randint(0, 3, shape)

    for loss, last, f in [
            ("cross_entropy", "softmax", lambda f, y: F.nll_loss(f.log(), y)),
            ("cross_entropy_with_logits", "linear", F.cross_entropy),
            ("{ cross_entropy: { reduction: sum } }", "softmax", lambda f, y: F.nll_loss(f.log(), y, reduction="sum"))]:
        yield Case(
            f"labels: {loss} after {last}",
            f"input: 5\nlayers:\n  - dense: {{ units: 6, activation: tanh, name: first }}\n  - dense: {{ units: 3, activation: {last} }}\n"
            f"loss: {loss}\noptimizer: {{ sgd: {{ learning_rate: 0.05 }} }}\n",
            two_layers(ACTIVATIONS[last]), f, shapes, (5,), 5, labels=labels(5), learning_rate=0.05)

    shapes = {"dense_1.weight": (5, 4), "dense_1.bias": (5,), "dense_2.weight": (3, 5), "dense_2.bias": (3,)}
    sequence = "input: [3, 4]\nlayers:\n  - dense: { units: 5, activation: elu }\n  - dense: { units: 3%s }\nloss: %s\n"

    def per_step(p, x):
        return dense(p, "dense_2", F.elu(dense(p, "dense_1", x)))

    yield Case("sequence: half squared error", sequence % ("", "half_squared_error"), per_step,
               mean_over_samples(lambda f, y: 0.5 * (f - y) ** 2), shapes, (3, 4), 2, targets=draw(2, 3, 3))
    yield Case("sequence: cross-entropy with float targets", sequence % ("", "cross_entropy_with_logits"), per_step,
               sequence_cross_entropy, shapes, (3, 4), 2, targets=draw(2, 3, 3, low=0))
    yield Case("sequence: cross-entropy with labels", sequence % ("", "cross_entropy_with_logits"), per_step,
               sequence_cross_entropy, shapes, (3, 4), 2, labels=labels(2, 3))
    yield Case("sequence: softmax and cross-entropy with labels", sequence % (", activation: softmax", "cross_entropy"),
               lambda p, x: F.softmax(per_step(p, x), dim=-1),
               lambda f, y: sequence_cross_entropy(f.log(), y), shapes, (3, 4), 2, labels=labels(2, 3))

    shapes = {"dense_1.weight": (3, 18), "dense_1.bias": (3,)}
    yield Case("an image, flattened", "input: [2, 3, 3]\nlayers: [flatten, dense: 3]\nloss: cross_entropy_with_logits\n",
               lambda p, x: dense(p, "dense_1", x.flatten(1)), F.cross_entropy, shapes, (2, 3, 3), 2, labels=labels(2))
    yield Case("an image, softmax over its channels",
               "input: [2, 3, 3]\nlayers: [softmax, flatten, dense: 3]\nloss: mean_squared_error\n",
               lambda p, x: dense(p, "dense_1", F.softmax(x, dim=1).flatten(1)), F.mse_loss, shapes, (2, 3, 3), 2, targets=draw(2, 3))
    shapes = {"dense_1.weight": (4, 3), "dense_1.bias": (4,), "dense_2.weight": (2, 8), "dense_2.bias": (2,)}
    yield Case("a sequence, flattened",
               "input: { shape: [2, 3], layout: sequence }\nlayers: [dense: 4, sigmoid, flatten, dense: 2]\nloss: mean_squared_error\n",
               lambda p, x: dense(p, "dense_2", torch.sigmoid(dense(p, "dense_1", x)).flatten(1)),
               F.mse_loss, shapes, (2, 3), 3, targets=draw(3, 2))

    for inputs, units, samples in [(1, 1, 1), (1, 3, 2), (7, 1, 3), (17, 10, 1), (10, 17, 2)]:
        yield Case(f"sizes: {samples} samples of {inputs} to {units}",
                   f"input: {inputs}\nlayers: [dense: {units}]\nloss: mean_squared_error\n",
                   lambda p, x: dense(p, "dense_1", x), F.mse_loss,
                   {"dense_1.weight": (units, inputs), "dense_1.bias": (units,)}, (inputs,), samples, targets=draw(samples, units))

    shapes = {"dense_1.weight": (5, 4), "dense_1.bias": (5,), "dense_2.weight": (3, 5), "dense_2.bias": (3,)}
    trunk = "input: 4\nlayers:\n  - dense: { units: 5, activation: tanh%s }\n  - dense: { units: 3%s }\nloss: squared_error\n"

    def network(p, x):
        return dense(p, "dense_2", torch.tanh(dense(p, "dense_1", x)))

    def step(name, spec, **options):
        return Case(name, spec, network, mean_over_samples(lambda f, y: (f - y) ** 2), shapes, (4,), 3, targets=draw(3, 3), **options)

    sgd = "optimizer: { sgd: { %s } }\n"
    yield step("sgd: momentum", trunk % ("", "") + sgd % "learning_rate: 0.05, momentum: 0.9", learning_rate=0.05, momentum=0.9)
    yield step("sgd: nesterov", trunk % ("", "") + sgd % "learning_rate: 0.05, momentum: 0.8, nesterov: true",
               learning_rate=0.05, momentum=0.8, nesterov=True)
    yield step("sgd: clipped", trunk % ("", "") + sgd % "learning_rate: 0.1, clip_norm: 0.5", learning_rate=0.1, clip_norm=0.5)
    yield step("sgd: a clip norm that is not reached", trunk % ("", "") + sgd % "learning_rate: 0.1, clip_norm: 500",
               learning_rate=0.1, clip_norm=500)
    yield step("sgd: l2", trunk % ("", "") + "l2: 0.01\n" + sgd % "learning_rate: 0.1", learning_rate=0.1, l2=0.01)
    yield step("sgd: nesterov, clipped, l2", trunk % ("", "") + "l2: 0.02\n" +
               sgd % "learning_rate: 0.1, momentum: 0.9, nesterov: true, clip_norm: 1.5",
               learning_rate=0.1, momentum=0.9, nesterov=True, clip_norm=1.5, l2=0.02)
    yield step("sgd: the default", trunk % ("", "") + "optimizer: sgd\n")
    yield step("trainable: a frozen lower layer, l2", trunk % (", trainable: false", "") + "l2: 0.01\n" + sgd % "learning_rate: 0.1, clip_norm: 0.7",
               learning_rate=0.1, clip_norm=0.7, l2=0.01, trained=["dense_2.weight", "dense_2.bias"])
    yield step("trainable: only the weights, momentum",
               trunk % (", trainable: [weight]", ", trainable: [weight]") + sgd % "learning_rate: 0.1, momentum: 0.5",
               learning_rate=0.1, momentum=0.5, trained=["dense_1.weight", "dense_2.weight"])
    yield step("trainable: a frozen upper layer, only a bias below, l2",
               trunk % (", trainable: [bias]", ", trainable: false") + "l2: 0.05\n" + sgd % "learning_rate: 0.1",
               learning_rate=0.1, l2=0.05, trained=["dense_1.bias"])

    shapes = {"dense_1.weight": (5, 4), "dense_2.weight": (3, 5)}
    yield Case("no biases", "input: 4\nlayers:\n  - dense: { units: 5, use_bias: false, activation: relu }\n"
               "  - dense: { units: 3, use_bias: false }\nloss: squared_error\n",
               lambda p, x: dense(p, "dense_2", F.relu(dense(p, "dense_1", x))),
               mean_over_samples(lambda f, y: (f - y) ** 2), shapes, (4,), 3, targets=draw(3, 3))


def main():
    lines = [json.dumps(case.to_json(), separators=(",", ":")) for case in cases()]
    path = pathlib.Path(__file__).with_name("dense.json")
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")
    print(f"{len(lines)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
