#!/usr/bin/env python3
"""What NumPy says of the held-out images: the network of `model.json` in integers, computed anew.

    python3 reference.py            # {"accuracy": ..., "images": ..., "logits": [[...], ...]}
    python3 reference.py --check    # and compares with the logits that heldout.json keeps: 1 where any differs

It shares no code with the circuit and trains nothing: what a proof says can be compared with it.
"""

import json
import sys
from pathlib import Path

try:
    import numpy as np
except ImportError:
    print("NumPy is missing: install python3-numpy, or pip install numpy", file=sys.stderr)
    sys.exit(2)

HERE = Path(__file__).parent


def integers(numbers):
    """An array, only where every number is an integer: no weight is rounded on the way."""
    array = np.array(numbers)
    assert array.dtype.kind == "i", f"integers are expected, not {array.dtype}"
    return array.astype(np.int64)


def infer(model, images):
    """Ten logits for each image. Sums stay below 2^40, so int64 is exact; nothing is rounded between the layers."""
    hidden = images @ integers(model["weights_1"]).T + integers(model["bias_1"])
    return np.maximum(hidden, 0) @ integers(model["weights_2"]).T + integers(model["bias_2"])


def differing(logits, samples):
    """The images whose kept logits are others, or that have none."""
    return [i for i, (row, sample) in enumerate(zip(logits.tolist(), samples)) if row != sample.get("logits")]


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    model = json.loads((HERE / "model.json").read_text())
    samples = json.loads((HERE / "heldout.json").read_text())
    logits = infer(model, integers([sample["pixels"] for sample in samples]))
    right = logits.argmax(axis=1) == integers([sample["label"] for sample in samples])
    print(json.dumps({"accuracy": float(right.mean()), "images": len(samples), "logits": logits.tolist()}))

    others = differing(logits, samples) if arguments else []
    if others:
        print(f"heldout.json keeps other logits for {len(others)} images, the first is {others[0]}", file=sys.stderr)
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
