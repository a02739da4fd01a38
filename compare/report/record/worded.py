"""How outlets, or groups, word the claims they share: terms, cues, passives and names, with evidence."""

from __future__ import annotations

import re
from math import ceil, isnan
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from compare.report.record.between import Measured, largest, ordered
from compare.report.record.view import LEVEL, Estimate, Said, Scale, scale_of, tested
from compare.report.wording import count, plain, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.report.record.view import Record

TERMS = 6  # of each comparison, if beyond chance
TOP = 3  # of each comparison, if none is beyond chance
_ROWS = 8  # differences of one kind
_OPEN = 2  # comparisons that are unfolded at first
_WIDTH = 260  # most characters of a quoted sentence
_KINDS = {
    "doubting": "Doubting cues: “claimed”, “alleged”, where the other says “said”",
    "factive": "Factive cues: “admitted”, “pointed out”, which take what is said for true",
    "hedged": "Hedges in the outlet’s own words: “reportedly”, “allegedly”",
}
_PASSIVES = "Passives without an agent, where the other says who acted"


def worded(record: Record) -> dict[str, Any] | None:
    """Return the surest and largest differences in how outlets word what they share; None if no two share a claim."""
    results = record.results
    if not results.terms:
        return None
    quoted = Quoted(results.sentences)
    terms = sorted((_terms(table, quoted) for table in results.terms), key=lambda one: -one["certain"])
    cues, names = results.wording["attributions"], results.wording["naming"]
    measured = [
        _measured(cues[(cues["kind"] != "cue") & (cues["value"] == kind)], _KINDS[kind], quoted) for kind in _KINDS
    ]
    measured.append(_measured(results.wording["passives"], _PASSIVES, quoted))
    certain = names["q_value"] < LEVEL
    shown = (names[certain] if certain.any() else names.head(TOP)).sort_values("q_value", kind="stable").head(_ROWS)
    return {
        "sides": "outlets" if results.grouped is None else "groups",
        "against_all": results.against_all,
        "terms": [one | {"unfolded": at < _OPEN and one["certain"] > 0} for at, one in enumerate(terms)],
        "compared": len(terms),
        "apart": results.apart,
        "measured": [one for one in measured if one.shown],
        "silent": [one.measure.split(":")[0].split(",")[0] for one in measured if not one.shown],
        "names": [
            {**row, **tested(row), "evidence": quoted.pair(row, row["label_one"], row["label_other"])}
            for row in shown.to_dict("records")
        ],
        "names_certain": int(certain.sum()),
        "names_all": len(names),
        "names_family": str(names["family"].iloc[0]) if len(names) else "",
        "names_tests": int(names["tests"].iloc[0]) if len(names) else 0,
    }


class Quoted:
    """The example sentences of the tables, by their ids."""

    def __init__(self, sentences: pd.DataFrame | None) -> None:
        rows: list[dict[Any, Any]] = [] if sentences is None else sentences.to_dict("records")
        self._found = {row["sentence_id"]: (str(row["text"]), str(row["story_id"])) for row in rows}

    def pair(self, row: Mapping[Any, Any], *words: str) -> tuple[Said, ...]:
        """Return the example sentences of a row, those of `one` first, with these words highlighted."""
        told = zip(("one", "other"), words or ("", ""), strict=True)
        found = [(row[side], self._found.get(row[f"sentence_{side}"]), mark) for side, mark in told]
        return tuple(Said(who, marked_in(said[0], mark), said[1]) for who, said, mark in found if said is not None)


def marked_in(text: str, words: str) -> Markup:
    """Shorten a sentence around the words for which it is quoted, and highlight them if they occur verbatim."""
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


def _terms(table: pd.DataFrame, quoted: Quoted) -> dict[str, Any]:
    """Return the terms beyond chance, or else those that differ most."""
    certain = table["q_value"] < LEVEL
    kept = table[certain] if certain.any() else table[table["z"] != 0]
    kept = kept.sort_values("z", key=abs, ascending=False, kind="stable").head(TERMS if certain.any() else TOP)
    shown = [_term(row, quoted) for row in kept.to_dict("records")]
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
    """Return a row of TERMS from the view of the side that prefers the term."""
    side, other = ("one", "other") if row["log_odds"] > 0 else ("other", "one")
    found = Estimate(row["log_odds"], row["low"], row["high"], row["warning"])
    evidence = quoted.pair(row, row["term"], row["term"])
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
    """Return the differences of one kind, those beyond chance first; none if no outlet does this."""
    known = table[table["difference"].notna() & ((table["rate_one"] > 0) | (table["rate_other"] > 0))]
    pairs = largest([ordered(row, quoted.pair(row)) for row in known.to_dict("records")])
    certain = sum(pair.certain for pair in pairs)
    shown = pairs[: min(_ROWS, max(TOP, certain))]
    family = f"{table['family'].iloc[0]}”, {count(int(table['tests'].iloc[0]), 'test')}" if len(table) else ""
    return Measured(title, shown, certain, len(pairs), scale_of((p.difference for p in shown), zero=True), family)
