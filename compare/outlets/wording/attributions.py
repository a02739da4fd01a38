"""How outlets attribute the quotations that they share: said, claimed, admitted; reportedly, allegedly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.coverage.ledger.people import read_person
from compare.coverage.wire import collapse_wire
from compare.language.quotes.cues import NOUNS_THAT, PARTICLES, VERBS
from compare.language.quotes.stream import quotations
from compare.outlets.intervals import bootstrap
from compare.outlets.permutation import family_columns, sign_tests
from compare.outlets.wording.sides import LEAST_STORIES, paired, per_story, weights, without_test
from compare.tables import ATTRIBUTIONS, FLAVOURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.outlets.wording.sides import ComparedSides


# The columns needed from the tables of a run.
COLUMNS = {
    "quotes": ["quote_id", "outlet", "sentence_id", "cue", "source", "state"],
    "sentences": ["sentence_id", "article_id", "text"],
    "articles": ["article_id", "outlet"],
    "wire": ["article_id", "outlet", "group_id"],
}
# With these words an outlet leaves the truth open; "may" and "could" are just as often the speaker's.
HEDGES = frozenset(
    """reportedly allegedly purportedly supposedly apparently presumably ostensibly seemingly alleged purported supposed
    unconfirmed rumoured rumored""".split()
)
_HEDGE = re.compile(rf"\b(?:{'|'.join(sorted(HEDGES))}|so-called)\b", re.IGNORECASE)


class _Measure(NamedTuple):
    """A feature to count: quotations in which a column of `_shared` has this value."""

    kind: str
    value: str
    speaker: str  # empty for all
    column: str
    wanted: str | bool


def read_cue(cue: str) -> tuple[str, str]:
    """Return the verb of a cue, or its words if it has none, and its flavour.

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
    tables: dict[str, pd.DataFrame], sides: ComparedSides, *, by_speaker: bool = False, seed: int = 0
) -> pd.DataFrame:
    """Compare how every two sides attribute the quotations that both give, from `COLUMNS` of a run: ATTRIBUTIONS.

    With `by_speaker`, also compare them for each person whom two sides quote in enough stories for a test.
    Tests of one kind (flavours, hedges, cues; for all speakers or for each) are one family.
    """
    import pandas as pd

    stories = tables["articles"]["story_id"].unique().tolist()
    both = _shared(tables, sides, stories, seed)
    measures = _measures("")
    differs = both[both["verb_one"] != both["verb_other"]]
    counts = [differs.groupby(f"verb_{side}")["story"].nunique() for side in ("one", "other")]
    often = counts[0].add(counts[1], fill_value=0)
    measures += [_Measure("cue", verb, "", "verb", verb) for verb in sorted(often[often >= LEAST_STORIES].index)]
    if by_speaker:
        often = both[both["speaker"] != ""].groupby("speaker")["story"].nunique()
        for speaker in sorted(often[often >= LEAST_STORIES].index):
            measures += _measures(speaker)
    families: dict[str, list[_Measure]] = {}
    for one in measures:
        families.setdefault(f"{one.kind}s{', by speaker' if one.speaker else ''}", []).append(one)
    parts = [_family(name, mine, both, sides, len(stories), seed) for name, mine in families.items()]
    return ATTRIBUTIONS.frame(pd.concat(parts))


def _measures(speaker: str) -> list[_Measure]:
    flavours = [_Measure("flavour", flavour, speaker, "flavour", flavour) for flavour in FLAVOURS]
    return [*flavours, _Measure("hedge", "hedged", speaker, "hedged", True)]


