"""The reader that ships with the toolkit: two small models, run by onnxruntime.

One encodes each text once (`late`); the other reads a claim and a passage together and says whether the meaning
changed. `benchmarks/train_late.py` and `benchmarks/train_reader.py` train them; see `MODEL_CARD.md`. Texts and pairs
are processed one at a time: a quantised model's output depends on the rest of the batch, and the same text must always
get the same answer.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.matching.reader.late import Encoded
from compare.matching.reader.opinion import WAY_OUT, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Halves = NDArray[np.float16]

HOME = Path(__file__).parent
_MOST_PREMISE, _MOST_CLAIM = 190, 72  # tokens, as in training
_MOST_ENCODED = 126  # tokens of an encoded text
_REMEMBERED = 3000  # encoded texts; about one large story, 60 MB
_FEW = 8  # pairs for which no threads are started
_MOST_CHARACTERS = 4000  # of a text: more than the most tokens can cover


class SmallReader:
    """The shipped models; see `Reader`."""

    is_calibrated = True  # `opinion` has weights for its answers

    def __init__(self, folder: Path = HOME) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_str(_whole(folder / "small.tokenizer.json").decode("utf-8"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._cls, self._sep, self._unknown = (
            int(self._tokenizer.token_to_id(token) or 0) for token in ("[CLS]", "[SEP]", "[UNK]")
        )
        self._reading, self._encoding = (_session(folder / name) for name in ("small.onnx", "small.late.onnx"))
        self._known = lru_cache(maxsize=_REMEMBERED)(self._encoded)

    def read(self, pairs: list[tuple[str, str]], /) -> NDArray[np.float64]:
        """Return the probabilities of carried, changed and not carried; shape (pairs, 3)."""
        claims, passages = (self._tokens([pair[side] for pair in pairs]) for side in (0, 1))
        odds = np.exp(np.array(_side_by_side(self._logits, zip(passages, claims, strict=True)), dtype=np.float64))
        answers: NDArray[np.float64] = odds.reshape(-1, 3) / odds.reshape(-1, 3).sum(axis=1, keepdims=True)
        return answers

    def encode(self, texts: Sequence[str]) -> Encoded:
        """Return the texts as vectors of their tokens."""
        distinct = list(dict.fromkeys(texts))
        known = dict(zip(distinct, _side_by_side(self._known, distinct), strict=True))
        return Encoded.of([known[text] for text in texts])

    def _encoded(self, text: str) -> tuple[Halves, Halves, Halves]:
        """Return the vectors of a text's tokens, their weights, and the mean vector; stored at half precision."""
        tokens = self._tokens([text])[0][:_MOST_ENCODED] or [self._unknown]
        found, mean = _run(self._encoding, [self._cls, *tokens, self._sep], [0] * (len(tokens) + 2))
        found = found[1:-1].astype(np.float16)  # without the special tokens at the ends
        return found[:, :-1], found[:, -1], mean.astype(np.float16)

    def _tokens(self, texts: list[str]) -> list[list[int]]:
        distinct = list(dict.fromkeys(texts))
        encoded = self._tokenizer.encode_batch([text[:_MOST_CHARACTERS] for text in distinct], add_special_tokens=False)
        ids = {text: one.ids for text, one in zip(distinct, encoded, strict=True)}
        return [ids[text] for text in texts]

    def _logits(self, texts: tuple[list[int], list[int]]) -> Any:
        passage = [self._cls, *texts[0][:_MOST_PREMISE], self._sep]
        claim = [*texts[1][:_MOST_CLAIM], self._sep]
        told, asked = set(passage), set(claim)
        # The kind of each token: 0 in the passage and 1 in the claim, plus 2 if the other has it too.
        kinds = [2 * (token in asked) for token in passage] + [1 + 2 * (token in told) for token in claim]
        return _run(self._reading, passage + claim, kinds)[0]


@cache
def small_reader() -> SmallReader:
    """Return the shipped reader, loaded once per process; raise InputError if a file is missing or damaged."""
    return SmallReader()


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(_whole(path), options, providers=["CPUExecutionProvider"])


def _run(session: Any, ids: list[int], types: list[int]) -> Any:
    inputs = {"ids": ids, "types": types, "mask": [1] * len(ids)}
    found = session.run(None, {name: np.array([values], dtype=np.int64) for name, values in inputs.items()})
    return [one[0] for one in found]


def _side_by_side(work: Callable[[Any], Any], things: Iterable[Any]) -> list[Any]:
    """Apply `work` to every item, on as many cores as there are."""
    things = list(things)
    if len(things) <= _FEW or _workers() == 1:
        return list(map(work, things))
    with ThreadPoolExecutor(_workers()) as pool:
        return list(pool.map(work, things, chunksize=4))


def _whole(path: Path) -> bytes:
    """Read a file of the model and check its hash."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: the reader's file cannot be read ({error.strerror}); {WAY_OUT}") from error
    if hashlib.sha256(content).hexdigest() != stored()["sha256"][path.name]:
        raise InputError(f"{path}: the reader's file is damaged; {WAY_OUT}")
    return content


def _workers() -> int:
    """Return how many pairs are read at the same time; a worker process of a corpus has one core."""
    if multiprocessing.parent_process() is not None:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
