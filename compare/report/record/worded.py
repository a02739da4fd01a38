"""How outlets, or groups of them, word the claims that they share: terms, cues, passives and names, with evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations
from math import ceil, isnan, nan
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from compare.errors import InputError
from compare.progress import progress
from compare.report.record.between import Measured, largest, ordered
from compare.report.record.estimates import LEVEL, Estimate, Scale, scale_of, tested
from compare.report.wording import count, plain, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.report.record.between import Difference
    from compare.report.record.view import Record

ALL_PAIRS = 6  # of so many outlets or groups every two are compared in their words; of more each with all others
TERMS = 6  # of two that are compared, beyond chance
TOP = 3  # shown where none is
_ROWS = 8  # differences of one kind
_OPEN = 2  # comparisons that stand unfolded
_WIDTH = 260  # characters of a sentence that is quoted
_KINDS = {
    ("flavour", "doubting"): "Doubting cues: “claimed”, “alleged”, where the other says “said”",
    ("flavour", "factive"): "Factive cues: “admitted”, “pointed out”, which take what is said for true",
    ("hedge", "hedged"): "Hedges in the outlet’s own words: “reportedly”, “allegedly”",
}


@dataclass(frozen=True)
class Said:
    """A sentence as evidence: whose it is, in which story, and what of it is meant set off."""

    who: str
    text: Markup
    story: str


def worded(record: Record) -> dict[str, Any] | None:
    """Give how outlets word what they share; None where no two share a claim.

    Returns:
        sides: what is compared; terms: of every two sides, or (against_all) of each against all others; compared: how
        many such comparisons there are, each a family of tests of its own; apart: two sides that share no claim;
        measured: doubting cues, hedges, passives, the surest and largest differences of each; silent: kinds of which
        nothing was found at any of them, as clauses; names: two in each other's place, and names_certain, names_all,
        names_family, names_tests of all of these.
    """
    corpus, groups = record.decided, record.groups
    if len(record.outlets) < 2:
        return None
    try:
        passives = corpus.passives(groups=groups)
        names = corpus.naming(groups=groups)
        cues = corpus.attributions(groups=groups)
    except InputError:
        return None
    sides = list(dict.fromkeys([*passives["one"], *passives["other"]]))
    quoted = Quoted(record)
    against_all = len(sides) > ALL_PAIRS
    terms, apart = _all_terms(record, quoted, sides, against_all)
    if not terms:
        return None
    measured = [
        *(
            _measured(cues[(cues["kind"] == kind) & (cues["value"] == value)], title, quoted)
            for (kind, value), title in _KINDS.items()
        ),
        _measured(passives, "Passives without an agent, where the other says who acted", quoted),
    ]
    return {
        "sides": "groups" if groups is not None else "outlets",
        "against_all": against_all,
        "terms": terms,
        "compared": len(terms),
        "apart": apart,
        "measured": [one for one in measured if one.shown],
        "silent": [one.measure.split(":")[0].split(",")[0] for one in measured if not one.shown],
        "names": _names(names, quoted),
        "names_certain": int((names["q_value"] < LEVEL).sum()),
        "names_all": len(names),
        "names_family": str(names["family"].iloc[0]) if len(names) else "",
        "names_tests": int(names["tests"].iloc[0]) if len(names) else 0,
    }


class Quoted:
    """The sentences of a corpus, found by their ids."""

    def __init__(self, record: Record) -> None:
        table = record.corpus.table("sentences", ["sentence_id", "text"])
        self._found = table.drop_duplicates("sentence_id").set_index("sentence_id")

    def pair(self, row: Mapping[Any, Any], marked: tuple[str, str] = ("", "")) -> list[Said]:
        """Give the sentences of a row's example, those of `one` first; a side without one is left out."""
        ids = (row["sentence_one"], row["sentence_other"])
        told = zip((row["one"], row["other"]), ids, marked, strict=True)
        return [said for who, name, words in told if (said := self._said(who, name, words)) is not None]

    def _said(self, who: str, sentence_id: Any, words: str) -> Said | None:
        if not isinstance(sentence_id, str) or sentence_id not in self._found.index:
            return None
        text, story = self._found.loc[sentence_id, ["text", "story_id"]]
        return Said(who, marked_in(str(text), words), str(story))


