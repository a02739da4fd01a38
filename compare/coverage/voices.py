"""Coverage figures in two versions: as printed, and with the copies of one text as one voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.tables import CARRIED

if TYPE_CHECKING:
    import pandas as pd


def collapse_wire(wire: pd.DataFrame) -> pd.Series:
    """Give every article its voice: copies of one text are one voice, and an outlet's own texts are one.

    Args:
        wire: a WIRE table.

    Returns:
        The voices by article_id: the group's id for a copy, the outlet for its own text.
    """
    voice = wire["group_id"].where(wire["group_id"].notna(), wire["outlet"])
    return voice.set_axis(wire["article_id"]).rename("voice")


def claim_rates(coverage: pd.DataFrame, wire: pd.DataFrame) -> pd.DataFrame:
    """How widely each claim is carried, by outlets and by voices.

    Args:
        coverage: a COVERAGE table.
        wire: the WIRE table of the same story.

    Returns:
        A row per claim, in the order of the coverage table: claim_id, outlets (of the story), carried
        (outlets that carry it), rate (their share), voices, carried_voices, and rate_collapsed (the same
        with wire copies as one voice, which carries a claim if any of its copies does).
    """
    import pandas as pd

    cells = _carried(coverage, wire)
    order = coverage["claim_id"].unique()
    table = pd.DataFrame({"claim_id": order, "outlets": coverage["outlet"].nunique()})
    table["carried"] = _count(cells, "claim_id", "outlet", order)
    table["rate"] = table["carried"] / table["outlets"]
    table["voices"] = collapse_wire(wire).nunique()
    table["carried_voices"] = _count(cells, "claim_id", "voice", order)
    table["rate_collapsed"] = table["carried_voices"] / table["voices"]
    return table


def outlet_rates(coverage: pd.DataFrame, wire: pd.DataFrame) -> pd.DataFrame:
    """How many of the claims each outlet carries, by itself and with those that run the same text.

    Args:
        coverage: a COVERAGE table.
        wire: the WIRE table of the same story.

    Returns:
        A row per outlet, in the order of the coverage table, or several where it has copies beside texts
        of its own: outlet, voice, claims (of the story), carried (by the outlet), rate, carried_voice (by
        the voice: by any copy of the text), rate_collapsed. For figures over voices keep one row of each
        voice: `table.drop_duplicates("voice")`.
    """
    cells = _carried(coverage, wire)
    order = coverage["outlet"].unique()
    voices = wire[["outlet"]].assign(voice=collapse_wire(wire).to_numpy()).drop_duplicates()
    table = voices.set_index("outlet").loc[order].reset_index()
    table["claims"] = coverage["claim_id"].nunique()
    table["carried"] = _count(cells, "outlet", "claim_id", table["outlet"])
    table["rate"] = table["carried"] / table["claims"]
    table["carried_voice"] = _count(cells, "voice", "claim_id", table["voice"])
    table["rate_collapsed"] = table["carried_voice"] / table["claims"]
    return table


def _carried(coverage: pd.DataFrame, wire: pd.DataFrame) -> pd.DataFrame:
    """The cells that count as carried, with the voice of the article that holds their evidence."""
    cells = coverage[coverage["state"].isin(CARRIED)]
    article = cells["sentence_id"].str.rsplit(":", n=1).str[0]
    return cells.assign(voice=article.map(collapse_wire(wire)))


def _count(cells: pd.DataFrame, of: str, what: str, order: Any) -> Any:
    """For each name in `order`, how many different values go with it."""
    return cells.groupby(of)[what].nunique().reindex(order, fill_value=0).to_numpy()
