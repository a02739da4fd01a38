"""Combine the lexical model and a reader: the probability that a claim is carried, and that it is changed.

The weights of the shipped reader were fitted on stories outside its training (`benchmarks/calibrate_reader.py`).
Another reader may have its own (`opinion_weights`, see `fitted`); otherwise each counts half.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from compare.errors import InputError
from compare.tables import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from typing_extensions import TypeIs

    from compare.matching.reader.late import Encoded

    Floats = NDArray[np.float64]

_LEAST = 1e-6
_STORED = Path(__file__).with_name("small.json")
_WEIGHTS = {"late": 5, "carried": 5, "changed": 1, "same": 3}  # the number in each regression
_FILES = {"small.onnx", "small.late.onnx", "small.tokenizer.json"}
WAY_OUT = "install storydiff again, or compare without it: reader=None, on the command line --reader none."


@cache
def stored() -> dict[str, Any]:
    """Read `small.json`: the shipped reader's weights and file hashes. Raise InputError if missing or damaged."""
    try:
        found: dict[str, Any] = json.loads(_STORED.read_text(encoding="utf-8"))
        whole = _is_whole(found)
    except OSError as error:
        raise InputError(f"{_STORED}: the reader's file cannot be read ({error.strerror}); {WAY_OUT}") from error
    except (ValueError, LookupError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise InputError(f"{_STORED}: the reader's file is damaged; {WAY_OUT}")
    return found


def _is_whole(found: Any) -> bool:
    """Whether `small.json` is complete; it may also raise errors for missing entries."""
    weights = {name: found[name]["weights"] for name in _WEIGHTS}
    intercepts = [found[name]["intercept"] for name in _WEIGHTS]
    return (
        {name: len(some) for name, some in weights.items()} == _WEIGHTS
        and all(np.isfinite(some).all() for some in (*weights.values(), intercepts))
        and set(found["sha256"]) == _FILES
    )


def fingerprint() -> str:
    """Return eight digits that identify the shipped reader and its weights."""
    return hashlib.sha256(json.dumps(stored(), sort_keys=True).encode()).hexdigest()[:8]


def log_odds(p: Floats) -> Floats:
    """Return the logarithm of p / (1 - p)."""
    p = np.clip(p, _LEAST, 1 - _LEAST)
    odds: Floats = np.log(p / (1 - p))
    return odds


def _logistic(name: str, *columns: Floats) -> Floats:
    model = stored()[name]
    logit = sum((w * column for w, column in zip(model["weights"], columns, strict=True)), model["intercept"])
    p: Floats = 1 / (1 + np.exp(-np.asarray(logit)))
    return p


def held_log_odds(signs: NDArray[np.float32]) -> Floats:
    """Return the log-odds that an article holds a claim, from the signs of `late.held`; one axis less."""
    model = stored()["late"]
    odds: Floats = signs.astype(np.float64) @ np.array(model["weights"]) + model["intercept"]
    return odds


def evidence_of(lexical: Floats, held: Floats, near: Floats, long: Floats) -> Floats:
    """Return the evidence for the shipped reader's `carried`, (pairs, 5); parts of a long claim may be missing."""
    words = log_odds(lexical)
    return np.column_stack([words * (1 - long), held * (1 - long), words * long, long, near])


def carried_as_held(lexical: Floats, held: Floats, near: Floats, long: Floats) -> Floats:
    """Return the probability that articles carry claims, changed or not, by words and by the shipped reader.

    `lexical` is the lexical model's probability, `held` the log-odds that the article holds the claim, `near` how much
    of it the best single sentence holds (-1 to 1), `long` how long the claim counts as (0 to 1); all of shape (pairs,).
    """
    return _logistic("carried", *evidence_of(lexical, held, near, long).T).round(DECIMALS)


def carried(reader: object, lexical: Floats, answers: Floats) -> Floats:
    """Return the probability that passages carry claims, by words and by another reader's answers, shape (pairs, 3)."""
    weights = getattr(reader, "opinion_weights", None)  # see `fitted.Fitted`
    if weights is not None:
        fitted: Floats = weights.carried(lexical, answers)
        return fitted.round(DECIMALS)
    return ((lexical + 1 - answers[:, 2]) / 2).round(DECIMALS)


def changed(reader: object, answers: Floats) -> Floats:
    """Return the probability that a carried claim is carried with its meaning changed; NaN if unknown."""
    told = np.maximum(answers[:, 0] + answers[:, 1], _LEAST)
    share: Floats = answers[:, 1] / told
    if is_small(reader):
        share = _logistic("changed", log_odds(share))
    return share.round(DECIMALS)


def same_as_held(evidence: Floats) -> Floats:
    """Return the probability that two sentences say the same, changed or not, from `model.same_evidence`."""
    return _logistic("same", *evidence.T).round(DECIMALS)


def unchanged(forth: Floats, back: Floats) -> Floats:
    """Return the factor for the probability that two sentences say the same, from the shipped reader's answers."""
    shares = (one[:, 1] / np.maximum(one[:, 0] + one[:, 1], _LEAST) for one in (forth, back))
    left: Floats = np.minimum(1.0, 2 * (1 - np.minimum(*shares)))
    return left


def same(lexical: Floats, forth: Floats, back: Floats) -> Floats:
    """Return the probability that two sentences say the same, by another reader's answers in both directions."""
    return ((lexical + np.minimum(forth[:, 0], back[:, 0])) / 2).round(DECIMALS)


class Encoding(Protocol):
    """The additional ability of the shipped reader: to encode texts, for measuring how much of a claim they hold."""

    def read(self, pairs: list[tuple[str, str]], /) -> ArrayLike: ...  # noqa: D102 - as `Reader`
    def encode(self, texts: Sequence[str]) -> Encoded: ...  # noqa: D102 - as `small.SmallReader`


def is_small(reader: object) -> TypeIs[Encoding]:
    """Whether this is the shipped reader, whose reliability is known."""
    return getattr(reader, "is_calibrated", False)
