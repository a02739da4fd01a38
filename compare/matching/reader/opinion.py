"""What the lexical model and a reader say together: the probability that a claim is carried, and that it is changed.

The weights of the shipped reader are fitted on stories that it was not trained on
(`benchmarks/calibrate_reader.py`). Another reader may bring weights of its own (`opinion_weights`, see `fitted`); else
nothing is known of how far it may be trusted, and each counts half.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.tables import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from typing_extensions import TypeIs

    from compare.matching.reader import Reader
    from compare.matching.reader.fitted import Fitted
    from compare.matching.reader.small import SmallReader

    Floats = NDArray[np.float64]

_LEAST = 1e-6
_SUREST = 1.0  # of .7, 1, 1.5, 2, 3, chosen with SPARK in view: beyond, the reader's certainty made it worse


_STORED = Path(__file__).with_name("small.json")
WAY_OUT = "install storydiff again, or compare without it: reader=None, on the command line --reader none."


@cache
def stored() -> dict[str, Any]:
    """Read `small.json`: the weights of the opinion with the shipped reader, and the hashes of its files.

    Raises:
        InputError: it is missing or damaged.
    """
    try:
        found: dict[str, Any] = json.loads(_STORED.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{_STORED}: the reader's file cannot be read ({error}); {WAY_OUT}") from error
    return found


def fingerprint() -> str:
    """Eight digits that name the shipped reader and its weights."""
    return hashlib.sha256(json.dumps(stored(), sort_keys=True).encode()).hexdigest()[:8]


def log_odds(p: Floats) -> Floats:
    """The logarithm of p / (1 - p)."""
    p = np.clip(p, _LEAST, 1 - _LEAST)
    odds: Floats = np.log(p / (1 - p))
    return odds


def _logistic(name: str, *columns: Floats) -> Floats:
    model = stored()[name]
    logit = sum((w * column for w, column in zip(model["weights"], columns, strict=True)), model["intercept"])
    p: Floats = 1 / (1 + np.exp(-np.asarray(logit)))
    return p


def evidence_of(lexical: Floats, answers: Floats, likeness: Floats, long: Floats) -> Floats:
    """What `carried` weighs, shape (pairs, 6): words, reader, likeness of a short claim; words, likeness of a long one.

    Of a sentence of twenty words a part may miss, and the reader asks for all of it. Nor is it ever as sure as it says:
    its log-odds end at 1 either way.
    """
    words, read, share = log_odds(lexical), log_odds(1 - answers[:, 2]).clip(-_SUREST, _SUREST), 1 - long
    return np.column_stack([words * share, read * share, likeness * share, words * long, likeness * long, long])


def carried(reader: Reader, lexical: Floats, answers: Floats, likeness: Floats, long: Floats) -> Floats:
    """The probability that a passage carries a claim, changed or not.

    Args:
        reader: who gave the answers.
        lexical: the lexical model's probability, shape (pairs,).
        answers: the reader's, shape (pairs, 3).
        likeness: the greatest cosine of the claim with one of the sentences, by the shipped reader's vectors;
            of no account with another reader.
        long: how much of a long claim each has, from 0 to 1.
    """
    if is_small(reader):
        return _logistic("carried", *evidence_of(lexical, answers, likeness, long).T).round(DECIMALS)
    weights: Fitted | None = getattr(reader, "opinion_weights", None)
    if weights is not None:
        return weights.carried(lexical, answers).round(DECIMALS)
    return ((lexical + 1 - answers[:, 2]) / 2).round(DECIMALS)


def changed(reader: Reader, answers: Floats) -> Floats:
    """The probability that a claim which is carried is carried with its meaning changed; NaN where nothing tells."""
    told = np.maximum(answers[:, 0] + answers[:, 1], _LEAST)
    share: Floats = answers[:, 1] / told
    if is_small(reader):
        share = _logistic("changed", log_odds(share))
    return share.round(DECIMALS)


def same(reader: Reader, lexical: Floats, forth: Floats, back: Floats, likeness: Floats) -> Floats:
    """The probability that two sentences say the same, from the answers both ways round; the order does not matter."""
    unchanged = log_odds(forth[:, 0]), log_odds(back[:, 0])
    if is_small(reader):
        p = _logistic("same", log_odds(lexical), np.minimum(*unchanged), np.maximum(*unchanged), likeness)
        return p.round(DECIMALS)
    return ((lexical + np.minimum(forth[:, 0], back[:, 0])) / 2).round(DECIMALS)


def likeness_of(reader: Reader, claims: Sequence[str], passages: Sequence[Sequence[str]]) -> Floats:
    """The greatest cosine of each claim with a sentence of its passage; zeros if the reader is not the shipped one."""
    if not is_small(reader) or not len(claims):
        return np.zeros(len(claims))
    sentences = [sentence for passage in passages for sentence in passage]
    owner = np.repeat(np.arange(len(claims)), [len(passage) for passage in passages])
    cosine = np.einsum("ij,ij->i", reader.vectors(claims)[owner], reader.vectors(sentences))
    likeness = np.zeros(len(claims))
    np.maximum.at(likeness, owner, cosine)
    return likeness


def is_small(reader: Reader) -> TypeIs[SmallReader]:
    """Whether it is the shipped reader, of which is known how far it may be trusted."""
    return getattr(reader, "is_calibrated", False)
