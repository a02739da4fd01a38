"""Codings in the long format: a row for every unit and coder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.tables import CODINGS

if TYPE_CHECKING:
    import pandas as pd

    from compare.validation.validated import Validation

TOOLKIT = "storydiff"
# A decision in the words of the coders' codebook.
_CODES = {
    "verbatim": "yes",
    "paraphrased": "yes",
    "altered": "yes",
    "partial": "part",
    "undecided": "unsure",
    "omitted": "no",
}


def to_long(codings: pd.DataFrame | Validation) -> pd.DataFrame:
    """Give codings one row for every unit and coder, the toolkit being one of them, as coding software wants it.

    The toolkit's states are put into the coders' words: verbatim, paraphrased and altered are "yes", partial "part",
    omitted "no", undecided "unsure". ``table.pivot(index="unit", columns="coder", values="code")`` gives the grid of
    units and coders that measures of agreement take.

    Args:
        codings: a `Validation`, for what coders and the toolkit say of the units that were drawn; or a table with
            claim_id, outlet and state, such as `Comparison.coverage` or what `track_claims` gives, for what the toolkit
            says of all.

    Returns:
        The CODINGS table, by unit and coder; the toolkit's coder is "storydiff".

    Raises:
        InputError: it is neither.
    """
    import pandas as pd

    from compare.validation.validated import Validation

    if isinstance(codings, Validation):
        decisions = codings.decisions[codings.decisions["unit"].isin(codings.labels["unit"])]
        known = decisions.set_index("unit")[["story_id", "claim_id", "outlet"]]
        people = codings.labels[["unit", "coder", "code"]].join(known, on="unit")
        rows = pd.concat([people, _toolkit(decisions)], ignore_index=True)
        return CODINGS.frame(rows.sort_values(["unit", "coder"], kind="stable"))
    if not isinstance(codings, pd.DataFrame):
        raise InputError(f"to_long: a {type(codings).__name__} holds no codings; give a Validation or a table.")
    absent = [name for name in ("claim_id", "outlet", "state") if name not in codings.columns]
    if absent:
        raise InputError(
            f"to_long: the table has no column {', '.join(absent)}; give coverage, or what track_claims gives."
        )
    unit = codings["article_id"] if "article_id" in codings.columns else codings["outlet"]
    table = codings.assign(unit=codings["claim_id"] + ":" + unit)
    twice = table.loc[table.duplicated("unit"), "unit"]
    if len(twice):
        raise InputError(f"to_long: {twice.iat[0]} is judged twice; keep one row of each.")
    return CODINGS.frame(_toolkit(table))


def _toolkit(decisions: pd.DataFrame) -> pd.DataFrame:
    """What the toolkit says, as another coder; `doc_id` is the article, where the table tells it."""
    names = ["unit", "story_id", "claim_id", "outlet"]
    rows = decisions[[name for name in names if name in decisions.columns]]
    rows = rows.assign(coder=TOOLKIT, code=decisions["state"].map(_CODES))
    return rows.assign(doc_id=decisions["article_id"]) if "article_id" in decisions.columns else rows
