"""A part tells a detail of a claim: it is shown with it, and whatever counts claims counts the claim alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


def top_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """Give the claims that count: those that are no part of another, in their order.

    Args:
        claims: a CLAIMS table; one without `part_of` has no parts.
    """
    return claims[claims["part_of"].isna()] if "part_of" in claims.columns else claims


def with_parts(claims: pd.DataFrame) -> pd.DataFrame:
    """Give all claims, every one followed by its parts; both in their order.

    Args:
        claims: a CLAIMS table.
    """
    place = {name: at for at, name in enumerate(top_claims(claims)["claim_id"])}
    wholes = claims["part_of"].fillna(claims["claim_id"])
    order = claims.assign(place=wholes.map(place), part=claims["part_of"].notna())
    return claims.loc[order.sort_values(["place", "part"], kind="stable").index]


def counted(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give a story's tables without its parts, for what counts claims.

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