def _shared(tables: dict[str, pd.DataFrame], sides: ComparedSides, stories: Sequence[str], seed: int) -> pd.DataFrame:
    """Return a row for each quotation with a cue and each pair of outlets that give it."""
    quotes = tables["quotes"]
    rows = quotes[(quotes["state"] != "absent") & quotes["cue"].notna() & quotes["sentence_id"].notna()]
    sentences = tables["sentences"].drop_duplicates("sentence_id").set_index("sentence_id")
    texts = sentences["text"].reindex(rows["sentence_id"]).fillna("").tolist()
    article = sentences["article_id"].reindex(rows["sentence_id"])
    outlets = tables["articles"]["outlet"].unique().tolist()
    read = [read_cue(cue) for cue in rows["cue"]]
    # A person is identified across stories by the surname.
    surnames = {source: read_person(source).surname for source in rows["source"].dropna().unique()}
    rows = rows.assign(
        verb=[verb for verb, _ in read],
        flavour=[flavour for _, flavour in read],
        hedged=[_is_hedged(text) for text in texts],
        speaker=rows["source"].map(surnames).fillna(""),
        story=rows["story_id"].map({name: at for at, name in enumerate(stories)}).astype("int64"),
        claim=(rows["story_id"] + "\n" + rows["quote_id"]).factorize()[0],
        voice=article.map(collapse_wire(tables["wire"])).fillna("").to_numpy(),
    )
    rows["outlet"] = rows["outlet"].map({name: at for at, name in enumerate(outlets)}).astype("int64")
    rows = rows.rename(columns={"sentence_id": "sentence"})
    columns = ["story", "claim", "outlet", "voice", "sentence", "verb", "flavour", "hedged", "speaker"]
    both = paired(rows[columns], sides, (), seed)
    return both.assign(weight=weights(both, ()), speaker=both["speaker_one"], pair=sides.column(both))


def _is_hedged(sentence: str) -> bool:
    """Return whether the outlet's own words, outside quotation marks, contain a hedge."""
    if not _HEDGE.search(sentence):
        return False
    quoted = quotations(sentence)
    return any(not any(low <= found.start() < high for low, high in quoted) for found in _HEDGE.finditer(sentence))


def _family(  # noqa: PLR0913, PLR0917 - a family is all of these
    family: str, measures: list[_Measure], both: pd.DataFrame, sides: ComparedSides, stories: int, seed: int
) -> pd.DataFrame:
    """Return the rows of one family of tests: every measure for every pair of sides."""
    import pandas as pd

    pairs, sums, shows, sentences = sides.pairs, [], [], ["sentence_one", "sentence_other"]
    for _, _, speaker, name, wanted in measures:
        rows = both[both["speaker"] == speaker] if speaker else both
        one, other = ((rows[f"{name}_{side}"] == wanted).to_numpy() for side in ("one", "other"))
        weight, drawn = rows["weight"].to_numpy(float), rows["drawn"].to_numpy(float)
        at = stories, rows["story"].to_numpy(np.int64), rows["pair"].to_numpy(np.int64)
        counted = (weight * one, weight * other, weight, drawn * (one.astype(float) - other))
        sums.append([per_story(*at, values, len(pairs)) for values in counted])
        # For every pair of sides, the first quotation that only one of them attributes in this way.
        firsts = (rows[flags].drop_duplicates("pair").set_index("pair") for flags in (one & ~other, other & ~one))
        shows.append([first[sentences].astype(object).reindex(range(len(pairs))) for first in firsts])
    part_one, part_other, whole, tested = (np.hstack(parts) for parts in zip(*sums, strict=True))
    rates = {name: bootstrap(part, whole, seed=seed) for name, part in (("one", part_one), ("other", part_other))}
    found = bootstrap(part_one - part_other, whole, seed=seed, proportions=False)
    p_values = sign_tests(tested, seed)
    # The example comes from the side with the higher rate.
    more, less = (pd.concat([show[side] for show in shows], ignore_index=True) for side in (0, 1))
    evidence = pd.DataFrame(np.where((found.rate >= 0)[:, None], more, less), columns=more.columns)
    columns: dict[str, Any] = {
        **{name: [getattr(m, name) for m in measures for _ in pairs] for name in ("kind", "value", "speaker")},
        "version": sides.version,
        "one": [sides.names[a] for _ in measures for a, _ in pairs],
        "other": [sides.names[b] for _ in measures for _, b in pairs],
        "quotations": whole.sum(axis=0).round(6),
    }
    for name, rate in rates.items():
        columns |= rate.columns(f"rate_{name}", f"low_{name}", f"high_{name}")
        columns[f"sentence_{name}"] = evidence[f"sentence_{name}"]
    columns |= found.columns("difference", "low", "high") | {"stories": found.stories}
    columns |= family_columns(p_values, f"{family}: {sides.kind}; {sides.version}")
    columns["warning"] = without_test(found.warning, p_values, found.stories, "no quotation that both give")
    table = pd.DataFrame(columns)
    # For single speakers, keep only the pairs that share quotations.
    return table[(table["speaker"] == "") | (table["quotations"] > 0)]