def marked_in(text: str, words: str) -> Markup:
    """Shorten a sentence around the words that it is quoted for, and set them off where they stand just so."""
    line = plain(text)
    pattern = r"[\W_]+".join(map(re.escape, words.split()))
    found = re.search(rf"(?<!\w){pattern}(?!\w)", line, re.IGNORECASE) if pattern else None
    if found is None:
        return Markup("{}").format(shorten(line, _WIDTH))
    before, after = line[: found.start()], line[found.end() :]
    if len(line) > _WIDTH:
        if len(before) > _WIDTH // 2:
            before = f"… {before[-(_WIDTH // 2) :].split(' ', 1)[-1]}"
        after = shorten(after, _WIDTH // 2) if after else ""
        after = f" {after}" if line[found.end() :].startswith(" ") else after
    return Markup("{}<mark>{}</mark>{}").format(before, found.group(), after)


def _all_terms(
    record: Record, quoted: Quoted, sides: list[str], against_all: bool
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """The terms of every two sides or of each against the others, those with most beyond chance first."""
    asked: list[tuple[str, str | None]] = [(side, None) for side in sides] if against_all else [*combinations(sides, 2)]
    found, apart = [], []
    for one, other in progress(asked, total=len(asked), unit="comparisons"):
        try:
            table = record.decided.wording(one, other, groups=record.groups)
        except InputError:
            apart.append((one, other or "all others"))
            continue
        if len(table):
            found.append(_terms(table, quoted))
    found.sort(key=lambda terms: -terms["certain"])  # stable: else in the outlets' order
    opened = [terms | {"unfolded": at < _OPEN and terms["certain"] > 0} for at, terms in enumerate(found)]
    return opened, apart


def _terms(table: pd.DataFrame, quoted: Quoted) -> dict[str, Any]:
    """The terms beyond chance, or else those that differ most."""
    certain = table["q_value"] < LEVEL
    strength = table["z"].abs()
    kept = table[certain] if certain.any() else table[table["z"] != 0]
    kept = kept.loc[strength[kept.index].sort_values(ascending=False, kind="stable").index]
    shown = [_term(row, quoted) for row in kept.head(TERMS if certain.any() else TOP).to_dict("records")]
    ends = [abs(end) for term in shown for end in (term["log_odds"].value, term["log_odds"].high) if not isnan(end)]
    return {
        "one": str(table["one"].iloc[0]),
        "other": str(table["other"].iloc[0]),
        "shown": shown,
        "certain": int(certain.sum()),
        "tests": int(table.drop_duplicates("words")["tests"].sum()),
        "claims": int(table["shared_claims"].max()),
        "scale": Scale(0, max(1, ceil(max(ends, default=1)))),
    }


def _term(row: Mapping[Any, Any], quoted: Quoted) -> dict[str, Any]:
    """A row of TERMS, told of the side that prefers the term."""
    side, other = ("one", "other") if row["log_odds"] > 0 else ("other", "one")
    found = Estimate(row["log_odds"], row["low"], row["high"], row["warning"])
    evidence = quoted.pair(row, (row["term"], row["term"]))
    return {
        **row,
        "side": row[side],
        "count": row[f"count_{side}"],
        "other_count": row[f"count_{other}"],
        "log_odds": found if side == "one" else found.turned,
        "evidence": evidence if side == "one" else evidence[::-1],
        **tested(row),
    }


def _measured(table: pd.DataFrame, title: str, quoted: Quoted) -> Measured:
    """The differences of one kind, those beyond chance first; none where nobody does it."""
    known = table[table["difference"].notna() & ((table["rate_one"] > 0) | (table["rate_other"] > 0))]
    pairs = [_evident(row, quoted) for row in known.assign(p_outlets=nan).to_dict("records")]
    pairs = largest(pairs)
    certain = sum(pair.certain for pair in pairs)
    shown = pairs[: min(_ROWS, max(TOP, certain))]
    family = f"{table['family'].iloc[0]}”, {count(int(table['tests'].iloc[0]), 'test')}" if len(table) else ""
    return Measured(title, shown, certain, len(pairs), scale_of((p.difference for p in shown), zero=True), family)


def _evident(row: Mapping[Any, Any], quoted: Quoted) -> Difference:
    evidence = quoted.pair(row)
    return replace(ordered(row), evidence=tuple(evidence[::-1] if row["difference"] < 0 else evidence))


def _names(table: pd.DataFrame, quoted: Quoted) -> list[dict[str, Any]]:
    """Names in each other's place: what one says where the other says something else."""
    certain = table["q_value"] < LEVEL
    kept = table[certain] if certain.any() else table.head(TOP)
    kept = kept.sort_values("q_value", kind="stable").head(_ROWS)
    return [_name(row, quoted) for row in kept.to_dict("records")]


def _name(row: Mapping[Any, Any], quoted: Quoted) -> dict[str, Any]:
    return {**row, **tested(row), "evidence": quoted.pair(row, (row["label_one"], row["label_other"]))}
