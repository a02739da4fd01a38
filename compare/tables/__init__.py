"""Every table's columns, types, units and meaning, written once.

Validation, the data dictionary and every export read these definitions. A table is a plain
``pandas.DataFrame``; `Table.frame` gives one with exactly these columns and types.

A claim may have parts, which tell a detail of it: they are shown with it, and whatever counts claims counts the claim
alone (`top_claims`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compare.tables.core import *
from compare.tables.many_stories import *
from compare.tables.one_story import *
from compare.tables.validation import *
from compare.tables.words import *

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

STORY_TABLES = (ARTICLES, SENTENCES, MATCHES, CLAIMS, MENTIONS, COVERAGE, CONFLICTS, QUOTES, WIRE, HEADLINES)
CORPUS_TABLES = (
    OUTLET_STORIES,
    OUTLETS,
    RATES,
    DIFFERENCES,
    GAPS,
    CLAIM_TRAITS,
    OMISSION_MODEL,
    TERMS,
    ATTRIBUTIONS,
    PASSIVES,
    NAMINGS,
    *MAP_TABLES,
)
VALIDATION_TABLES = (
    SAMPLED,
    LABELS,
    AGREEMENT,
    ACCURACY,
    CALIBRATION,
    CONFUSIONS,
    CORRECTED_RATES,
    CORRECTED_DIFFERENCES,
)


def of_stories(table: Table) -> Table:
    """Return a story's table as it is where the rows of many stories stand in one: story_id comes first."""
    if "story_id" in table.names:
        return table
    return replace(table, columns=(Column("story_id", TEXT, "the story"), *table.columns))


def broken_reference(tables: Mapping[str, pd.DataFrame]) -> str:
    """Say which row of a story's tables points at one that is not there; "" if none does.

    Args:
        tables: STORY_TABLES by their names, or some of them, of one or more stories; columns may be absent.
    """
    keys = {table.name: table.key[0] for table in STORY_TABLES}
    for table in STORY_TABLES:
        pointing = [(column.name, column.refers, keys[column.refers]) for column in table.columns if column.refers]
        for name, other, key in [*pointing, ("outlet", "articles", "outlet")]:
            if name not in tables.get(table.name, ()) or key not in tables.get(other, ()):
                continue
            given = tables[table.name][name].dropna()
            if len(lost := given[~given.isin(tables[other][key])]):
                return f"table {table.name} names {lost.iloc[0]}, and table {other} does not have it"
    return ""


def data_dictionary(tables: Iterable[Table] = STORY_TABLES) -> pd.DataFrame:
    """Describe every column of the tables, one row each.

    Returns:
        Columns table, column, type, unit, may_be_missing, withheld (where no text is shared), values, meaning.
    """
    import pandas as pd

    rows = [
        {
            "table": table.name,
            "column": column.name,
            "type": column.dtype,
            "unit": column.unit,
            "may_be_missing": column.optional,
            "withheld": column.withheld,
            "values": "; ".join(column.values),
            "meaning": column.meaning,
        }
        for table in tables
        for column in table.columns
    ]
    return pd.DataFrame(rows)


def top_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that count: those that are not part of another, in their order.

    Args:
        claims: a CLAIMS table; one without `part_of` has no parts.
    """
    return claims[claims["part_of"].isna()] if "part_of" in claims.columns else claims


def with_parts(claims: pd.DataFrame) -> pd.DataFrame:
    """Return all claims, every one followed by its parts; both in their order.

    Args:
        claims: a CLAIMS table.
    """
    place = {name: at for at, name in enumerate(top_claims(claims)["claim_id"])}
    wholes = claims["part_of"].fillna(claims["claim_id"])
    order = claims.assign(place=wholes.map(place), part=claims["part_of"].notna())
    return claims.loc[order.sort_values(["place", "part"], kind="stable").index]


def unread(coverage: pd.DataFrame) -> pd.Series:
    """Return for every row of COVERAGE whether the outlet could not be assessed for the claim.

    Its article is in another language, has no usable text or was withdrawn: it is undecided, and its evidence, if any,
    has no place in the story. Or the article was cut off: then only what it carries is known, and a rate over that
    alone would be 100 %, so all its claims count as not assessed, those that it carries as well. Such a claim is not
    available to the outlet.
    """
    cut = coverage["state"] == NOT_ASSESSABLE
    of = [coverage[name] for name in ("story_id", "outlet") if name in coverage.columns]
    in_cut = cut.groupby(of).transform("any") if cut.any() else cut
    return in_cut | ((coverage["state"] == "undecided") & coverage["position"].isna())


def counted(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return a story's tables without its parts, for what counts claims.

    Args:
        tables: a story's tables by their names, `claims` and `coverage` among them.

    Returns:
        The same tables, of these two only the rows of the claims that count.
    """
    claims = top_claims(tables["claims"])
    coverage = tables["coverage"]
    if len(claims) < len(tables["claims"]):
        coverage = coverage[coverage["claim_id"].isin(claims["claim_id"])].reset_index(drop=True)
    return {**tables, "claims": claims.reset_index(drop=True), "coverage": coverage}
