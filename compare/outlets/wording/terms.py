"""Words and two-word terms that one side prefers to the other where both report the same claims.

The log-odds with an informative Dirichlet prior of Monroe, Colaresi & Quinn (2008, eqs. 15-23), over shared claims
only, each of which weighs the same on both sides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.errors import InputError, count
from compare.language.tokens import FUNCTION_WORDS
from compare.outlets.intervals import DRAWS, FEW_STORIES, LEVEL
from compare.outlets.permutation import adjusted, sign_tests
from compare.outlets.wording.sides import LEAST_STORIES
from compare.tables import TERMS

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    from compare.outlets.intervals import Integers, Numbers
    from compare.outlets.wording.sides import ComparedSides
    from compare.outlets.wording.told import Told

# The weight of the prior in words (alpha_0). A term that one side has ten times and the other never
# then has a z of about 2 if the sides have 10,000 words each.
PRIOR_WORDS = 1000.0
_SAME = 1e-9  # a rounding difference
_BLOCK = 1000  # terms at a time, to limit memory


def _vocabulary(told: Told, length: int) -> tuple[list[str], csr_array]:
    """Return the terms of one or two words, in their most frequent forms, and their counts as clauses x terms.

    Function words appear only beside another word ("according to"); no term has numbers, days or stops.
    """
    from scipy.sparse import csr_array

    form, clause, stop, _ = told.words
    stems, stem_of = told.stems
    content = told.is_content[form] & ~stop
    if length == 1:
        at = np.flatnonzero(content)
        stem_key, form_key = stem_of[form[at]], form[at]
    else:
        function = np.array([one in FUNCTION_WORDS for one in told.forms], dtype=bool)
        word = (content | function[form]) & ~stop
        joined = word[:-1] & word[1:] & (content[:-1] | content[1:])
        at = np.flatnonzero(joined)
        stem_key = stem_of[form[at]] * len(stems) + stem_of[form[at + 1]]
        form_key = form[at] * len(told.forms) + form[at + 1]
    keys, term = np.unique(stem_key, return_inverse=True)
    # Show each term in its most frequent form.
    forms, first, times = np.unique(form_key, return_index=True, return_counts=True)
    order = np.lexsort((forms, -times, term[first]))
    shown = forms[order][np.unique(term[first][order], return_index=True)[1]]
    if length == 1:
        names = [told.forms[key] for key in shown.tolist()]
    else:
        width = max(len(told.forms), 1)
        names = [f"{told.forms[key // width]} {told.forms[key % width]}" for key in shown.tolist()]
    counts = csr_array((np.ones(len(at)), (clause[at], term)), shape=(told.clauses, len(keys)))
    return names, counts


class _Weighed(NamedTuple):
    """The texts with equal weight for each shared claim on both sides."""

    claims: tuple[csr_array, csr_array]  # claims x terms, one for each side; every row sums to `weight` words
    weight: Numbers  # the words of each claim
    number: Integers  # the claim of each row
    story: Integers  # the story of each row


def terms_table(told: Told, sides: ComparedSides, *, prior: float = PRIOR_WORDS, seed: int = 0) -> pd.DataFrame:
    """Compare the words of two sides over the claims that both carry: TERMS, those that the first prefers on top.

    `prior` is the weight of the prior in words (Monroe et al.'s alpha_0). Words are one family of tests,
    two-word terms another.

    Raises:
        InputError: the two share no claim.
    """
    import pandas as pd

    lines = told.lines.assign(side=sides.of[told.lines["outlet"].to_numpy()]).query("side >= 0")
    if sides.version == "collapsed":  # a voice cannot be compared with itself
        lines = lines[lines.groupby(["claim", "voice"])["side"].transform("nunique") == 1]
    else:
        lines = lines.assign(voice=lines["outlet"])
    lines = lines[lines.groupby("claim")["side"].transform("nunique") == 2]
    if lines.empty:
        one, other = sides.names
        raise InputError(f"{one!r} and {other!r} share no claim; there is no wording to compare.")
    parts = [_of_length(told, lines, *_vocabulary(told, length), seed, prior) for length in (1, 2)]
    for length, part in enumerate(parts, 1):
        family = "words" if length == 1 else "two-word terms"
        part["words"] = length
        part["family"] = f"{family}: {sides.names[0]}, {sides.names[1]}; {sides.version}"
        part["q_value"] = adjusted(part["p_value"].to_numpy(float))
        part["tests"] = int(part["p_value"].notna().sum())
    table = pd.concat(parts).sort_values(["z", "term"], ascending=[False, True], kind="stable")
    table = table.assign(version=sides.version, one=sides.names[0], other=sides.names[1], validated=False)
    return TERMS.frame(table)


def _of_length(  # noqa: PLR0913, PLR0917 - the words of a length are all of these
    told: Told, lines: pd.DataFrame, names: list[str], counts: csr_array, seed: int, prior: float
) -> pd.DataFrame:
    import pandas as pd

    weighed = _weigh(lines, counts)
    stories = len(told.stories)
    gather = _by_story(weighed, stories)
    one, other = (gather @ side for side in weighed.claims)
    tested = _tested(lines, counts, stories, seed)
    differing = np.asarray((abs(tested) > _SAME).sum(axis=0)).ravel()
    have = np.asarray(((one + other) > 0).sum(axis=0)).ravel()
    shared = len(np.unique(weighed.story))
    kept = np.flatnonzero((differing >= min(LEAST_STORIES, shared)) & (have > 0))
    one, other = (side[:, kept].toarray().round(9) for side in (one, other))  # rounding errors are not differences
    words = gather @ weighed.weight
    total = max(words.sum(), 1e-9)
    priors = np.append(prior * (one + other).sum(axis=0) / (2 * total), prior)
    log_odds, variance = _log_odds(one.sum(axis=0), other.sum(axis=0), total, priors)
    low, high = _intervals(one, other, words, priors, seed)
    few = have[kept] < FEW_STORIES
    claims = [side[:, kept] for side in weighed.claims]
    warning = np.where(few, [f"{count(n, 'story')}: the interval is too narrow" for n in have[kept]], "").astype(object)
    counted = {}
    for side, name in enumerate(("count_one", "count_other")):
        clauses = np.unique(lines.loc[lines["side"] == side, "clause"])
        counted[name] = np.asarray(counts[clauses][:, kept].sum(axis=0)).ravel().astype(np.int64)
    if shared < LEAST_STORIES:
        warning[:] = f"{count(shared, 'story')}: too few for an interval or a test"
        low[:], high[:] = np.nan, np.nan
    return pd.DataFrame(
        {
            "term": [names[term] for term in kept],
            **counted,
            "rate_one": (1e4 * one.sum(axis=0) / total).round(4),
            "rate_other": (1e4 * other.sum(axis=0) / total).round(4),
            "log_odds": log_odds.round(6),
            "low": low.round(6),
            "high": high.round(6),
            "variance": variance.round(6),
            "z": (log_odds / np.sqrt(variance)).round(6),
            "p_value": sign_tests(tested[:, kept].toarray().round(9), seed),
            "claims": np.asarray(((claims[0] + claims[1]) > 0).sum(axis=0)).ravel(),
            "stories": have[kept],
            "shared_claims": len(weighed.number),
            "warning": warning,
            **_examples(lines, weighed, claims, counts[:, kept]),
        }
    )


def _tested(lines: pd.DataFrame, counts: csr_array, stories: int, seed: int) -> Any:
    """Return the difference of the two sides in each story, from one voice of each per claim: stories x terms.

    The mean of several voices varies less than a single voice and is not exchangeable with it.
    """
    voices = lines[["claim", "side", "voice"]].drop_duplicates()
    drawn = voices.sample(frac=1, random_state=seed).drop_duplicates(["claim", "side"])
    weighed = _weigh(lines if len(drawn) == len(voices) else lines.merge(drawn), counts)
    return (_by_story(weighed, stories) @ (weighed.claims[0] - weighed.claims[1])).tocsc()


def _by_story(weighed: _Weighed, stories: int) -> csr_array:
    claims = np.arange(len(weighed.story))
    return _sums(weighed.story, claims, np.ones(len(claims)), stories)


def _weigh(lines: pd.DataFrame, counts: csr_array) -> _Weighed:
    """Cut both sides of a claim to the same number of words: that of the shorter side.

    A side's words in a claim are the mean over its voices, each as shares of its own words. A clause that reports
    several claims is divided equally among them, so that no word counts more than once.
    """
    of_claims = lines.groupby("clause")["claim"].transform("nunique").to_numpy()
    units = lines[["claim", "side", "voice"]].drop_duplicates().reset_index(drop=True)
    unit = lines.merge(units.reset_index(names="unit"), on=["claim", "side", "voice"])["unit"].to_numpy()
    worded = _sums(unit, lines["clause"].to_numpy(), 1 / of_claims, len(units), counts.shape[0]) @ counts
    total = np.asarray(worded.sum(axis=1)).ravel()
    units, worded, total = units[total > 0], worded[total > 0], total[total > 0]
    numbers, row = np.unique(units["claim"], return_inverse=True)
    sides, lengths = [], []
    for side in (0, 1):
        mine = np.flatnonzero(units["side"] == side)
        voices = np.maximum(np.bincount(row[mine], minlength=len(numbers)), 1)
        shares = _sums(row[mine], mine, 1 / (voices[row[mine]] * total[mine]), len(numbers), len(units))
        sides.append(shares @ worded)
        lengths.append(np.bincount(row[mine], weights=total[mine], minlength=len(numbers)) / voices)
    weight = np.minimum(*lengths)
    some = np.flatnonzero(weight > 0)
    scale = _sums(np.arange(len(some)), some, weight[some], len(some), len(numbers))
    story = lines.drop_duplicates("claim").set_index("claim")["story"].loc[numbers[some]].to_numpy()
    return _Weighed((scale @ sides[0], scale @ sides[1]), weight[some], numbers[some], story)


def _log_odds(one: Numbers, other: Numbers, words: Any, prior: Numbers) -> tuple[Numbers, Numbers]:
    """Return the difference of log-odds (Monroe et al., eq. 16) and its variance (eq. 20); prior ends with its sum."""
    terms, whole = prior[:-1], prior[-1]
    own = [side + terms for side in (one, other)]
    rest = [np.maximum(words + whole - side, 1e-9) for side in own]
    return np.log(own[0] / rest[0]) - np.log(own[1] / rest[1]), 1 / own[0] + 1 / own[1]


def _intervals(one: Numbers, other: Numbers, words: Numbers, prior: Numbers, seed: int) -> Numbers:
    """Return the ends of each log-odds' percentile interval over draws of stories."""
    some = np.flatnonzero(words > 0)  # stories in which the sides share nothing do not count
    ends = np.full((2, one.shape[1]), np.nan)
    if not len(some):  # they share only claims without words, such as a score
        return ends
    drawn = np.random.default_rng(seed).multinomial(len(some), np.full(len(some), 1 / len(some)), size=DRAWS)
    drawn = drawn.astype(float)
    tail = (1 - LEVEL) / 2
    for first in range(0, one.shape[1], _BLOCK):
        block = slice(first, first + _BLOCK)
        first_side, second = drawn @ one[some, block], drawn @ other[some, block]
        some_prior = np.append(prior[:-1][block], prior[-1])
        found, _ = _log_odds(first_side, second, (drawn @ words[some])[:, None], some_prior)
        ends[:, block] = np.quantile(found, [tail, 1 - tail], axis=0)
    return ends


def _examples(lines: pd.DataFrame, weighed: _Weighed, claims: list[csr_array], counts: csr_array) -> dict[str, Any]:
    """Return for each term the claim with the largest difference in its overall direction, and a sentence of each."""
    told: dict[tuple[int, int], list[tuple[int, str, str]]] = {}
    for claim, side, clause, claim_id, sentence in lines[
        ["claim", "side", "clause", "claim_id", "sentence_id"]
    ].itertuples(index=False):
        told.setdefault((claim, side), []).append((clause, claim_id, sentence))
    # If the two do not differ at all, any claim with the term will do.
    difference, anywhere, have = (claims[0] - claims[1]).tocsc(), (claims[0] + claims[1]).tocsc(), counts.tocsc()
    ids: list[str] = []
    sentences: tuple[list[str], list[str]] = ([], [])
    for term in range(difference.shape[1]):
        found = difference if difference.indptr[term] < difference.indptr[term + 1] else anywhere
        rows = found.indices[found.indptr[term] : found.indptr[term + 1]]
        values = found.data[found.indptr[term] : found.indptr[term + 1]]
        order = np.argmax(values if values.sum() >= 0 else -values)
        claim = int(weighed.number[rows[order]])
        with_it = set(have.indices[have.indptr[term] : have.indptr[term + 1]].tolist())
        ids.append(told[claim, 0][0][1])
        for side in (0, 1):
            here = told[claim, side]
            sentences[side].append(next((one[2] for one in here if one[0] in with_it), here[0][2]))
    return {"claim_id": ids, "sentence_one": sentences[0], "sentence_other": sentences[1]}


def _sums(row: Any, column: Any, values: Any, rows: int, columns: int | None = None) -> csr_array:
    from scipy.sparse import csr_array

    width = len(row) if columns is None else columns
    return csr_array((values, (row, column)), shape=(rows, width))
