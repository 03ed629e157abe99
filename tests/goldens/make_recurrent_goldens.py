"""Writes recurrent.json: what PyTorch computes for recurrent layers and embeddings, alone and among other layers.

    python3 make_recurrent_goldens.py      (needs PyTorch 1.13, Debian's python3-torch)

Cases are those of make_layer_goldens.py.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

from make_goldens import dense, draw, sequence_cross_entropy
from make_layer_goldens import LayerCase, half_squared_error, norm_shapes, spec, wb
from torch_layers import (
    TRAINING, batch_norm, bidirectional, conv, embedding, gru_resetting_state, layer_norm, lstm_of, recurrent, recurrent_variant)

torch.manual_seed(22)

GATES = {"simple_rnn": 1, "gru": 3, "lstm": 4}


class RecurrentCase(LayerCase):
    """The l2 penalty counts both weights of a recurrent layer. With `indices` the inputs are so many integers, from 0."""

    def __init__(self, *arguments, indices=None, **options):
        super().__init__(*arguments, **options)
        for key, value in self.parameters.items():
            if self.is_recurrent_weight(key):
                limit = math.sqrt(3 / value.shape[1])
                self.parameters[key] = draw(*value.shape, low=-limit, high=limit)
        if indices is not None:
            self.inputs = torch.randint(0, indices, self.inputs.shape).double()

    @staticmethod
    def is_recurrent_weight(key):
        return ".weight_ih_l0" in key or ".weight_hh_l0" in key

    def total(self, p, mode=TRAINING):
        return super().total(p, mode) + self.l2 * sum((w * w).sum() for key, w in p.items() if self.is_recurrent_weight(key))


def cell(kind, name, units, features):
    rows = GATES[kind] * units
    return {f"{name}.weight_ih_l0": (rows, features), f"{name}.weight_hh_l0": (rows, units),
            f"{name}.bias_ih_l0": (rows,), f"{name}.bias_hh_l0": (rows,)}


def regression(name, input, layers, model, shapes, output_shape, samples=2, tail="loss: half_squared_error\n", **options):
    shape = tuple(input) if isinstance(input, list) else (input,)
    return RecurrentCase(name, spec(input, *layers, tail=tail), model, half_squared_error, shapes, shape, samples,
                         targets=draw(samples, *output_shape), **options)


def layers_alone():
    for kind in GATES:
        name = kind + "_1"
        yield regression(kind, [5, 2], [f"{kind}: 3"], lambda p, x, mode, kind=kind, name=name: recurrent(kind, p, name, x),
                         cell(kind, name, 3, 2), (3,), 3)
        yield regression(f"{kind}: a sequence of outputs", [4, 3], [f"{kind}: {{ units: 5, return_sequences: true }}"],
                         lambda p, x, mode, kind=kind, name=name: recurrent(kind, p, name, x, True), cell(kind, name, 5, 3), (4, 5))
        yield regression(f"{kind}: one step, one feature, one unit", [1, 1], [f"{kind}: 1"],
                         lambda p, x, mode, kind=kind, name=name: recurrent(kind, p, name, x), cell(kind, name, 1, 1), (1,), 4)
        yield regression(f"{kind}: 30 steps", [30, 1], [f"{kind}: {{ units: 4, checkpoint: 7 }}", "dense: 1"],
                         lambda p, x, mode, kind=kind, name=name: dense(p, "dense_1", recurrent(kind, p, name, x)),
                         {**cell(kind, name, 4, 1), **wb("dense_1", 1, 4)}, (1,), 2)
        yield regression(f"{kind}: momentum, clipped, l2", [4, 2], [f"{kind}: 3"],
                         lambda p, x, mode, kind=kind, name=name: recurrent(kind, p, name, x), cell(kind, name, 3, 2), (3,), 3,
                         tail="loss: half_squared_error\nl2: 0.01\noptimizer: { sgd: { learning_rate: 0.1, momentum: 0.9, clip_norm: 0.4 } }\n",
                         l2=0.01, learning_rate=0.1, momentum=0.9, clip_norm=0.4)
        yield regression(f"{kind}: only its weight_hh_l0 and bias_ih_l0 trained", [4, 2], [f"{kind}: {{ units: 3, trainable: [weight_hh_l0, bias_ih_l0] }}"],
                         lambda p, x, mode, kind=kind, name=name: recurrent(kind, p, name, x), cell(kind, name, 3, 2), (3,), 2,
                         tail="loss: half_squared_error\nl2: 0.02\noptimizer: { sgd: { learning_rate: 0.1 } }\n",
                         frozen=[f"{name}.weight_ih_l0", f"{name}.bias_hh_l0"], l2=0.02, learning_rate=0.1)


def truncated():
    for kind, other in [("simple_rnn", (1, 4)), ("gru", (2, 6)), ("lstm", (9, 7))]:
        name = kind + "_1"
        for truncate, time in [(3, 7), other]:
            yield regression(f"{kind}: {time} steps, truncate {truncate}", [time, 2], [f"{kind}: {{ units: 3, return_sequences: true, truncate: {truncate} }}"],
                             lambda p, x, mode, kind=kind, name=name, truncate=truncate: recurrent(kind, p, name, x, True, truncate),
                             cell(kind, name, 3, 2), (time, 3))
        yield regression(f"{kind}: truncate, the last output, a layer below", [7, 2],
                         ["dense: { units: 3, activation: tanh }", f"{kind}: {{ units: 3, truncate: 4, checkpoint: 3 }}", "dense: 2"],
                         lambda p, x, mode, kind=kind, name=name: dense(p, "dense_2", recurrent(kind, p, name, torch.tanh(dense(p, "dense_1", x)), False, 4)),
                         {**wb("dense_1", 3, 2), **cell(kind, name, 3, 3), **wb("dense_2", 2, 3)}, (2,))


def stacks():
    for first, second in [("lstm", "lstm"), ("gru", "gru"), ("simple_rnn", "lstm"), ("lstm", "gru"), ("gru", "simple_rnn")]:
        a, b = first + "_1", second + ("_2" if first == second else "_1")
        yield regression(
            f"{first} below {second}", [5, 2], [f"{first}: {{ units: 4, return_sequences: true }}", f"{second}: 3"],
            lambda p, x, mode, first=first, second=second, a=a, b=b: recurrent(second, p, b, recurrent(first, p, a, x, True)),
            {**cell(first, a, 4, 2), **cell(second, b, 3, 4)}, (3,))
    yield regression(
        "layer_norm at each step between two recurrent layers", [5, 2],
        ["gru: { units: 4, return_sequences: true }", "layer_norm", "lstm: { units: 3, return_sequences: true }", "dense: 2"],
        lambda p, x, mode: dense(p, "dense_1", recurrent("lstm", p, "lstm_1", layer_norm(p, "layer_norm_1", recurrent("gru", p, "gru_1", x, True)), True)),
        {**cell("gru", "gru_1", 4, 2), "layer_norm_1.weight": (4,), "layer_norm_1.bias": (4,), **cell("lstm", "lstm_1", 3, 4), **wb("dense_1", 2, 3)},
        (5, 2), scales=["layer_norm_1"])
    swap = lambda x: x.transpose(1, 2)
    yield regression(
        "batch_norm at each step below a recurrent layer", [4, 2], ["simple_rnn: { units: 4, return_sequences: true }", "batch_norm", "gru: 3"],
        lambda p, x, mode: recurrent("gru", p, "gru_1", swap(batch_norm(p, "batch_norm_1", swap(recurrent("simple_rnn", p, "simple_rnn_1", x, True)), mode))),
        {**cell("simple_rnn", "simple_rnn_1", 4, 2), **norm_shapes("batch_norm_1", 4), **cell("gru", "gru_1", 3, 4)}, (3,), 3, scales=["batch_norm_1"])
    yield regression(
        "a causal convolution below an lstm", [2, 6],
        ["conv1d: { filters: 4, kernel_size: 3, padding: causal, activation: relu }", "permute: [1, 0]", "lstm: { units: 3, return_sequences: true }", "dense: 2"],
        lambda p, x, mode: dense(p, "dense_1", recurrent("lstm", p, "lstm_1", swap(F.relu(conv(p, "conv1d_1", x, padding="causal"))), True)),
        {**wb("conv1d_1", 4, 2, 3), **cell("lstm", "lstm_1", 3, 4), **wb("dense_1", 2, 3)}, (6, 2))
    yield regression(
        "a recurrent layer around which its input goes", [4, 3],
        ["gru: { units: 3, return_sequences: true, name: a }", "add: [input, a]", "lstm: { units: 2, return_sequences: true, name: b }",
         "concat: { from: [a, b], axis: 1 }", "simple_rnn: 3"],
        lambda p, x, mode: around(p, x),
        {**cell("gru", "a", 3, 3), **cell("lstm", "b", 2, 3), **cell("simple_rnn", "simple_rnn_1", 3, 5)}, (3,))
    yield regression(
        "a recurrent layer whose steps are flattened", [3, 2], ["lstm: { units: 3, return_sequences: true, trainable: false }", "flatten", "dense: 2"],
        lambda p, x, mode: dense(p, "dense_1", recurrent("lstm", p, "lstm_1", x, True).flatten(1)), {**cell("lstm", "lstm_1", 3, 2), **wb("dense_1", 2, 9)}, (2,),
        frozen=list(cell("lstm", "lstm_1", 3, 2)))


def around(p, x):
    a = recurrent("gru", p, "a", x, True)
    b = recurrent("lstm", p, "b", x + a, True)
    return recurrent("simple_rnn", p, "simple_rnn_1", torch.cat([a, b], 2))


def classes():
    """Sequences of outputs under cross-entropy: a label or a distribution for each step."""
    labels = lambda count, *shape: torch.randint(0, count, shape)
    shapes = {"embedding_1.weight": (7, 3), **cell("gru", "gru_1", 4, 3), **wb("dense_1", 5, 4)}

    def language(p, x, mode):
        return F.softmax(dense(p, "dense_1", recurrent("gru", p, "gru_1", embedding(p, "embedding_1", x), True)), dim=-1)

    layers = ["embedding: { input_dim: 7, output_dim: 3 }", "gru: { units: 4, return_sequences: true }", "dense: { units: 5, activation: softmax }"]
    tail = "loss: cross_entropy\nl2: 0.01\noptimizer: { sgd: { learning_rate: 0.1 } }\n"
    on_probabilities = lambda f, y: sequence_cross_entropy(f.log(), y)
    yield RecurrentCase("an embedding, a gru, a label at each step", spec("6", *layers, tail=tail), language, on_probabilities, shapes, (6,), 3,
                        labels=labels(5, 3, 6), indices=7, l2=0.01, learning_rate=0.1)
    yield RecurrentCase("an embedding, a gru, a distribution at each step", spec("6", *layers, tail="loss: cross_entropy\n"), language, on_probabilities, shapes, (6,), 2,
                        targets=F.softmax(draw(2, 6, 5), dim=-1).to(torch.float32).to(torch.float64), indices=7)
    yield RecurrentCase(
        "logits of an lstm, a label at each step", spec("[5, 2]", "lstm: { units: 4, return_sequences: true, truncate: 2 }", "dense: 3", tail="loss: cross_entropy_with_logits\n"),
        lambda p, x, mode: dense(p, "dense_1", recurrent("lstm", p, "lstm_1", x, True, 2)), sequence_cross_entropy,
        {**cell("lstm", "lstm_1", 4, 2), **wb("dense_1", 3, 4)}, (5, 2), 2, labels=labels(3, 2, 5))
    yield RecurrentCase(
        "an embedding, the last of a simple_rnn, a label", spec("4", "embedding: { input_dim: 3, output_dim: 2 }", "simple_rnn: 4", "dense: 3", "log_softmax", tail="loss: cross_entropy\n"),
        lambda p, x, mode: F.log_softmax(dense(p, "dense_1", recurrent("simple_rnn", p, "simple_rnn_1", embedding(p, "embedding_1", x))), dim=-1),
        F.nll_loss, {"embedding_1.weight": (3, 2), **cell("simple_rnn", "simple_rnn_1", 4, 2), **wb("dense_1", 3, 4)}, (4,), 3, labels=labels(3, 3), indices=3)
    yield regression("an embedding alone", 5, ["embedding: { input_dim: 4, output_dim: 3 }"], lambda p, x, mode: embedding(p, "embedding_1", x),
                     {"embedding_1.weight": (4, 3)}, (5, 3), 2, indices=4)
    yield regression("a frozen embedding, dense at each step", 3, ["embedding: { input_dim: 4, output_dim: 3, trainable: false }", "dense: { units: 2, activation: tanh }"],
                     lambda p, x, mode: torch.tanh(dense(p, "dense_1", embedding(p, "embedding_1", x))),
                     {"embedding_1.weight": (4, 3), **wb("dense_1", 2, 3)}, (3, 2), 2, indices=4, frozen=["embedding_1.weight"])


def without_biases(shapes):
    return {key: shape for key, shape in shapes.items() if ".bias" not in key}


def both_ways(kind, name, units, features):
    shapes = cell(kind, name, units, features)
    return {**shapes, **{key + "_reverse": shape for key, shape in shapes.items()}}


def variants():
    for kind in GATES:
        name = kind + "_1"
        yield regression(f"{kind}: without biases", [4, 2], [f"{kind}: {{ units: 3, use_bias: false }}"],
                         lambda p, x, mode, kind=kind, name=name: recurrent_variant(kind, p, name, x), without_biases(cell(kind, name, 3, 2)), (3,))
        yield regression(f"{kind}: both ways, a sequence of outputs", [4, 2], [f"bidirectional: {{ {kind}: {{ units: 3, return_sequences: true }} }}"],
                         lambda p, x, mode, kind=kind: bidirectional(kind, p, "bidirectional_1", x, True), both_ways(kind, "bidirectional_1", 3, 2), (4, 6))
        yield regression(f"{kind}: both ways, the last outputs", [4, 2], [f"bidirectional: {{ {kind}: 3 }}", "dense: 2"],
                         lambda p, x, mode, kind=kind: dense(p, "dense_1", bidirectional(kind, p, "bidirectional_1", x)),
                         {**both_ways(kind, "bidirectional_1", 3, 2), **wb("dense_1", 2, 6)}, (2,))
    for merge in ["sum", "multiply", "average"]:
        yield regression(f"both ways, {merge}", [4, 2], [f"bidirectional: {{ lstm: {{ units: 2, return_sequences: true }}, merge_mode: {merge} }}"],
                         lambda p, x, mode, merge=merge: bidirectional("lstm", p, "bidirectional_1", x, True, merge), both_ways("lstm", "bidirectional_1", 2, 2), (4, 2))
    yield regression("both ways: momentum, clipped, l2", [3, 2], ["bidirectional: { gru: { units: 2, use_bias: false, checkpoint: 2 }, merge_mode: sum }"],
                     lambda p, x, mode: bidirectional("gru", p, "bidirectional_1", x, False, "sum"), without_biases(both_ways("gru", "bidirectional_1", 2, 2)), (2,), 3,
                     tail="loss: half_squared_error\nl2: 0.01\noptimizer: { sgd: { learning_rate: 0.1, momentum: 0.9, clip_norm: 0.4 } }\n",
                     l2=0.01, learning_rate=0.1, momentum=0.9, clip_norm=0.4)
    yield regression("simple_rnn: relu", [4, 2], ["simple_rnn: { units: 3, activation: relu, return_sequences: true }"],
                     lambda p, x, mode: recurrent_variant("simple_rnn", p, "simple_rnn_1", x, True, relu=True), cell("simple_rnn", "simple_rnn_1", 3, 2), (4, 3))
    yield regression("gru: reset before the product", [4, 2], ["gru: { units: 3, reset_after: false, return_sequences: true }"],
                     lambda p, x, mode: gru_resetting_state(p, "gru_1", x, True), cell("gru", "gru_1", 3, 2), (4, 3))
    yield regression("gru: reset before the product, without biases, other activations", [5, 2],
                     ["dense: { units: 3, activation: tanh }", "gru: { units: 4, reset_after: false, use_bias: false, activation: softsign, recurrent_activation: hard_sigmoid }"],
                     lambda p, x, mode: gru_resetting_state(p, "gru_1", torch.tanh(dense(p, "dense_1", x)), gate=lambda v: F.relu6(v + 3) / 6, activation=F.softsign),
                     {**wb("dense_1", 3, 2), **without_biases(cell("gru", "gru_1", 4, 3))}, (4,))
    yield regression("lstm: other activations", [4, 2], ["lstm: { units: 3, activation: { elu: 0.5 }, recurrent_activation: softplus }"],
                     lambda p, x, mode: lstm_of(F.softplus, lambda v: F.elu(v, 0.5), p, "lstm_1", x), cell("lstm", "lstm_1", 3, 2), (3,))


def shared():
    """One weight in several layers: its gradient is the sum, and l2 counts it once."""
    tail = "loss: half_squared_error\nl2: 0.02\noptimizer: { sgd: { learning_rate: 0.1 } }\n"
    options = dict(tail=tail, l2=0.02, learning_rate=0.1)
    yield regression("two grus with one weight", [4, 3], ["gru: { units: 3, return_sequences: true, name: a }", "gru: { units: 3, weights_of: a, name: b }"],
                     lambda p, x, mode: recurrent_variant("gru", p, "b", recurrent("gru", p, "a", x, True), weights="a"),
                     {**cell("gru", "a", 3, 3), "b.bias_ih_l0": (9,), "b.bias_hh_l0": (9,)}, (3,), **options)
    yield regression("an autoencoder with one weight", 5, ["dense: { units: 3, activation: tanh, name: a }", "dense: { units: 5, weights_of: a, name: b }"],
                     lambda p, x, mode: F.linear(torch.tanh(dense(p, "a", x)), p["a.weight"].t(), p["b.bias"]),
                     {**wb("a", 3, 5), "b.bias": (5,)}, (5,), **options)
    yield RecurrentCase(
        "words and logits with one weight",
        spec("4", "embedding: { input_dim: 6, output_dim: 3, name: words }", "gru: { units: 3, return_sequences: true }", "dense: { units: 6, weights_of: words, use_bias: false }",
             tail="loss: cross_entropy_with_logits\noptimizer: { sgd: { learning_rate: 0.1 } }\n"),
        lambda p, x, mode: F.linear(recurrent("gru", p, "gru_1", embedding(p, "words", x), True), p["words.weight"]), sequence_cross_entropy,
        {"words.weight": (6, 3), **cell("gru", "gru_1", 3, 3)}, (4,), 3, labels=torch.randint(0, 6, (3, 4)), indices=6, learning_rate=0.1)


def main():
    cases = [*layers_alone(), *truncated(), *stacks(), *classes(), *variants(), *shared()]
    lines = [json.dumps(case.to_json(), separators=(",", ":")) for case in cases]
    path = pathlib.Path(__file__).with_name("recurrent.json")
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")
    print(f"{len(lines)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
