"""Writes optimizers.json: what PyTorch's optimizers and schedules make of the parameters of one small network.

    python3 make_optimizer_goldens.py            (needs PyTorch 1.13, Debian's python3-torch)

Each case has its spec, float32 parameters and data, and the parameters after 1, 3 and 12 steps on the same batch, in float64
from those float32 values; with a schedule also the learning rate of each step. torch.optim does the steps, but for what it
does not have: decoupled weight decay where only AdamW has it (p *= 1 - lr * decay, before the step, as AdamW does), and
clipping to exactly the norm (clip_grad_norm_ adds 1e-6 to it). The output is the same on every run.
"""

import json
import math
import pathlib

import numpy
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(4)

STEPS = 12
SHAPES = {"hidden.weight": (6, 4), "hidden.bias": (6,), "out.weight": (3, 6), "out.bias": (3,)}


def float32(x):
    """A number of the spec as NetGen reads it: rounded to float32."""
    return float(numpy.float32(x))


def draw(*shape, scale=1.0):
    return ((torch.rand(*shape) * 2 - 1) * scale).to(torch.float32).to(torch.float64)


PARAMETERS = {key: draw(*shape, scale=0.8) for key, shape in SHAPES.items()}
INPUTS, TARGETS = draw(5, 4), draw(5, 3)


def loss(p, l2):
    hidden = torch.tanh(torch.nn.functional.linear(INPUTS, p["hidden.weight"], p["hidden.bias"]))
    outputs = torch.nn.functional.linear(hidden, p["out.weight"], p["out.bias"])
    penalty = sum((w * w).sum() for key, w in p.items() if key.endswith("weight"))
    return ((outputs - TARGETS) ** 2).sum() / len(INPUTS) + l2 * penalty


def case(name, options, make, decay=0.0, clip_norm=None, clip_value=None, l2=0.0, scheduler=None, trained=None):
    """`make` gives the optimizer of some parameters, `scheduler` the schedule of an optimizer."""
    p = {key: torch.nn.Parameter(value.clone(), requires_grad=trained is None or key in trained) for key, value in PARAMETERS.items()}
    moving = [w for w in p.values() if w.requires_grad]
    optimizer = make(moving)
    schedule = scheduler(optimizer) if scheduler else None
    after, rates = {}, []
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        loss(p, float32(l2)).backward()
        if clip_value is not None:
            torch.nn.utils.clip_grad_value_(moving, float32(clip_value))
        if clip_norm is not None:
            norm = math.sqrt(sum((w.grad ** 2).sum().item() for w in moving))
            if norm > float32(clip_norm):
                for w in moving:
                    w.grad *= float32(clip_norm) / norm
        rate = optimizer.param_groups[0]["lr"]
        rates.append(rate)
        with torch.no_grad():
            for w in moving:
                w *= 1 - rate * float32(decay)
        optimizer.step()
        if schedule:
            schedule.step()
        if step in (1, 3, STEPS):
            after[str(step)] = {key: floats64(w.detach()) for key, w in p.items()}
    layers = ["{ units: 6, activation: tanh, name: hidden%s }", "{ units: 3, name: out%s }"]
    written = [layer % frozen(kind, trained) for layer, kind in zip(layers, ("hidden", "out"))]
    spec = "input: 4\nlayers:\n" + "".join(f"  - dense: {layer}\n" for layer in written) + "loss: squared_error\n"
    spec += f"optimizer: {options}\n" + (f"l2: {l2}\n" if l2 else "")
    return {
        "name": name, "spec": spec, "parameters": {key: floats32(value) for key, value in PARAMETERS.items()},
        "inputs": floats32(INPUTS), "targets": floats32(TARGETS), "rates": [significant(r) for r in rates], "after": after,
    }


def frozen(layer, trained):
    if trained is None:
        return ""
    return ", trainable: [" + ", ".join(key.split(".")[1] for key in trained if key.startswith(layer)) + "]"


def floats32(t):
    """The shortest digits that read back as the same float32."""
    return [float(str(numpy.float32(x))) for x in t.flatten().tolist()]


def significant(x):
    return float(f"{x:.14g}")


def floats64(t):
    """14 significant digits: what lies behind them may depend on the order in which a processor adds."""
    return [significant(x) for x in t.flatten().tolist()]


def sgd(rate=0.01, **options):
    return lambda p: torch.optim.SGD(p, lr=float32(rate), **{k: v if isinstance(v, bool) else float32(v) for k, v in options.items()})


def adam(rate=0.001, betas=(0.9, 0.999), eps=1e-8):
    return lambda p: torch.optim.Adam(p, lr=float32(rate), betas=tuple(map(float32, betas)), eps=float32(eps))


def adamw(rate=0.001, betas=(0.9, 0.999), eps=1e-8, decay=0.01):
    return lambda p: torch.optim.AdamW(p, lr=float32(rate), betas=tuple(map(float32, betas)), eps=float32(eps), weight_decay=float32(decay))


def rmsprop(rate=0.01, alpha=0.99, eps=1e-8, momentum=0.0):
    return lambda p: torch.optim.RMSprop(p, lr=float32(rate), alpha=float32(alpha), eps=float32(eps), momentum=float32(momentum))


