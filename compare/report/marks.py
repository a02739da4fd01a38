"""The findings' decisions as a coder's sheet: what a reader who marks findings right or wrong fills in and saves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.validation.codes import all_codes
from compare.validation.marks import COLUMNS, marks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.report.accusations import Finding
    from compare.report.view import View


def marks_sheet(view: View, findings: Sequence[Finding]) -> dict[str, Any]:
    """Give what the page's script needs to write the sheet.

    Args:
        view: the story.
        findings: those that say something of an outlet, in the page's order.

    Returns:
        columns (of the file); codes (each with its meaning); findings, each the numbers of its rows; and rows, one for
        each claim at an outlet: cells (the claim's and the article's words left out: they are in the page), claim and
        outlet (their numbers), and code, which is that of whoever calls the finding right.
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
