"""How outlets attribute the quotations that they share: said, claimed, admitted; reportedly, allegedly."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.coverage.ledger.people import read_person
from compare.coverage.voices import collapse_wire
from compare.language.quotes.cues import NOUNS_THAT, PARTICLES, VERBS
from compare.language.quotes.marks import quotations
from compare.outlets.intervals import bootstrap
from compare.outlets.permutation import adjusted, sign_tests
from compare.outlets.wording.sides import LEAST_STORIES, paired, per_story, weights, without_test
from compare.tables import ATTRIBUTIONS, FLAVOURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.outlets.wording.sides import Sides

    Numbers = NDArray[np.float64]

# What the tables of a run must bring.
COLUMNS = {
    "quotes": ["quote_id", "outlet", "sentence_id", "cue", "source", "state"],
    "sentences": ["sentence_id", "article_id", "text"],
    "articles": ["article_id", "outlet"],
    "wire": ["article_id", "outlet", "group_id"],
}
ALL_SPEAKERS = ""
# With these an outlet leaves open whether it is so; "may" and "could" are as often the speaker's.
HEDGES = frozenset(
    """reportedly allegedly purportedly supposedly apparently presumably ostensibly seemingly alleged purported supposed
    unconfirmed rumoured rumored""".split()
)
_HEDGE = re.compile(rf"\b(?:{'|'.join(sorted(HEDGES))}|so-called)\b", re.IGNORECASE)


class _Measure(NamedTuple):
    kind: str
    value: str
    speaker: str
    part_one: Numbers
    part_other: Numbers
    whole: Numbers
    tested: Numbers  # the difference of the two that are drawn for the test


def read_cue(cue: str) -> tuple[str, str]:
    """Give a cue's verb, or the words themselves where there is none, and its flavour.

    >>> read_cue("did not claim"), read_cue("According to"), read_cue("pointed out")
    (('claim', 'doubting'), ('according to', 'neutral'), ('point out', 'factive'))
    """
    words = cue.casefold().split()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in VERBS:
            verb = VERBS[word]
            pair = f"{verb.lemma} {following}"
            return (pair, PARTICLES[pair][1]) if pair in PARTICLES else (verb.lemma, verb.flavour)
        if word in NOUNS_THAT:
            return word, NOUNS_THAT[word]
    return " ".join(words), "neutral"


def attributions_table(
    tables: dict[str, pd.DataFrame],
    sides: Sides,
    *,
    by_speaker: bool = False,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare how every two sides attribute the quotations that both give.

    Args:
        tables: of the run, with `COLUMNS`.
        sides: who is compared.
        by_speaker: also by who is quoted: persons whose quotations two sides share in enough stories for a test.
        seed: of the draws.

    Returns:
        The ATTRIBUTIONS table; tests of one kind (flavours, hedges, cues; all speakers or each) are one family.
    """
    import pandas as pd

    stories = tables["articles"]["story_id"].unique().tolist()
    both = _shared(tables, sides, stories, seed)
    measures = _measures(both, sides, len(stories), ALL_SPEAKERS)
    if by_speaker:
        told = both[both["speaker"] != ""]
        often = told.groupby("speaker")["story"].nunique()
        for speaker in sorted(often[often >= LEAST_STORIES].index):
            measures += _measures(told[told["speaker"] == speaker], sides, len(stories), speaker)
    parts = []
    for family in dict.fromkeys((one.kind, bool(one.speaker)) for one in measures):
        mine = [one for one in measures if (one.kind, bool(one.speaker)) == family]
        parts.append(_rows(mine, sides, f"{family[0]}s{', by speaker' if family[1] else ''}", seed))
    return ATTRIBUTIONS.frame(pd.concat(parts))


def _shared(tables: dict[str, pd.DataFrame], sides: Sides, stories: Sequence[str], seed: int) -> pd.DataFrame:
    """The quotations that two sides give with a cue: a row per quotation and pair of outlets."""
    quotes = tables["quotes"]
    rows = quotes[(quotes["state"] != "absent") & quotes["cue"].notna() & quotes["sentence_id"].notna()]
    sentences = tables["sentences"].drop_duplicates("sentence_id").set_index("sentence_id")
    texts = sentences["text"].reindex(rows["sentence_id"]).fillna("").tolist()
    article = sentences["article_id"].reindex(rows["sentence_id"])
    outlets = tables["articles"]["outlet"].unique().tolist()
    read = [read_cue(cue) for cue in rows["cue"]]
    rows = rows.assign(
        verb=[verb for verb, _ in read],
        flavour=[flavour for _, flavour in read],
        hedged=[_is_hedged(text) for text in texts],
        speaker=[_surname(source) for source in rows["source"].fillna("")],
        story=rows["story_id"].map({name: at for at, name in enumerate(stories)}).astype("int64"),
        claim=(rows["story_id"] + "\n" + rows["quote_id"]).factorize()[0],
        voice=article.map(collapse_wire(tables["wire"])).fillna("").to_numpy(),
    )
    rows["outlet"] = rows["outlet"].map({name: at for at, name in enumerate(outlets)}).astype("int64")
    columns = ["story", "claim", "outlet", "voice", "verb", "flavour", "hedged", "speaker"]
    both = paired(rows[columns], sides, (), seed)
    return both.assign(weight=weights(both, ()), speaker=both["speaker_one"])


