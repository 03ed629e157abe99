"""The forecaster of this example in PyTorch: the same series, architecture, optimizer, schedule and number of epochs.

    python3 pytorch.py      (needs PyTorch 1.13, Debian's python3-torch; half an hour of one core)

Prints the test error of each seed, with PyTorch's own initial weights and with weights drawn as NetGen draws them.
"""

import math
import statistics

import torch
from torch import nn

WINDOW, HORIZON, STRIDE, UNITS = 96, 6, 2, 16
TRAIN, VALIDATION, TEST = 2500, 1000, 1500
EPOCHS, BATCH, SEEDS = 40, 8, 5
RATE, LAST_RATE, WARMUP = 0.01, 0.0001, 50


def series(count, transient=1000, delay=170, h=0.1):
    """MackeyGlass.cs, operation for operation, so that both have the same bits."""

    def slope(x, delayed):
        square = delayed * delayed
        fourth = square * square
        return 0.2 * delayed / (1 + fourth * fourth * square) - 0.1 * x

    start = delay + 1
    x = [0.0] * start + [1.2]
    for k in range(start, start + (transient + count) * 10):
        before, after = x[k - delay], x[k - delay + 1]
        between = (9 * (before + after) - (x[k - delay - 1] + x[k - delay + 2])) / 16
        k1 = slope(x[k], before)
        k2 = slope(x[k] + h / 2 * k1, between)
        k3 = slope(x[k] + h / 2 * k2, between)
        k4 = slope(x[k] + h * k3, after)
        x.append(x[k] + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4))
    return x[start + transient * 10::10][:count]


def windows(values, stride):
    """Windows of the values, [n, WINDOW, 1], and what comes HORIZON steps after each, [n, 1]."""
    return values[:-HORIZON].unfold(0, WINDOW, stride).unsqueeze(2), values[WINDOW + HORIZON - 1::stride].unsqueeze(1)


class Forecaster(nn.Module):
    """forecaster.yaml."""

    def __init__(self, draws_as_netgen):
        super().__init__()
        self.memory = nn.GRU(1, UNITS, batch_first=True)
        self.forecast = nn.Linear(UNITS, 1)
        if draws_as_netgen:
            for gate in self.memory.weight_ih_l0.chunk(3):
                nn.init.xavier_uniform_(gate)
            for gate in self.memory.weight_hh_l0.chunk(3):
                nn.init.orthogonal_(gate)
            nn.init.xavier_uniform_(self.forecast.weight)
            for bias in (self.memory.bias_ih_l0, self.memory.bias_hh_l0, self.forecast.bias):
                nn.init.zeros_(bias)

    def forward(self, x):
        return self.forecast(self.memory(x)[0][:, -1])


def train(inputs, targets, seed, draws_as_netgen):
    torch.manual_seed(seed)
    net = Forecaster(draws_as_netgen)
    steps = -(-len(inputs) // BATCH) * EPOCHS

    def rate(step):
        if step < WARMUP:
            return step / WARMUP
        done = (step - WARMUP) / (steps - WARMUP)
        return (LAST_RATE + (RATE - LAST_RATE) * (1 + math.cos(math.pi * done)) / 2) / RATE

    optimizer = torch.optim.Adam(net.parameters(), RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(inputs)).split(BATCH):
            optimizer.zero_grad()
            nn.functional.mse_loss(net(inputs[batch]), targets[batch]).backward()
            optimizer.step()
            schedule.step()
    return net


def main():
    torch.set_num_threads(1)
    values = torch.tensor(series(TRAIN + VALIDATION + TEST), dtype=torch.float64)
    print(f"the series ends in {values[-1].item()!r}")
    known = values[:TRAIN]
    scaled = ((values - known.mean()) / known.std(unbiased=False)).float()
    inputs, targets = windows(scaled[:TRAIN], STRIDE)
    test_inputs, test_targets = windows(scaled[-TEST:], 1)
    for draws_as_netgen in (False, True):
        errors = []
        for seed in range(1, SEEDS + 1):
            net = train(inputs, targets, seed, draws_as_netgen)
            with torch.no_grad():
                mse = nn.functional.mse_loss(net(test_inputs).double(), test_targets.double())
            errors.append((mse.sqrt() / test_targets.double().std(unbiased=False)).item())
            print(f"  seed {seed}: {errors[-1]:.5f}", flush=True)
        title = "NetGen's kind of" if draws_as_netgen else "PyTorch's own"
        print(f"{title} initial weights: {statistics.mean(errors):.4f} ± {statistics.stdev(errors):.4f} over {SEEDS} seeds")


main()
