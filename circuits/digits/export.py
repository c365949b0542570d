#!/usr/bin/env python3
"""Trains the digits classifier, quantises it and writes `model.json` and `heldout.json` beside this file.

    python3 -m venv env && env/bin/pip install -r requirements.txt && env/bin/python export.py

Split and seed are fixed. What it writes is checked in: training again is only needed for another model, since another
processor may round differently and so yield other weights, and with them another artefact and another model id.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

SEED = 7
HIDDEN = 32
PIXEL_MAX = 16
FLOOR = 0.96
HERE = Path(__file__).parent


def quantise(weights):
    """Weights as int8 with the integer scale that uses the most of it."""
    scale = int(127 // np.abs(weights).max())
    return scale, np.rint(weights * scale).astype(np.int64)


def rows(name, matrix):
    """One row per line, so that a change can be read."""
    lines = ",\n".join("    " + json.dumps(row, separators=(",", ":")) for row in matrix.tolist())
    return f'  "{name}": [\n{lines}\n  ]'


def main():
    digits = load_digits()
    images = digits.data.astype(np.int64)
    train_x, test_x, train_y, test_y = train_test_split(
        images, digits.target, test_size=0.2, random_state=SEED, stratify=digits.target
    )

    network = MLPClassifier((HIDDEN,), alpha=0.3, max_iter=2000, tol=1e-5, random_state=SEED)
    network.fit(train_x / PIXEL_MAX, train_y)

    # Pixels stay 0..16, so each layer's bias carries the scale of all before it. Nothing is rounded between the layers.
    scale_1, weights_1 = quantise(network.coefs_[0].T)
    scale_2, weights_2 = quantise(network.coefs_[1].T)
    bias_1 = np.rint(network.intercepts_[0] * PIXEL_MAX * scale_1).astype(np.int64)
    output_scale = PIXEL_MAX * scale_1 * scale_2
    bias_2 = np.rint(network.intercepts_[1] * output_scale).astype(np.int64)

    hidden = np.maximum(test_x @ weights_1.T + bias_1, 0)
    logits = hidden @ weights_2.T + bias_2
    exact = float(network.score(test_x / PIXEL_MAX, test_y))
    quantised = float((logits.argmax(axis=1) == test_y).mean())
    print(f"{len(train_y)} images trained on, {len(test_y)} held out")
    print(f"accuracy on the held-out images: float {exact:.4f}, quantised {quantised:.4f}")
    assert quantised >= FLOOR, f"below {FLOOR}"

    parts = [
        f'  "output_scale": {output_scale}',
        rows("weights_1", weights_1),
        '  "bias_1": ' + json.dumps(bias_1.tolist()),
        rows("weights_2", weights_2),
        '  "bias_2": ' + json.dumps(bias_2.tolist()),
    ]
    (HERE / "model.json").write_text("{\n" + ",\n".join(parts) + "\n}\n")

    samples = [
        {"label": int(label), "pixels": pixels.tolist(), "logits": row.tolist()}
        for label, pixels, row in zip(test_y, test_x, logits)
    ]
    lines = ",\n".join(json.dumps(sample, separators=(",", ":")) for sample in samples)
    (HERE / "heldout.json").write_text("[\n" + lines + "\n]\n")


if __name__ == "__main__":
    main()