def _is_hedged(sentence: str) -> bool:
    """Whether the outlet's own words hold back."""
    if not _HEDGE.search(sentence):
        return False
    quoted = quotations(sentence)
    return any(not any(low <= found.start() < high for low, high in quoted) for found in _HEDGE.finditer(sentence))


@lru_cache(maxsize=20_000)
def _surname(source: str) -> str:
    """A person's surname, by which all stories know it; empty for whoever has no name."""
    return read_person(source).surname if source else ""


def _measures(both: pd.DataFrame, sides: Sides, stories: int, speaker: str) -> list[_Measure]:
    pairs, column = sides.pairs, sides.column(both)
    story, weight = both["story"].to_numpy(np.int64), both["weight"].to_numpy(float)

    def measure(kind: str, value: str, name: str, wanted: Any) -> _Measure:
        flags = [(both[f"{name}_{side}"] == wanted).to_numpy() for side in ("one", "other")]
        parts = [per_story(stories, story, column, weight * flag, len(pairs)) for flag in flags]
        signed = drawn * (flags[0].astype(float) - flags[1])
        tested = per_story(stories, story, column, signed, len(pairs))
        return _Measure(kind, value, speaker, parts[0], parts[1], whole, tested)

    whole = per_story(stories, story, column, weight, len(pairs))
    drawn = both["drawn"].to_numpy(float)
    found = [measure("flavour", flavour, "flavour", flavour) for flavour in FLAVOURS]
    found.append(measure("hedge", "hedged", "hedged", True))
    if speaker == ALL_SPEAKERS:
        differs = both[both["verb_one"] != both["verb_other"]]
        verbs = (
            differs.groupby("verb_one")["story"]
            .nunique()
            .add(differs.groupby("verb_other")["story"].nunique(), fill_value=0)
        )
        found += [measure("cue", verb, "verb", verb) for verb in sorted(verbs[verbs >= LEAST_STORIES].index)]
    return found


def _rows(measures: list[_Measure], sides: Sides, family: str, seed: int) -> pd.DataFrame:
    import pandas as pd

    pairs = sides.pairs
    one, other, whole, tested = (
        np.hstack([getattr(m, name) for m in measures]) for name in ("part_one", "part_other", "whole", "tested")
    )
    rates = [bootstrap(part, whole, seed=seed) for part in (one, other)]
    found = bootstrap(one - other, whole, seed=seed, proportions=False)
    p_values = sign_tests(tested, seed)
    columns: dict[str, Any] = {
        "kind": [m.kind for m in measures for _ in pairs],
        "value": [m.value for m in measures for _ in pairs],
        "speaker": [m.speaker for m in measures for _ in pairs],
        "version": sides.version,
        "one": [sides.names[a] for _ in measures for a, _ in pairs],
        "other": [sides.names[b] for _ in measures for _, b in pairs],
        "quotations": whole.sum(axis=0).round(6),
    }
    for name, rate in zip(("one", "other"), rates, strict=True):
        columns |= {f"rate_{name}": rate.rate.round(6), f"low_{name}": rate.low.round(6)}
        columns[f"high_{name}"] = rate.high.round(6)
    columns |= {"difference": found.rate.round(6), "low": found.low.round(6), "high": found.high.round(6)}
    columns |= {
        "p_value": p_values,
        "q_value": adjusted(p_values),
        "family": f"{family}: {sides.kind}; {sides.version}",
    }
    columns |= {"tests": int((~np.isnan(p_values)).sum()), "stories": found.stories, "validated": False}
    columns["warning"] = without_test(found.warning, p_values, found.stories, "no quotation that both give")
    rows = pd.DataFrame(columns)
    # Of a speaker only those pairs that share quotations.
    return rows[(rows["speaker"] == ALL_SPEAKERS) | (rows["quotations"] > 0)]
