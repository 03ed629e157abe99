"""Writes parts.json: what PyTorch computes for networks with several inputs and outputs, and for states that are handed in and out.

    python3 make_part_goldens.py       (needs PyTorch 1.13, Debian's python3-torch)

Cases are those of make_goldens.py. Inputs, outputs and targets of a sample stand back to back, in the order of the spec.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

from make_goldens import Case, dense, draw
from torch_layers import cell_names, conv

torch.manual_seed(31)

GATES = {"simple_rnn": 1, "gru": 3, "lstm": 4}


def wb(name, *shape):
    return {name + ".weight": shape, name + ".bias": (shape[0],)}


def cell(kind, name, units, features):
    rows = GATES[kind] * units
    return dict(zip(cell_names(name), [(rows, features), (rows, units), (rows,), (rows,)]))


def split(x, *sizes):
    return torch.split(x, sizes, 1)


def joined(*parts):
    return torch.cat([part.flatten(1) for part in parts], 1)


def squared(f, y):
    """The sum over a sample's outputs, the mean over the samples."""
    return ((f - y) ** 2).sum() / f.shape[0]


def run(kind, p, name, x, *states):
    """The outputs of every step, and the last states."""
    f = {"simple_rnn": torch.rnn_tanh, "gru": torch.gru, "lstm": torch.lstm}[kind]
    first = tuple(s[None] for s in states) if kind == "lstm" else states[0][None]
    y, *last = f(x, first, [p[key] for key in cell_names(name)], True, 1, 0.0, False, False, True)
    return (y, *(s[0] for s in last))


def one_hot(samples, classes):
    return F.one_hot(torch.randint(0, classes, (samples,)), classes).double()


def actor_critic():
    def model(p, x):
        image, state = split(x, 25, 3)
        seen = torch.tanh(conv(p, "conv2d_1", image.reshape(-1, 1, 5, 5))).flatten(1)
        trunk = torch.tanh(dense(p, "trunk", torch.cat([seen, state], 1)))
        return joined(F.softmax(dense(p, "logits", trunk), 1), dense(p, "value", trunk))

    def loss(f, y):
        return -(y[:, :4] * f[:, :4].log()).sum() / f.shape[0] + 0.5 * F.mse_loss(f[:, 4:], y[:, 4:])

    shapes = {**wb("conv2d_1", 2, 1, 3, 3), **wb("trunk", 8, 21), **wb("logits", 4, 8), **wb("value", 1, 8)}
    return Case("an actor and a critic", """
inputs: { image: [1, 5, 5], state: 3 }
layers:
  - conv2d: { filters: 2, kernel_size: 3, activation: tanh, from: image }
  - flatten
  - concat: { from: [flatten_1, state] }
  - dense: { units: 8, activation: tanh, name: trunk }
  - dense: { units: 4, name: logits }
  - softmax: { name: policy }
  - dense: { units: 1, from: trunk, name: value }
outputs: [policy, value]
loss: { policy: cross_entropy, value: { mean_squared_error: { weight: 0.5 } } }
optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9 } }
""".lstrip(), model, loss, shapes, (28,), 4, targets=torch.cat([one_hot(4, 4), draw(4, 1)], 1), learning_rate=0.1, momentum=0.9)


def labels_of_two():
    def model(p, x):
        words, context = x[:, :8].reshape(-1, 4, 2), x[:, 8:]
        steps = torch.tanh(dense(p, "steps", words))
        return joined(dense(p, "tags", steps), dense(p, "topic", torch.cat([steps.flatten(1), context], 1)))

    weights = torch.tensor([1, 3, 0.5])

    def loss(f, y):
        topic = F.cross_entropy(f[:, 12:], y[:, 4], reduction="none") * weights[y[:, 4]]
        return F.cross_entropy(f[:, :12].reshape(-1, 3), y[:, :4].flatten(), ignore_index=-1) + 2 * topic.mean()

    labels = torch.cat([torch.randint(0, 3, (3, 4)), torch.randint(0, 3, (3, 1))], 1)
    labels[0, 1] = labels[2, 0] = -1
    shapes = {**wb("steps", 4, 2), **wb("tags", 3, 4), **wb("topic", 3, 19)}
    return Case("labels of each step and of the whole, some of which do not count", """
inputs: { words: [4, 2], context: 3 }
layers:
  - dense: { units: 4, activation: tanh, from: words, name: steps }
  - dense: { units: 3, name: tags }
  - flatten: { from: steps }
  - concat: { from: [flatten_1, context] }
  - dense: { units: 3, name: topic }
outputs: [tags, topic]
loss:
  tags: { cross_entropy_with_logits: { ignore_label: -1 } }
  topic: { cross_entropy_with_logits: { class_weight: [1, 3, 0.5], weight: 2 } }
""".lstrip(), model, loss, shapes, (11,), 3, labels=labels)


