"""Writes losses.json: what PyTorch computes for the options of losses, behind normalization and rescaling.

    python3 make_loss_goldens.py       (needs PyTorch 1.13, Debian's python3-torch)

Cases are those of make_goldens.py. PyTorch divides by the sum of the weights where classes have some, NetGen by the number of
labels that count, so that the sum is taken and divided here.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

from make_goldens import Case, dense, draw, float32

torch.manual_seed(23)

SHAPES = {"scaled.mean": (5,), "scaled.variance": (5,), "dense_1.weight": (6, 5), "dense_1.bias": (6,), "dense_2.weight": (4, 6), "dense_2.bias": (4,)}
CLASSES = torch.tensor([1.0, 2.5, 0.0, 0.25])
POSITIVE = torch.tensor([1.0, 3.0, 0.5, 7.0])


class ScaledCase(Case):
    """normalization by statistics that no step changes, in front of two dense layers with a rescaling between them."""

    def __init__(self, loss_text, loss, input_shape=(5,), samples=7, last=lambda z: z, last_text="linear", **options):
        shape = f"{{ shape: [{', '.join(map(str, input_shape))}], layout: sequence }}" if len(input_shape) > 1 else f"{input_shape[0]}"
        spec = (
            f"input: {shape}\nlayers:\n  - normalization: {{ name: scaled }}\n  - dense: {{ units: 6, activation: tanh }}\n"
            f"  - rescaling: {{ scale: 1.5, offset: -0.25 }}\n  - dense: {{ units: 4, activation: {last_text} }}\n"
            f"loss: {loss_text}\noptimizer: {{ sgd: {{ learning_rate: 0.05 }} }}\n")

        def model(p, x):
            x = (x - p["scaled.mean"]) / p["scaled.variance"].sqrt()
            return last(dense(p, "dense_2", 1.5 * torch.tanh(dense(p, "dense_1", x)) - 0.25))

        super().__init__(
            f"{loss_text} after {last_text}, {'targets' if 'targets' in options else 'labels'}{', a sequence' if len(input_shape) > 1 else ''}",
            spec, model, loss, SHAPES, input_shape, samples, trained=[key for key in SHAPES if "scaled" not in key], learning_rate=0.05, **options)
        self.parameters["scaled.variance"] = draw(5, low=0.5, high=1.5)


def per_label(ignored=-100, smoothing=0.0, weights=None):
    """Over labels, or logits [n, time, classes] and labels [n, time]: the sum over those that count, by their number."""
    def loss(z, y):
        z, y = z.flatten(0, -2), y.flatten()
        return F.cross_entropy(z, y, weight=weights, ignore_index=ignored, label_smoothing=float32(smoothing), reduction="sum") / (y != ignored).sum()
    return loss


def labels(ignored, *shape):
    y = torch.randint(0, 4, shape)
    return torch.where(torch.rand(*shape) < 0.3, torch.full(shape, ignored), y) if ignored is not None else y


def probabilities(samples, classes):
    """Which sum to 1 as floats, too: sixteenths."""
    return torch.stack([torch.bincount(torch.randint(0, classes, (16,)), minlength=classes) / 16 for _ in range(samples)]).to(torch.float64)


def cases():
    softmax = lambda z: F.softmax(z, dim=-1)
    yield ScaledCase("{ cross_entropy_with_logits: { label_smoothing: 0.1 } }", per_label(smoothing=0.1), labels=labels(None, 7))
    yield ScaledCase(
        "{ cross_entropy_with_logits: { label_smoothing: 0.1 } }", lambda z, y: F.cross_entropy(z, y, label_smoothing=float32(0.1)), targets=probabilities(7, 4))
    yield ScaledCase("{ cross_entropy_with_logits: { class_weight: [1, 2.5, 0, 0.25] } }", per_label(weights=CLASSES), labels=labels(None, 7))
    yield ScaledCase(
        "{ cross_entropy_with_logits: { class_weight: [1, 2.5, 0, 0.25] } }",
        lambda z, y: -(CLASSES * y * F.log_softmax(z, dim=-1)).sum() / len(z), targets=probabilities(7, 4))
    yield ScaledCase("{ cross_entropy_with_logits: { ignore_label: -1 } }", per_label(ignored=-1), labels=labels(-1, 7))
    yield ScaledCase(
        "{ cross_entropy_with_logits: { ignore_label: 2, class_weight: [1, 2.5, 0, 0.25] } }", per_label(ignored=2, weights=CLASSES), labels=labels(2, 7))
    yield ScaledCase(
        "{ cross_entropy: { ignore_label: -1, label_smoothing: 0.2 } }",
        lambda f, y: per_label(ignored=-1, smoothing=0.2)(f.log(), y), labels=labels(-1, 7), last=softmax, last_text="softmax")
    yield ScaledCase(
        "{ cross_entropy_with_logits: { ignore_label: -1, label_smoothing: 0.1, weight: 3 } }",
        lambda z, y: 3 * per_label(ignored=-1, smoothing=0.1)(z, y), input_shape=(3, 5), labels=labels(-1, 7, 3))
    yield ScaledCase(
        "{ binary_cross_entropy_with_logits: { pos_weight: 3 } }",
        lambda z, y: F.binary_cross_entropy_with_logits(z, y, pos_weight=torch.tensor(3.0)), targets=draw(7, 4, low=0))
    yield ScaledCase(
        "{ binary_cross_entropy_with_logits: { pos_weight: [1, 3, 0.5, 7], weight: 0.5 } }",
        lambda z, y: 0.5 * F.binary_cross_entropy_with_logits(z, y, pos_weight=POSITIVE), targets=draw(7, 4, low=0))
    yield ScaledCase(
        "{ binary_cross_entropy: { label_smoothing: 0.1, pos_weight: [1, 3, 0.5, 7] } }",
        lambda f, y: F.binary_cross_entropy_with_logits(torch.logit(f), y * (1 - float32(0.1)) + float32(0.1) / 2, pos_weight=POSITIVE),
        targets=draw(7, 4, low=0), last=torch.sigmoid, last_text="sigmoid")
    yield ScaledCase("{ mean_absolute_error: { weight: 0.25 } }", lambda f, y: 0.25 * F.l1_loss(f, y), targets=draw(7, 4))


def main():
    lines = [json.dumps(case.to_json(), separators=(",", ":")) for case in cases()]
    path = pathlib.Path(__file__).with_name("losses.json")
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")
    print(f"{len(lines)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
