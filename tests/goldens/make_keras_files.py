"""Writes weight_files/: small models as Keras 2 (.h5) and Keras 3 (.keras, .weights.h5) lay them out, and keras.json with inputs and what comes out.

    python3 make_keras_files.py      (needs h5py and NumPy, Debian's python3-h5py)

Keras itself is not needed: the files are written as its savers write them (saving/legacy/hdf5_format.py and saving/saving_lib.py), and the outputs are computed here by
the formulas of its documentation, channels last, in double.
"""

import io
import json
import pathlib
import zipfile

import h5py
import numpy as np

FOLDER = pathlib.Path(__file__).parent / "weight_files"
random = np.random.default_rng(8)


def draw(*shape):
    return random.uniform(-0.6, 0.6, shape).astype(np.float32)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# --- Keras's layers -------------------------------------------------------------------------------------------------------------------------


def conv(x, w, same=False):
    """x [h, w, in], w [kh, kw, in, out], strides 1."""
    kh, kw = w.shape[:2]
    if same:
        x = np.pad(x, (((kh - 1) // 2, kh // 2), ((kw - 1) // 2, kw // 2), (0, 0)))
    rows, columns = x.shape[0] - kh + 1, x.shape[1] - kw + 1
    return np.array([[np.tensordot(x[r : r + kh, c : c + kw], w, 3) for c in range(columns)] for r in range(rows)])


def depthwise(x, w):
    """w [kh, kw, in, multiples]; channel c has the outputs c * multiples and on."""
    return np.concatenate([conv(x[..., c : c + 1], w[:, :, c : c + 1, :]) for c in range(x.shape[-1])], -1)


def transposed(x, w, stride):
    """w [kh, kw, out, in]."""
    kh, kw, filters, _ = w.shape
    y = np.zeros(((x.shape[0] - 1) * stride + kh, (x.shape[1] - 1) * stride + kw, filters))
    for r in range(x.shape[0]):
        for c in range(x.shape[1]):
            y[r * stride : r * stride + kh, c * stride : c * stride + kw] += w @ x[r, c]
    return y


def norm(x, gamma, beta, mean, variance, epsilon=1e-3):
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def lstm(x, kernel, recurrent, bias):
    units = recurrent.shape[0]
    h = c = np.zeros(units)
    states = []
    for step in x:
        i, f, g, o = np.split(step @ kernel + h @ recurrent + bias, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        states.append(h)
    return np.array(states)


def gru(x, kernel, recurrent, bias, reset_after=True):
    units = recurrent.shape[0]
    h = np.zeros(units)
    states = []
    for step in x:
        if reset_after:
            xz, xr, xh = np.split(step @ kernel + bias[0], 3)
            hz, hr, hh = np.split(h @ recurrent + bias[1], 3)
            z, r = sigmoid(xz + hz), sigmoid(xr + hr)
            new = np.tanh(xh + r * hh)
        else:
            xz, xr, xh = np.split(step @ kernel + bias, 3)
            z, r = sigmoid(xz + h @ recurrent[:, :units]), sigmoid(xr + h @ recurrent[:, units : 2 * units])
            new = np.tanh(xh + (r * h) @ recurrent[:, 2 * units :])
        h = z * h + (1 - z) * new
        states.append(h)
    return np.array(states)


def simple_rnn(x, kernel, recurrent, bias):
    h = np.zeros(recurrent.shape[0])
    for step in x:
        h = np.tanh(step @ kernel + h @ recurrent + bias)
    return h


# --- Models: layers (class, name, options, [(weight, array)]) --------------------------------------------------------------------------------


def image_model():
    return [
        ("Conv2D", "conv2d", {}, [("kernel", draw(3, 3, 2, 3)), ("bias", draw(3))]),
        ("BatchNormalization", "batch_normalization", {"scale": True, "center": True}, [
            ("gamma", draw(3) + 1), ("beta", draw(3)), ("moving_mean", draw(3)), ("moving_variance", np.abs(draw(3)) + 0.2)]),
        ("PReLU", "p_re_lu", {}, [("alpha", draw(1, 1, 3))]),
        ("DepthwiseConv2D", "depthwise_conv2d", {}, [("depthwise_kernel", draw(2, 2, 3, 2)), ("bias", draw(6))]),
        ("SeparableConv2D", "separable_conv2d", {}, [("depthwise_kernel", draw(2, 2, 6, 1)), ("pointwise_kernel", draw(1, 1, 6, 4)), ("bias", draw(4))]),
        ("Conv2DTranspose", "conv2d_transpose", {}, [("kernel", draw(2, 2, 3, 4)), ("bias", draw(3))]),
        ("Flatten", "flatten", {}, []),
        ("BatchNormalization", "batch_normalization_1", {"scale": False, "center": True}, [
            ("beta", draw(144)), ("moving_mean", draw(144)), ("moving_variance", np.abs(draw(144)) + 0.2)]),
        ("Dense", "dense", {}, [("kernel", draw(144, 5) / 4), ("bias", draw(5))]),
        ("Dropout", "dropout", {}, []),
        ("Dense", "dense_1", {}, [("kernel", draw(5, 5)), ("bias", draw(5))]),
    ]


def run_image(layers, x):
    w = {name: {key: value.astype(np.float64) for key, value in weights} for _, name, _, weights in layers}
    y = conv(x, w["conv2d"]["kernel"], same=True) + w["conv2d"]["bias"]
    y = norm(y, w["batch_normalization"]["gamma"], w["batch_normalization"]["beta"], w["batch_normalization"]["moving_mean"], w["batch_normalization"]["moving_variance"])
    y = np.where(y > 0, y, w["p_re_lu"]["alpha"] * y)
    y = depthwise(y, w["depthwise_conv2d"]["depthwise_kernel"]) + w["depthwise_conv2d"]["bias"]
    y = conv(depthwise(y, w["separable_conv2d"]["depthwise_kernel"]), w["separable_conv2d"]["pointwise_kernel"]) + w["separable_conv2d"]["bias"]
    y = transposed(y, w["conv2d_transpose"]["kernel"], 2) + w["conv2d_transpose"]["bias"]
    n = w["batch_normalization_1"]
    y = norm(y.flatten(), 1, n["beta"], n["moving_mean"], n["moving_variance"])
    y = np.tanh(y @ w["dense"]["kernel"] + w["dense"]["bias"])
    return y @ w["dense_1"]["kernel"] + w["dense_1"]["bias"]


def sequence_model():
    def both(layer):
        return [(f"forward_{layer}/{layer}_cell/{key}", value) for key, value in recurrent(4, 3, 3, True)] + [
            (f"backward_{layer}/{layer}_cell/{key}", value) for key, value in recurrent(4, 3, 3, True)]

    def recurrent(features, units, gates, reset_after=False):
        return [("kernel", draw(features, gates * units)), ("recurrent_kernel", draw(units, gates * units)), ("bias", draw(2, gates * units) if reset_after else draw(gates * units))]

    return [
        ("Embedding", "embedding", {}, [("embeddings", draw(7, 5))]),
        ("LSTM", "lstm", {}, [(f"lstm_cell/{key}", value) for key, value in recurrent(5, 4, 4)]),
        ("Bidirectional", "bidirectional", {}, both("gru")),
        ("LayerNormalization", "layer_normalization", {}, [("gamma", draw(6) + 1), ("beta", draw(6))]),
        ("GRU", "gru_1", {}, [(f"gru_cell/{key}", value) for key, value in recurrent(6, 4, 3)]),
        ("SimpleRNN", "simple_rnn", {}, [(f"simple_rnn_cell/{key}", value) for key, value in recurrent(4, 3, 1)]),
        ("Dense", "head", {}, [("kernel", draw(3, 2)), ("bias", draw(2))]),
    ]


def run_sequence(layers, x):
    w = {name: [value.astype(np.float64) for _, value in weights] for _, name, _, weights in layers}
    y = lstm(w["embedding"][0][x.astype(int)], *w["lstm"])
    forward, backward = w["bidirectional"][:3], w["bidirectional"][3:]
    y = np.concatenate([gru(y, *forward), gru(y[::-1], *backward)[::-1]], -1)
    gamma, beta = w["layer_normalization"]
    y = gamma * (y - y.mean(-1, keepdims=True)) / np.sqrt(y.var(-1, keepdims=True) + 1e-3) + beta
    y = simple_rnn(gru(y, *w["gru_1"], reset_after=False), *w["simple_rnn"])
    return y @ w["head"][0] + w["head"][1]


# --- Keras's savers -------------------------------------------------------------------------------------------------------------------------


def config(layers):
    return json.dumps({"class_name": "Sequential", "config": {"name": "sequential", "layers": [
        {"class_name": kind, "config": {"name": name, **options}} for kind, name, options, _ in layers]}})


def keras2(path, layers, whole):
    with h5py.File(path, "w") as file:
        if whole:
            file.attrs["model_config"] = config(layers).encode()
        file.attrs["keras_version"], file.attrs["backend"] = b"2.4.0", b"tensorflow"
        group = file.create_group("model_weights") if whole else file
        group.attrs["layer_names"] = [name.encode() for _, name, _, _ in layers]
        for _, name, _, weights in layers:
            layer = group.create_group(name)
            layer.attrs["weight_names"] = [f"{name}/{key}:0".encode() for key, _ in weights]
            for key, value in weights:
                layer.create_dataset(f"{name}/{key}:0", data=value)
        if whole:
            file.create_group("optimizer_weights").create_dataset("iteration:0", data=np.int64(3))


def snake(kind):
    return {"PReLU": "p_re_lu", "LSTM": "lstm", "GRU": "gru", "SimpleRNN": "simple_rnn", "Conv2D": "conv2d", "DepthwiseConv2D": "depthwise_conv2d", "SeparableConv2D": "separable_conv2d",
            "Conv2DTranspose": "conv2d_transpose", "BatchNormalization": "batch_normalization", "LayerNormalization": "layer_normalization"}.get(kind, kind.lower())


def keras3_weights(layers):
    memory, counts = io.BytesIO(), {}
    with h5py.File(memory, "w") as file:
        for kind, _, _, weights in layers:
            place = snake(kind)
            counts[place] = counts.get(place, -1) + 1
            path = f"layers/{place}" + (f"_{counts[place]}" if counts[place] else "")
            file.create_group(f"{path}/vars")
            if kind == "Dropout":
                file.create_group(f"{path}/seed_generator/vars").create_dataset("0", data=np.array([1, 2], dtype=np.uint32))
            for k, (key, value) in enumerate(weights):
                if kind == "Bidirectional":
                    file.create_dataset(f"{path}/{key.split('_')[0]}_layer/cell/vars/{k % 3}", data=value)
                else:
                    file.create_dataset(f"{path}/cell/vars/{k}" if "_cell/" in key else f"{path}/vars/{k}", data=value)
        file.create_group("optimizer/vars").create_dataset("0", data=np.int64(3))
    return memory.getvalue()


def keras3(path, layers):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (("metadata.json", "{}"), ("config.json", config(layers)), ("model.weights.h5", keras3_weights(layers))):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)


FOLDER.mkdir(exist_ok=True)
numbers = {}
for name, layers, inputs, run in (
    ("image", image_model(), draw(2, 6, 5, 2), run_image),
    ("sequence", sequence_model(), random.integers(0, 7, (2, 6)).astype(np.float32), run_sequence),
):
    keras2(FOLDER / f"keras2_{name}.h5", layers, whole=True)
    keras2(FOLDER / f"keras2_{name}_weights.h5", layers, whole=False)
    keras3(FOLDER / f"keras3_{name}.keras", layers)
    (FOLDER / f"keras3_{name}.weights.h5").write_bytes(keras3_weights(layers))
    # What goes into the network here has its channels first.
    own = np.moveaxis(inputs, -1, 1) if inputs.ndim == 4 else inputs
    numbers[name] = {"inputs": own.flatten().tolist(), "outputs": np.array([run(layers, x.astype(np.float64)) for x in inputs]).flatten().tolist()}
    if name == "image":
        np.savez(FOLDER / "keras_get_weights.npz", *[value for _, _, _, weights in layers[-3:] for _, value in weights])
(FOLDER / "keras.json").write_text(json.dumps(numbers) + "\n")