def middle():
    def model(p, x):
        hidden = torch.tanh(dense(p, "hidden", x))
        return joined(dense(p, "last", hidden), hidden, dense(p, "other", hidden))

    def loss(f, y):
        return 0.25 * squared(f[:, 3:10], y[:, :7]) + F.huber_loss(f[:, 10:], y[:, 7:])

    shapes = {**wb("hidden", 7, 5), **wb("last", 3, 7), **wb("other", 2, 7)}
    return Case("an output without a loss, one that others read", """
input: 5
layers:
  - dense: { units: 7, activation: tanh, name: hidden }
  - dense: { units: 3, name: last }
  - dense: { units: 2, from: hidden, name: other }
outputs: [last, hidden, other]
loss: { hidden: { squared_error: { weight: 0.25 } }, other: huber }
l2: 0.01
""".lstrip(), model, loss, shapes, (5,), 3, targets=draw(3, 9, low=-2, high=2), l2=0.01)


def policy_with_memory():
    def model(p, x):
        seen = torch.tanh(dense(p, "eye", x[:, :4]))
        y, h = run("gru", p, "core", seen[:, None], x[:, 4:])
        return joined(dense(p, "policy", y[:, -1]), h)

    shapes = {**wb("eye", 6, 4), **cell("gru", "core", 5, 6), **wb("policy", 3, 5)}
    return Case("a state handed in and out", """
inputs: { observation: { shape: [1, 4], layout: sequence }, memory: 5 }
layers:
  - dense: { units: 6, activation: tanh, from: observation, name: eye }
  - gru: { units: 5, initial_state: memory, name: core }
  - dense: { units: 3, name: policy }
outputs: [policy, core.h]
loss: { policy: squared_error }
""".lstrip(), model, lambda f, y: squared(f[:, :3], y), shapes, (9,), 3, targets=draw(3, 3))


def states_in_losses():
    def model(p, x):
        steps, h, seed = x[:, :12].reshape(-1, 4, 3), x[:, 12:17], x[:, 17:]
        y, h, c = run("lstm", p, "deep", steps, h, torch.tanh(dense(p, "c0", seed)))
        return joined(y, c, h)

    def loss(f, y):
        return F.mse_loss(f[:, :20], y[:, :20]) + squared(f[:, 20:25], y[:, 20:25]) + 0.5 * squared(f[:, 25:], y[:, 25:])

    shapes = {**wb("c0", 5, 2), **cell("lstm", "deep", 5, 3)}
    return Case("states of an lstm from an input and a layer, and in losses", """
inputs: { x: [4, 3], h0: 5, seed: 2 }
layers:
  - dense: { units: 5, activation: tanh, from: seed, name: c0 }
  - lstm: { units: 5, return_sequences: true, initial_state: [h0, c0], from: x, name: deep }
outputs: [deep, deep.c, deep.h]
loss: { deep: mean_squared_error, deep.c: squared_error, deep.h: half_squared_error }
""".lstrip(), model, loss, shapes, (19,), 2, targets=draw(2, 30))


def one_sequence_becomes_another(kind, states):
    def model(p, x):
        source, target = x[:, :15].reshape(-1, 5, 3), x[:, 15:].reshape(-1, 3, 2)
        zeros = [x.new_zeros(x.shape[0], 4)] * states
        _, *last = run(kind, p, "encoder", source, *zeros)
        return dense(p, "words", run(kind, p, "decoder", target, *last)[0])

    names = ", ".join("encoder." + s for s in "hc"[:states])
    shapes = {**cell(kind, "encoder", 4, 3), **cell(kind, "decoder", 4, 2), **wb("words", 3, 4)}
    return Case(f"one sequence becomes another: {kind}", f"""
inputs: {{ source: [5, 3], target: [3, 2] }}
layers:
  - {kind}: {{ units: 4, from: source, name: encoder }}
  - {kind}: {{ units: 4, return_sequences: true, initial_state: [{names}], from: target, name: decoder }}
  - dense: {{ units: 3, name: words }}
outputs: [words]
loss: mean_squared_error
""".lstrip(), model, lambda f, y: F.mse_loss(f.flatten(1), y), shapes, (21,), 2, targets=draw(2, 9))


def main():
    cases = [actor_critic(), labels_of_two(), middle(), policy_with_memory(), states_in_losses(),
             *(one_sequence_becomes_another(kind, states) for kind, states in [("simple_rnn", 1), ("gru", 1), ("lstm", 2)])]
    lines = [json.dumps(case.to_json(), separators=(",", ":")) for case in cases]
    path = pathlib.Path(__file__).with_name("parts.json")
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")
    print(f"{len(lines)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
