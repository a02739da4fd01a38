"""An outlet's record corrected by coders' labels: the same rates, over the claims that were available to it.

The toolkit's decisions on the other outlets determine which claims were available. The corrected rate is the share of
these that the outlet carries by the coders' standard. A rate over a subset of decisions is as unbiased as one over all
(domain estimation; Särndal, Swensson & Wretman 1992, ch. 10).
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.tables import CARRIED, RATES
from compare.validation.correction import difference_table, rate_table, with_pseudo_outcomes
from compare.validation.decisions import decisions_of, fingerprint
from compare.validation.validated import checked_validation

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.validation.validated import Validation

_CORRECTED = ("carriage", "omission")


def check_drawn_from(validation: Validation, tables: Any, *, or_from_more: bool = False) -> None:
    """Refuse labels of another run; `or_from_more` also accepts a sample from these stories and others.

    Raises:
        InputError: it is not a validation, or the decisions are not those that the sample was drawn from.
    """
    theirs = checked_validation(validation).decisions
    ours = decisions_of(tables)
    if or_from_more:
        theirs = theirs[theirs["story_id"].isin(set(ours["story_id"]))]
    # Labels of a data set without text are sorted by other ids.
    if fingerprint(ours) != fingerprint(theirs.sort_values(["story_id", "claim_id", "outlet"], kind="stable")):
        raise InputError(
            f"sample {validation.sample_id} was not drawn from these decisions: its key has other articles, settings "
            "or another version of storydiff behind it; draw a sample from what you report, or report what was sampled."
        )


def available(decisions: pd.DataFrame) -> pd.Series:
    """Return for every decision whether another outlet of the story carries the claim, and this one was read for it.

    See `compare.tables.unread`; decisions drawn by a version that did not record it all count as read.
    """
    carried = decisions["state"].isin(CARRIED)
    told = carried.groupby([decisions["story_id"], decisions["claim_id"]]).transform("sum")
    available = (told - carried) > 0
    return available & ~decisions["unread"] if "unread" in decisions else available


def available_rates(validation: Validation, *, omitted: bool = False) -> pd.DataFrame:
    """Return CORRECTED_RATES: how often each outlet carries (or omits) the claims that were available to it."""
    return rate_table(_of_available(validation, None), omitted=omitted, status=validation.sentence)


def available_differences(
    validation: Validation, groups: Mapping[str, str] | None = None, *, omitted: bool = False
) -> pd.DataFrame:
    """Return CORRECTED_DIFFERENCES of every two outlets, or groups, within the stories that both have.

    Raises:
        InputError: there is only one outlet or group.
    """
    table = _of_available(validation, groups)
    return difference_table(table, omitted=omitted, status=validation.sentence, within=True)


def correct_rates(rates: pd.DataFrame, validation: Validation) -> pd.DataFrame:
    """Replace the toolkit's rates of carriage and omission in RATES with the corrected ones.

    Only rates as printed are corrected, because coders read an outlet's articles, not copies of them elsewhere. Part
    and whole remain the toolkit's counts, so part / whole is the uncorrected rate. Where a rate is not corrected, the
    warning says why.
    """
    found = {
        measure: available_rates(validation, omitted=measure == "omission").set_index("group").to_dict("index")
        for measure in _CORRECTED
    }
    rows = rates.to_dict("records")
    for row in rows:
        if row["version"] == "printed" and row["outlet"] in found.get(row["measure"], {}):
            figure = found[row["measure"]][row["outlet"]]
            # An interval that ignores the choice of stories is not comparable with the others.
            if isnan(figure["low"]) or figure["includes"] != "stories and coding":
                why = f"not corrected: {figure['note'] or 'one story'}"
                row["warning"] = "; ".join(filter(None, [row["warning"], why]))
                continue
            row |= {"rate": round(figure["estimate"], 6), "validated": True, "warning": figure["note"]}
            row |= {bound: round(figure[bound], 6) for bound in ("low", "high")}
    return RATES.frame(rows)  # type: ignore[arg-type] # its keys are column names


def _of_available(validation: Validation, groups: Mapping[str, str] | None) -> pd.DataFrame:
    """Return all decisions with their outcomes; those that count have a group, the others inform the sample."""
    table = with_pseudo_outcomes(validation.decisions)
    group = table["outlet"] if groups is None else table["outlet"].map(dict(groups))
    table["group"] = group.where(available(table))
    if table["group"].isna().all():
        raise InputError("no claim was available to any outlet: no two of them carry the same.")
    return table
