"""Writes moves.json: what PyTorch computes for layers that move, repeat and interpolate elements, and for pools that round up.

    python3 make_move_goldens.py      (needs PyTorch 1.13, Debian's python3-torch)

Cases are those of make_layer_goldens.py. Below each layer stands one with weights, so that there is a gradient to pass on.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

from make_goldens import dense
from make_layer_goldens import regression, wb
from torch_layers import conv

torch.manual_seed(34)


def image(layer, shape, f, filters, output):
    """Over what a convolution of 1 x 1 makes of an image."""
    input = f"[{', '.join(map(str, shape))}]"
    return regression(f"{layer} of {input}", input, [f"conv2d: {{ filters: {filters}, kernel_size: 1 }}", layer],
                      lambda p, x, mode: f(conv(p, "conv2d_1", x)), wb("conv2d_1", filters, shape[0], 1, 1), output)


def signal(layer, shape, f, filters, output):
    input = f"[{', '.join(map(str, shape))}]"
    return regression(f"{layer} of {input}", input, [f"conv1d: {{ filters: {filters}, kernel_size: 1 }}", layer],
                      lambda p, x, mode: f(conv(p, "conv1d_1", x)), wb("conv1d_1", filters, shape[0], 1), output)


def moves():
    yield image("slice: { axis: 1, start: 1, step: 2 }", (2, 5, 3), lambda x: x[:, :, 1::2], 3, (3, 2, 3))
    yield image("slice: { axis: -1, start: -3, stop: -1 }", (1, 2, 6), lambda x: x[..., -3:-1], 3, (3, 2, 2))
    yield image("slice: { axis: 2, step: -1 }", (1, 2, 6), lambda x: x.flip(3), 2, (2, 2, 6))
    yield regression("reverse: a sequence", "[4, 2]", ["dense: 3", "reverse"], lambda p, x, mode: dense(p, "dense_1", x).flip(1), wb("dense_1", 3, 2), (4, 3))
    yield signal("reverse", (2, 5), lambda x: x.flip(2), 3, (3, 5))
    yield image("pad: { padding: [2, 1, 3, 2], mode: reflect }", (1, 3, 4), lambda x: F.pad(x, (3, 2, 2, 1), "reflect"), 2, (2, 6, 9))
    yield image("pad: { padding: [0, 3, 2, 1], mode: edge }", (1, 2, 3), lambda x: F.pad(x, (2, 1, 0, 3), "replicate"), 2, (2, 5, 6))
    yield image("pad: { padding: 1, value: -0.75 }", (1, 2, 3), lambda x: F.pad(x, (1, 1, 1, 1), value=-0.75), 2, (2, 4, 5))
    yield signal("pad: { padding: [3, 2], mode: reflect }", (2, 4), lambda x: F.pad(x, (3, 2), "reflect"), 2, (2, 9))
    yield image("upsample2d", (1, 2, 3), lambda x: F.interpolate(x, scale_factor=2, mode="nearest"), 2, (2, 4, 6))
    yield image("upsample2d: [3, 2]", (1, 2, 2), lambda x: F.interpolate(x, scale_factor=(3, 2), mode="nearest"), 2, (2, 6, 4))
    for size in ("2", "3", "[4, 1]", "[2, 5]"):
        factors = json.loads(size)
        down, across = factors if isinstance(factors, list) else (factors, factors)
        yield image(f"upsample2d: {{ size: {size}, interpolation: bilinear }}", (1, 3, 2),
                    lambda x, s=(down, across): F.interpolate(x, scale_factor=s, mode="bilinear", align_corners=False), 2, (2, 3 * down, 2 * across))
    yield signal("upsample1d: 3", (2, 3), lambda x: F.interpolate(x, scale_factor=3, mode="nearest"), 2, (2, 9))
    yield signal("upsample1d: { size: 4, interpolation: linear }", (2, 3), lambda x: F.interpolate(x, scale_factor=4, mode="linear", align_corners=False), 2, (2, 12))
    yield image("pixel_shuffle: 2", (1, 2, 3), lambda x: F.pixel_shuffle(x, 2), 8, (2, 4, 6))
    yield image("pixel_shuffle: 3", (1, 1, 2), lambda x: F.pixel_shuffle(x, 3), 9, (1, 3, 6))
    yield image("pixel_unshuffle: 2", (1, 2, 4), lambda x: F.pixel_unshuffle(x, 2), 2, (8, 1, 2))
    yield regression("repeat_vector: 3", "[4]", ["dense: 2", "repeat_vector: 3"], lambda p, x, mode: dense(p, "dense_1", x)[:, None].repeat(1, 3, 1), wb("dense_1", 2, 4), (3, 2))


def pools():
    yield image("max_pool2d: { pool_size: 2, ceil_mode: true }", (1, 3, 5), lambda x: F.max_pool2d(x, 2, ceil_mode=True), 2, (2, 2, 3))
    yield image("max_pool2d: { pool_size: [2, 3], strides: [3, 5], padding: [1, 0], ceil_mode: true }", (1, 4, 6),
                lambda x: F.max_pool2d(x, (2, 3), (3, 5), (1, 0), ceil_mode=True), 2, (2, 2, 2))
    yield image("average_pool2d: { pool_size: [4, 3], strides: [3, 2], padding: 1, ceil_mode: true }", (1, 6, 5),
                lambda x: F.avg_pool2d(x, (4, 3), (3, 2), 1, ceil_mode=True), 2, (2, 3, 3))
    yield image("average_pool2d: { pool_size: 3, strides: 2, padding: 1, ceil_mode: true, count_include_pad: false }", (1, 4, 5),
                lambda x: F.avg_pool2d(x, 3, 2, 1, ceil_mode=True, count_include_pad=False), 2, (2, 3, 3))
    yield image("average_pool2d: { pool_size: 3, strides: 2, padding: 1, count_include_pad: false }", (1, 4, 5),
                lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), 2, (2, 2, 3))
    yield signal("average_pool1d: { pool_size: 5, strides: 4, padding: 2, ceil_mode: true }", (1, 9), lambda x: F.avg_pool1d(x, 5, 4, 2, ceil_mode=True), 2, (2, 3))


def main():
    lines = [json.dumps(case.to_json(), separators=(",", ":")) for case in [*moves(), *pools()]]
    path = pathlib.Path(__file__).with_name("moves.json")
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")
    print(f"{len(lines)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
