"""PyTorch for NetGen.Benchmarks: reads requests on standard input, a line of JSON each and then the floats it announces."""

import json
import os
import struct
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"  # before torch is loaded
import torch

torch.set_num_threads(1)

ACTIVATIONS = {"Sigmoid": torch.nn.Sigmoid, "Tanh": torch.nn.Tanh, "Relu": torch.nn.ReLU}


CELLS = {"Lstm": (torch.nn.LSTM, torch.nn.LSTMCell), "Gru": (torch.nn.GRU, torch.nn.GRUCell)}


class Last(torch.nn.Module):
    """A recurrent layer over whole sequences, of which the last output goes on."""

    def __init__(self, layer):
        super().__init__()
        self.layer = CELLS[layer["cell"]][0](layer["features"], layer["units"], batch_first=True)

    def forward(self, x):
        return self.layer(x)[0][:, -1]


class Stream(torch.nn.Module):
    """One step: a recurrent cell, or a recurrent layer over a sequence of one, and a dense layer; from x and a state to y and the next state."""

    def __init__(self, layers, is_cell):
        super().__init__()
        recurrent, dense = layers
        self.is_cell = is_cell
        self.is_lstm = recurrent["cell"] == "Lstm"
        self.layer = CELLS[recurrent["cell"]][1 if is_cell else 0](recurrent["features"], recurrent["units"])
        self.dense = torch.nn.Linear(dense["inputs"], dense["outputs"])
        self.features, self.units = recurrent["features"], recurrent["units"]

    def start(self):
        zeros = torch.zeros((1, self.units) if self.is_cell else (1, 1, self.units))
        return (zeros, zeros.clone()) if self.is_lstm else zeros

    def forward(self, x, state):
        if self.is_cell:
            state = self.layer(x, state)
            return self.dense(state[0] if self.is_lstm else state), state
        y, state = self.layer(x, state)
        return self.dense(y), state


def modules_of(layer, previous):
    """A layer as PyTorch's modules; the last softmax is the loss's or the caller's."""
    if layer["kind"] == "Recurrent":
        yield Last(layer)
    elif layer["kind"] == "DenseLayer":
        if previous and previous["kind"] not in ("DenseLayer", "Recurrent"):
            yield torch.nn.Flatten()
        yield torch.nn.Linear(layer["inputs"], layer["outputs"])
    elif layer["kind"] == "MaxPool":
        yield torch.nn.MaxPool2d(layer["size"])
    else:
        before, after = layer["before"], layer["after"]
        if before != after:
            yield torch.nn.ConstantPad1d((before[0], after[0]), 0) if len(before) == 1 else torch.nn.ZeroPad2d((before[1], after[1], before[0], after[0]))
        kind = torch.nn.Conv1d if len(before) == 1 else torch.nn.Conv2d
        yield kind(
            layer["inputs"], layer["outputs"], layer["kernel"], stride=layer["stride"], dilation=layer["dilation"],
            padding=before if before == after else 0, groups=layer["groups"])
    if layer["activation"] in ACTIVATIONS:
        yield ACTIVATIONS[layer["activation"]]()


class Task:
    """One network and task, with its data."""

    def __init__(self, request, inputs, targets, parameters):
        samples, layers = request["samples"], request["layers"]
        self.initial = parameters
        modules = [module for layer, previous in zip(layers, [None, *layers]) for module in modules_of(layer, previous)]
        self.is_classifier = layers[-1]["activation"] == "Softmax"
        self.model = torch.nn.Sequential(*modules)  # as it trains: the loss has the softmax
        self.restore()
        self.inputs = inputs.view(-1, samples, *request["input"])
        self.targets = targets.view(len(self.inputs), samples, -1)
        if not self.is_classifier:
            self.targets = self.targets.view(-1, *self.model(self.inputs[0]).shape)
        self.labels = self.targets.argmax(2)
        network = torch.nn.Sequential(*modules, torch.nn.Softmax(1)) if self.is_classifier else self.model
        if request["form"] == "traced":
            with torch.no_grad():
                network = torch.jit.freeze(torch.jit.trace(network.eval(), self.inputs[0]))
        self.network = network

    def restore(self):
        at = 0
        with torch.no_grad():
            for p in self.model.parameters():
                p.copy_(self.initial[at : at + p.numel()].view(p.shape))
                at += p.numel()

    def step(self, optimizer, k):
        y = self.model(self.inputs[k])
        if self.is_classifier:
            loss = torch.nn.functional.cross_entropy(y, self.labels[k])
        else:
            loss = 0.5 * (y - self.targets[k]).square().sum() / y.shape[0]
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    def outputs(self):
        with torch.inference_mode():
            return torch.cat([self.network(x).flatten() for x in self.inputs])

    def after_step(self, rate):
        self.restore()
        self.step(torch.optim.SGD(self.model.parameters(), lr=rate), 0)
        return torch.cat([p.detach().flatten() for p in self.model.parameters()])

    def time_inference(self, calls):
        sets = len(self.inputs)
        inputs = list(self.inputs)
        network = self.network
        with torch.inference_mode():
            start = time.perf_counter_ns()
            for k in range(calls):
                network(inputs[k % sets])
            return time.perf_counter_ns() - start

    def time_steps(self, calls, rate):
        self.restore()
        sets = len(self.inputs)
        optimizer = torch.optim.SGD(self.model.parameters(), lr=rate)
        start = time.perf_counter_ns()
        for k in range(calls):
            self.step(optimizer, k % sets)
        return time.perf_counter_ns() - start


