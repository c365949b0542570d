#!/usr/bin/env python3
"""Two networks that read handwritten digits, as ONNX, each with what ezkl calibrates on and one input.

    models.py {mlp,conv} FOLDER

mlp   64-32-10 with ReLU: the weights that circuits/digits/model.json has.
conv  four 3x3 filters, a sigmoid and one dense layer, fitted here by ridge regression.

Both take 80 features: 64 pixels of 0 to 1, then 16 of salt that the network cuts off before it does anything. ezkl hashes
all 80, so the salt hides the pixels in the commitment. Writes network.onnx, calibration.json and input.json; the input's
salt is fixed, since this is for trials: a client draws its own. The same bytes on every machine: the first network has no
training, and the second one's weights are rounded far more coarsely than machines differ.
"""

import json
import random
import sys
from pathlib import Path

# Before what follows: the help needs no environment.
if len(sys.argv) != 3 or sys.argv[1] not in ("mlp", "conv"):
    print(__doc__)
    sys.exit(0 if sys.argv[1:] in (["--help"], ["-h"]) else 2)

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

DIGITS = Path(__file__).resolve().parents[2] / "circuits/digits"
PIXELS = 64
PIXEL_MAX = 16
SALT = 16
SALT_BITS = 11
CALIBRATION = 20
SEED = 7


def salted(pixels, draw):
    """An input's features."""
    return (np.asarray(pixels) / PIXEL_MAX).tolist() + [draw.randrange(2**SALT_BITS) / 2**SALT_BITS for _ in range(SALT)]


def network(name, nodes, values, output):
    """The graph, the salt cut off before `nodes`, which read `pixels` and write `digits`."""
    values = {"from": np.array([0]), "to": np.array([PIXELS]), "axis": np.array([1])} | values
    nodes = [helper.make_node("Slice", ["features", "from", "to", "axis"], ["pixels"])] + nodes
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, PIXELS + SALT])],
        [helper.make_tensor_value_info("digits", TensorProto.FLOAT, [1, output])],
        [
            numpy_helper.from_array(value.astype(np.int64 if value.dtype.kind == "i" else np.float32), key)
            for key, value in values.items()
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="vektor")
    checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


def mlp():
    """The model of circuits/digits. Its integers carry one scale each; powers of two are taken where any would do."""
    model = json.loads((DIGITS / "model.json").read_text())
    hidden = 128
    out = model["output_scale"] / (hidden * PIXEL_MAX)
    values = {
        "weights_1": np.array(model["weights_1"]).T / hidden,
        "bias_1": np.array(model["bias_1"]) / (hidden * PIXEL_MAX),
        "weights_2": np.array(model["weights_2"]).T / out,
        "bias_2": np.array(model["bias_2"]) / model["output_scale"],
    }
    nodes = [
        helper.make_node("MatMul", ["pixels", "weights_1"], ["sum_1"]),
        helper.make_node("Add", ["sum_1", "bias_1"], ["biased_1"]),
        helper.make_node("Relu", ["biased_1"], ["hidden"]),
        helper.make_node("MatMul", ["hidden", "weights_2"], ["sum_2"]),
        helper.make_node("Add", ["sum_2", "bias_2"], ["digits"]),
    ]

    def read(pixels):
        hidden = np.maximum(pixels / PIXEL_MAX @ values["weights_1"] + values["bias_1"], 0)
        return hidden @ values["weights_2"] + values["bias_2"]

    return network("mlp", nodes, values, 10), read


def conv():
    """Edges in four directions, squashed, and the dense layer that fits the digits best."""
    from sklearn.datasets import load_digits

    filters = np.array(
        [
            [[1, 2, 1], [0, 0, 0], [-1, -2, -1]],
            [[1, 0, -1], [2, 0, -2], [1, 0, -1]],
            [[2, 1, 0], [1, 0, -1], [0, -1, -2]],
            [[0, 1, 2], [-1, 0, 1], [-2, -1, 0]],
        ]
    ).astype(float)

    def features(pixels):
        images = np.asarray(pixels).reshape(-1, 8, 8) / PIXEL_MAX
        windows = np.lib.stride_tricks.sliding_window_view(images, (3, 3), axis=(1, 2))
        sums = np.einsum("nhwij,fij->nfhw", windows, filters).reshape(len(images), -1)
        return 1 / (1 + np.exp(-sums))

    held_out = {tuple(sample["pixels"]) for sample in json.loads((DIGITS / "heldout.json").read_text())}
    digits = load_digits()
    kept = [tuple(image) not in held_out for image in digits.data.astype(int).tolist()]
    inputs, answers = features(digits.data[kept]), np.eye(10)[digits.target[kept]]
    centre = inputs.mean(axis=0)
    spread = inputs - centre
    weights = np.linalg.solve(spread.T @ spread + np.eye(spread.shape[1]), spread.T @ (answers - 0.1))
    weights = np.rint(weights * 256) / 256
    bias = np.rint((0.1 - centre @ weights) * 256) / 256
    values = {
        "image": np.array([1, 1, 8, 8]),
        "flat": np.array([1, len(weights)]),
        "filters": filters.reshape(4, 1, 3, 3),
        "weights": weights,
        "bias": bias,
    }
    nodes = [
        helper.make_node("Reshape", ["pixels", "image"], ["picture"]),
        helper.make_node(
            "Conv",
            ["picture", "filters"],
            ["edges"],
            kernel_shape=[3, 3],
            strides=[1, 1],
            pads=[0, 0, 0, 0],
            dilations=[1, 1],
            group=1,
        ),
        helper.make_node("Sigmoid", ["edges"], ["squashed"]),
        helper.make_node("Reshape", ["squashed", "flat"], ["row"]),
        helper.make_node("MatMul", ["row", "weights"], ["sum"]),
        helper.make_node("Add", ["sum", "bias"], ["digits"]),
    ]
    return network("conv", nodes, values, 10), lambda pixels: features(pixels) @ weights + bias


def main():
    """Writes the files."""
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    onnx, read = {"mlp": mlp, "conv": conv}[sys.argv[1]]()

    samples = json.loads((DIGITS / "heldout.json").read_text())
    answers = read(np.array([sample["pixels"] for sample in samples])).argmax(axis=1)
    right = np.mean(answers == [sample["label"] for sample in samples])
    print(f"{sys.argv[1]}: {right:.1%} of {len(samples)} held-out digits read right")

    draw = random.Random(SEED)
    calibration = [value for sample in samples[-CALIBRATION:] for value in salted(sample["pixels"], draw)]
    (folder / "network.onnx").write_bytes(onnx)
    (folder / "calibration.json").write_text(json.dumps({"input_data": [calibration]}))
    (folder / "input.json").write_text(json.dumps({"input_data": [salted(samples[0]["pixels"], draw)]}))


if __name__ == "__main__":
    main()