def adagrad(rate=0.01, eps=1e-10):
    return lambda p: torch.optim.Adagrad(p, lr=float32(rate), eps=float32(eps))


def cosine(first, last, steps, warmup=0):
    """torch's own after a warmup, which LambdaLR does; after the last step it would rise again."""
    lr = torch.optim.lr_scheduler

    def of(optimizer):
        fall = lr.CosineAnnealingLR(optimizer, T_max=steps - warmup, eta_min=float32(last))
        if warmup == 0:
            return fall
        rise = lr.LambdaLR(optimizer, lambda step: step / warmup)
        return lr.SequentialLR(optimizer, [rise, fall], milestones=[warmup])

    return of


def cases():
    yield case("sgd: the default", "sgd", sgd())
    yield case("sgd: decay", "{ sgd: { learning_rate: 0.05, weight_decay: 0.1 } }", sgd(0.05), decay=0.1)
    yield case("sgd: momentum, decay", "{ sgd: { learning_rate: 0.02, momentum: 0.9, weight_decay: 0.1 } }", sgd(0.02, momentum=0.9), decay=0.1)
    yield case("sgd: clamped", "{ sgd: { learning_rate: 0.05, clip_value: 0.25 } }", sgd(0.05), clip_value=0.25)
    yield case("sgd: nesterov, clamped, clipped, l2",
               "{ sgd: { learning_rate: 0.02, momentum: 0.8, nesterov: true, clip_value: 0.25, clip_norm: 0.75 } }",
               sgd(0.02, momentum=0.8, nesterov=True), clip_value=0.25, clip_norm=0.75, l2=0.02)
    yield case("adam: the default", "adam", adam())
    yield case("adam: betas, epsilon", "{ adam: { learning_rate: 0.02, beta_1: 0.7, beta_2: 0.95, epsilon: 0.001 } }",
               adam(0.02, (0.7, 0.95), 0.001))
    yield case("adam: l2, clamped, clipped", "{ adam: { learning_rate: 0.01, clip_value: 0.25, clip_norm: 0.75 } }",
               adam(0.01), clip_value=0.25, clip_norm=0.75, l2=0.02)
    yield case("adam: decay is adamw's", "{ adam: { learning_rate: 0.01, weight_decay: 0.3 } }", adamw(0.01, decay=0.3))
    yield case("adamw: the default", "adamw", adamw())
    yield case("adamw: decay, of the trained alone", "{ adamw: { learning_rate: 0.02, weight_decay: 0.3 } }", adamw(0.02, decay=0.3),
               trained=["hidden.bias", "out.weight"])
    yield case("rmsprop: the default", "rmsprop", rmsprop())
    yield case("rmsprop: rho, epsilon, decay", "{ rmsprop: { learning_rate: 0.005, rho: 0.9, epsilon: 0.01, weight_decay: 0.1 } }",
               rmsprop(0.005, 0.9, 0.01), decay=0.1)
    yield case("rmsprop: momentum, clipped", "{ rmsprop: { learning_rate: 0.005, momentum: 0.9, clip_norm: 0.5 } }",
               rmsprop(0.005, momentum=0.9), clip_norm=0.5)
    yield case("adagrad: the default", "adagrad", adagrad())
    yield case("adagrad: epsilon, decay, clamped", "{ adagrad: { learning_rate: 0.1, epsilon: 0.01, weight_decay: 0.1, clip_value: 0.25 } }",
               adagrad(0.1, 0.01), decay=0.1, clip_value=0.25)

    lr = torch.optim.lr_scheduler
    yield case("schedule: constant", "{ sgd: { learning_rate: { constant: 0.05 } } }", sgd(0.05), scheduler=lambda o: lr.ConstantLR(o, factor=1))
    yield case("schedule: step", "{ sgd: { learning_rate: { step: { from: 0.1, factor: 0.3, every: 4 } } } }", sgd(0.1),
               scheduler=lambda o: lr.StepLR(o, step_size=4, gamma=float32(0.3)))
    yield case("schedule: exponential", "{ adam: { learning_rate: { exponential: { from: 0.02, decay: 0.8 } } } }", adam(0.02),
               scheduler=lambda o: lr.ExponentialLR(o, gamma=float32(0.8)))
    yield case("schedule: inverse time", "{ rmsprop: { learning_rate: { inverse_time: { from: 0.01, decay: 0.25 } } } }", rmsprop(0.01),
               scheduler=lambda o: lr.LambdaLR(o, lambda step: 1 / (1 + 0.25 * step)))
    yield case("schedule: cosine", "{ sgd: { learning_rate: { cosine: { from: 0.1, to: 0.002, steps: 12 } }, momentum: 0.5 } }",
               sgd(0.1, momentum=0.5), scheduler=cosine(0.1, 0.002, 12))
    yield case("schedule: cosine after a warmup", "{ adamw: { learning_rate: { cosine: { from: 0.05, to: 0.002, steps: 12, warmup: 4 } } } }",
               adamw(0.05), scheduler=cosine(0.05, 0.002, 12, 4))


def main():
    lines = [json.dumps(c, separators=(",", ":")) for c in cases()]
    path = pathlib.Path(__file__).with_name("optimizers.json")
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")
    print(f"{len(lines)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
