#!/usr/bin/env python3
"""Writes the vectors that the tests of vektor-ezkl compare with: what the package itself computes.

    vectors.py FOLDER

poseidon.json  hashes of explicit lists, and of 7, 7^2, ..., 7^length for many lengths.
felts.json     numbers at scales, as field elements and back.

Field elements are 64 hexadecimal digits, big-endian. Run it in the environment of scripts/ezkl/make; FOLDER is
node/ezkl/tests/vectors.
"""

import json
import sys
from pathlib import Path

# Before what follows: the help needs no environment.
if len(sys.argv) != 2 or sys.argv[1] in ("--help", "-h"):
    print(__doc__)
    sys.exit(0 if sys.argv[1:] in (["--help"], ["-h"]) else 2)

import ezkl

ORDER = 21888242871839275222246405745257275088548364400416034343698204186575808495617


def theirs(number):
    """As ezkl spells it: little-endian."""
    return (number % ORDER).to_bytes(32, "little").hex()


def ours(felt):
    """Big-endian."""
    return bytes.fromhex(felt)[::-1].hex()


def poseidon(numbers):
    """ezkl's hash."""
    return ours(ezkl.poseidon_hash([theirs(number) for number in numbers])[0])


def main():
    """Writes both."""
    folder = Path(sys.argv[1])
    lists = [[0], [1], [-1], [0, 0], [1, 0], [0, 1], [1, 2], [2, 1], [1, 2, 3], [-8192, 8191, 0, -1], [ORDER // 2] * 5]
    lengths = [*range(1, 36), 63, 64, 65, 80, 127, 128, 129, 255, 256, 257, 784, 1024, 1025, 3072]
    vectors = {
        "lists": [{"felts": [ours(theirs(n)) for n in numbers], "hash": poseidon(numbers)} for numbers in lists],
        "powers_of_seven": [
            {"length": length, "hash": poseidon([pow(7, i + 1, ORDER) for i in range(length)])} for length in lengths
        ],
    }
    (folder / "poseidon.json").write_text(json.dumps(vectors, indent=1) + "\n")

    values = [0.0, 0.5, 1.0, 1.5, 2.5, 0.1, 1 / 3, 3.999999, 0.00006103515625, 0.000061035, 1e-9, 12345.678, 1e12, 2.0**100]
    both = [(value, scale) for value in values for scale in (0, 1, 7, 11, 13, 20)]
    both += [(-value, scale) for value, scale in both]
    felts = []
    for value, scale in both:
        felt = ezkl.float_to_felt(value, scale, ezkl.PyInputType.F64)
        felts.append({"value": value, "scale": scale, "felt": ours(felt), "back": ezkl.felt_to_float(felt, scale)})
    (folder / "felts.json").write_text("[\n" + ",\n".join(json.dumps(felt) for felt in felts) + "\n]\n")


if __name__ == "__main__":
    main()