class StreamTask:
    """One sequence, of which each call takes a step; the state goes from call to call."""

    def __init__(self, request, inputs, targets, parameters):
        form = request["form"]
        self.network = Stream(request["layers"], form.startswith("cell"))
        at = 0
        with torch.no_grad():
            for p in self.network.parameters():
                p.copy_(parameters[at : at + p.numel()].view(p.shape))
                at += p.numel()
        shape = (1, self.network.features) if self.network.is_cell else (1, 1, self.network.features)
        self.inputs = [x.view(shape) for x in inputs.view(-1, self.network.features)]
        self.start = self.network.start()
        if form.endswith("traced"):
            with torch.no_grad():
                self.network = torch.jit.freeze(torch.jit.trace(self.network.eval(), (self.inputs[0], self.start)))

    def outputs(self):
        outputs, state = [], self.start
        with torch.inference_mode():
            for x in self.inputs:
                y, state = self.network(x, state)
                outputs.append(y.flatten())
        return torch.cat(outputs)

    def time_inference(self, calls):
        sets, inputs, network, state = len(self.inputs), self.inputs, self.network, self.start
        with torch.inference_mode():
            start = time.perf_counter_ns()
            for k in range(calls):
                _, state = network(inputs[k % sets], state)
            return time.perf_counter_ns() - start


class Training:
    """A classifier that is trained on labelled samples, an epoch at a time."""

    def __init__(self, request, data, parameters):
        features, labels, test_features, test_labels = data
        layers, shape = request["layers"], request["input"]
        self.model = torch.nn.Sequential(*(module for layer, previous in zip(layers, [None, *layers]) for module in modules_of(layer, previous)))
        at = 0
        with torch.no_grad():
            for p in self.model.parameters():
                p.copy_(parameters[at : at + p.numel()].view(p.shape))
                at += p.numel()
        self.x, self.labels = features.view(-1, *shape), labels.long()
        self.test_x, self.test_labels = test_features.view(-1, *shape), test_labels.long()
        self.batch = request["batch"]
        self.random = torch.Generator().manual_seed(request["seed"])
        self.rate, self.step, self.steps = request["rate"], 0, request["epochs"] * -(-len(self.x) // self.batch)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=self.rate)

    def epoch(self):
        """Seconds of an epoch in an order of its own."""
        start = time.perf_counter()
        order = torch.randperm(len(self.x), generator=self.random)
        for samples in order.split(self.batch):
            self.optimizer.param_groups[0]["lr"] = self.rate * (1 - self.step / self.steps)
            self.step += 1
            loss = torch.nn.functional.cross_entropy(self.model(self.x[samples]), self.labels[samples])
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
        return time.perf_counter() - start

    def accuracy(self):
        with torch.inference_mode():
            right = sum((self.model(x).argmax(1) == labels).sum().item() for x, labels in zip(self.test_x.split(1000), self.test_labels.split(1000)))
        return right / len(self.test_x)


def main():
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    tasks, data, training = [], None, None

    def floats(count):
        return torch.frombuffer(bytearray(source.read(4 * count)), dtype=torch.float32).clone()

    def answer(tensor):
        sink.write(tensor.contiguous().numpy().astype("<f4").tobytes())

    for line in source:
        request = json.loads(line)
        verb = request["verb"]
        task = tasks[request["task"]] if "task" in request else None
        if verb == "create":
            tasks.append((StreamTask if request["is_stream"] else Task)(request, *(floats(n) for n in request["floats"])))
            sink.write(struct.pack("<d", 0))
        elif verb == "data":
            data = [floats(n) for n in request["floats"]]
            sink.write(struct.pack("<d", 0))
        elif verb == "train":
            training = Training(request, data, *(floats(n) for n in request["floats"]))
            sink.write(struct.pack("<d", 0))
        elif verb == "epoch":
            sink.write(struct.pack("<d", training.epoch()))
        elif verb == "accuracy":
            sink.write(struct.pack("<d", training.accuracy()))
        elif verb == "outputs":
            answer(task.outputs())
        elif verb == "step":
            answer(task.after_step(request["rate"]))
        elif verb == "time":
            if hasattr(os, "sched_setaffinity"):
                os.sched_setaffinity(0, {request["core"]})
            calls = request["calls"]
            spent = task.time_steps(calls, request["rate"]) if request["is_step"] else task.time_inference(calls)
            sink.write(struct.pack("<d", spent))
        sink.flush()


main()
