"""The data for the page's script: compact columns, looked up by number.

They hold no text: the script reads a sentence from its article (`#s12`) and a claim's wording from its heading, so
that the page has every text only once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.look import LOOKS
from compare.report.story.copied import outlet_badges
from compare.report.wording import OMISSION_NOTE, plain
from compare.tables import STATES
from compare.validation.codes import all_codes
from compare.validation.marks import COLUMNS, marks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.report.story.findings import Brief, Finding
    from compare.report.story.view import View


def payload(view: View, brief: Brief) -> dict[str, Any]:
    """Return the data for the page's script.

    Returns:
        outlets (names), looks (word and symbol of each state) and, as parallel lists with an entry for each claim, in
        the page's order: states (a digit for each outlet, the state's index in `tables.STATES`; a blank if not judged)
        and, for each outlet, chances (percent that it is carried), positions (percent of the article; -100 is the
        headline) and best (sentence number); missing numbers are -1. changes has only the cells with changes, as
        {"claim.outlet": text}. sentences has every sentence that carries the claim. clauses has, as
        {"claim.sentence": [from, to, ...]}, the parts that tell it if that is not the whole sentence. shared are the
        claims that at least two outlets carry; whole has for each part its claim, else -1. badges has an empty text for
        an outlet without a copy; quotes are the claims that are quotations. codebook has the columns and rows of
        `Comparison.codebook` without the claims' wordings; notes has, for the first sentence of each outlet's note on
        its own article, the last; withdrawn has the numbers of the outlets that took theirs back; marks is what
        `marks_sheet` returns for the findings.
    """
    claims, badges = view.every, outlet_badges(view.comparison.wire, view.comparison.articles)
    numbers = {claim.claim_id: claim.number for claim in claims}
    codebook = view.comparison.codebook().set_index("claim_id", drop=False).loc[[claim.claim_id for claim in claims]]
    cells = codebook.assign(claim="").astype(object)
    return {
        "outlets": [plain(name) for name in view.outlets],
        "cut": [view.cut.get(outlet, "") for outlet in view.outlets],
        "badges": [badges.get(outlet, "") for outlet in view.outlets],
        "looks": [{"state": k.state, "word": k.word, "symbol": k.symbol, "meaning": k.meaning} for k in LOOKS],
        "states": ["".join(str(STATES.index(j.state)) if j else " " for j in claim.judgements) for claim in claims],
        "chances": [[_percent(j.probability) if j else -1 for j in claim.judgements] for claim in claims],
        "positions": [[_percent(j.position) if j else -1 for j in claim.judgements] for claim in claims],
        "best": [[-1 if not j or j.sentence is None else j.sentence for j in claim.judgements] for claim in claims],
        "changes": {
            f"{claim.number - 1}.{outlet}": judgement.changes
            for claim in claims
            for outlet, judgement in enumerate(claim.judgements)
            if judgement and judgement.changes
        },
        "sentences": [list(claim.sentences) for claim in claims],
        "clauses": {
            f"{claim.number - 1}.{sentence}": [at for span in sorted(spans) for at in span]
            for claim in claims
            for sentence, spans in claim.clauses.items()
        },
        "shared": [claim.number - 1 for claim in view.shared],
        "whole": [-1 if claim.part_of is None else numbers[claim.part_of] - 1 for claim in claims],
        "quotes": [claim.number - 1 for claim in claims if claim.kind == "quote"],
        "codebook": {"columns": list(codebook), "rows": cells.where(cells.notna(), "").to_numpy().tolist()},
        "marks": marks_sheet(view, brief.decisions),
        "note": OMISSION_NOTE,
        "withdrawn": [number for number, outlet in enumerate(view.outlets) if outlet in view.withdrawn],
        "notes": {str(note.sentences[0]): note.sentences[-1] for note in view.notes if note.sentences},
    }


def _percent(share: float | None) -> int:
    return -1 if share is None else round(share * 100)


def marks_sheet(view: View, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return the findings' decisions as a coder's sheet, in which readers mark them right or wrong.

    Returns:
        columns (of the file); codes (each with its meaning); findings, each as the numbers of its rows; and rows, one
        for each claim at an outlet: cells (without text that is in the page), claim and outlet (as numbers), and the
        finding's code.
    """
    said = {(one.claim.claim_id, one.outlet): one for finding in findings for one in finding.decisions}
    place = {cell: number for number, cell in enumerate(said)}
    judged = [next(j for j in one.claim.judgements if j and j.outlet == one.outlet) for one in said.values()]
    rows = marks_of(
        [
            {
                "story_id": view.comparison.story_id,
                "claim_id": one.claim.claim_id,
                "outlet": one.outlet,
                "state": judgement.state,
                "probability": judgement.probability,
            }
            for one, judgement in zip(said.values(), judged, strict=True)
        ]
    )
    return {
        "columns": list(COLUMNS),
        "codes": all_codes(),
        "findings": [[place[one.claim.claim_id, one.outlet] for one in finding.decisions] for finding in findings],
        "rows": [
            {
                "cells": [row[name] for name in COLUMNS],
                "claim": one.claim.number - 1,
                "outlet": view.outlets.index(one.outlet),
                "code": one.code,
            }
            for row, one in zip(rows, said.values(), strict=True)
        ],
    }
