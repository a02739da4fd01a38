"""Claims as coding software wants them: a row per article and a column per claim, or a row per unit and coder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from compare.errors import InputError
from compare.tables import CARRIED, CODED

if TYPE_CHECKING:
    import pandas as pd

    from compare.validation.validated import Validation

Values = Literal["carried", "state", "probability"]
Codes = Literal["code", "carried"]
UNIT = ("article_id", "story_id", "outlet")
TOOLKIT = "storydiff"  # as a coder
# The toolkit's states on the scale that coders use; undecided is no answer.
_CODE_OF = {
    "verbatim": "yes",
    "paraphrased": "yes",
    "partial": "part",
    "altered": "part",
    "contested": "yes",
    "omitted": "no",
}


def to_wide(tracked: pd.DataFrame, values: Values = "carried") -> pd.DataFrame:
    """Return the `tracked` table with one row per article and one column per claim, as coding software wants it.

    Args:
        tracked: what `track_claims` gives; several of them may be put together with `pandas.concat`.
        values: what the cells hold: "carried" (1, 0 for omitted, missing for undecided), "state" or
            "probability". Where an article was not asked for a claim, its cell is missing.

    Returns:
        Columns article_id, story_id and outlet, then one for each claim_id; both in the given order.

    Raises:
        InputError: it is not a `tracked` table, an article is judged twice for a claim, or a claim_id is
            the name of one of the first columns.
    """
    if values not in get_args(Values):
        raise InputError(f"to_wide: values is {values!r}; give one of {', '.join(get_args(Values))}.")
    taken = [name for name in tracked.get("claim_id", ()) if name in UNIT]
    if taken:
        raise InputError(
            f"claim_id {taken[0]!r} is the name of a column that identifies the article; rename the claim."
        )
    _check_tracked("to_wide", tracked, (*UNIT, "claim_id", "state", "probability"))
    ids = tracked["claim_id"].drop_duplicates()
    units = tracked[list(UNIT)].drop_duplicates("article_id", ignore_index=True)
    cells = tracked
    if values == "carried":
        carried = tracked["state"].isin(CARRIED).astype("Int64").mask(tracked["state"] == "undecided")
        cells = tracked.assign(carried=carried)
    grid = cells.pivot(index="article_id", columns="claim_id", values=values)
    grid = grid.reindex(index=units["article_id"], columns=ids)
    return units.join(grid.reset_index(drop=True)).rename_axis(columns=None)


def to_long(source: Any, values: Codes = "code", *, articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return codes with one row per unit, variable and coder, as packages for text and for reliability take them.

    The toolkit is a coder too, called "storydiff". A grid of units by coders is one line away:
    `long.pivot(index="unit", columns="coder", values="code")`.

    Args:
        source: a `Validation`: its coders' answers, and the toolkit's on the same units; or the toolkit's alone: the
            `tracked` table, or tables as `sample_decisions` takes them (a `Comparison`, several, a coverage table).
        values: "code": yes, part or no, where the toolkit says yes for verbatim, paraphrased and contested, part for
            partial and altered; "carried": yes or no.
        articles: as `read_articles` gives them: doc_id is then the article (of several that an outlet has on a story
            the first) and not the outlet's version. A Comparison brings its own.

    Returns:
        The table CODED: doc_id, unit, variable, coder, code (missing for unsure and undecided).

    Raises:
        InputError: the source cannot be used, or a coder is called storydiff.
    """
    import pandas as pd

    from compare.validation.decisions import decisions_of
    from compare.validation.validated import Validation

    if values not in get_args(Codes):
        raise InputError(f"to_long: values is {values!r}; give one of {', '.join(get_args(Codes))}.")
    if isinstance(source, Validation):
        return _of_validation(source, values, articles)
    if isinstance(source, pd.DataFrame) and "article_id" in source:
        _check_tracked("to_long", source, ("story_id", "claim_id", "outlet", "state"))
        return CODED.frame(_of_toolkit(source.reset_index(drop=True), values, articles))
    decisions = decisions_of(source, parts=True)
    if articles is None and not isinstance(source, pd.DataFrame):
        parts = [source] if hasattr(source, "coverage") else list(source)
        own = [getattr(part, "articles", None) for part in parts]
        articles = pd.concat(own, ignore_index=True) if all(one is not None for one in own) else None
    return CODED.frame(_of_toolkit(decisions, values, articles))


def _check_tracked(caller: str, table: pd.DataFrame, needed: tuple[str, ...]) -> None:
    absent = [name for name in needed if name not in table.columns]
    if absent:
        raise InputError(f"{caller}: the table has no column {', '.join(absent)}; give what track_claims gives.")
    twice = table.loc[table.duplicated(["claim_id", "article_id"]), "article_id"].tolist()
    if twice:
        raise InputError(f"{caller}: a claim is judged twice for article {twice[0]}; keep one row of each.")


def _of_validation(validation: Validation, values: Codes, articles: pd.DataFrame | None) -> pd.DataFrame:
    import pandas as pd

    labels = validation.labels
    if TOOLKIT in set(labels["coder"]):
        raise InputError(f"to_long: a coder is called {TOOLKIT}, as the toolkit is; rename the coder.")
    coded = validation.decisions[validation.decisions["unit"].isin(labels["unit"])]
    ours = _of_toolkit(coded, values, articles)
    code = labels["code"].where(labels["code"].isin(list(CODED.columns[-1].values)))
    if values == "carried":
        code = code.isin(validation.carried).map({True: "yes", False: "no"}).where(code.notna())
    theirs = labels[["unit", "coder"]].assign(code=code)
    theirs = theirs.merge(ours[["doc_id", "unit", "variable"]], on="unit", how="left", validate="many_to_one")
    return CODED.frame(pd.concat([theirs, ours], ignore_index=True))


def _of_toolkit(decisions: pd.DataFrame, values: Codes, articles: pd.DataFrame | None) -> pd.DataFrame:
    documents = _documents(decisions, articles)
    code = decisions["state"].map(_CODE_OF)
    if values == "carried":
        code = code.replace("part", "yes")
    units = decisions["unit"] if "unit" in decisions else documents + "#" + decisions["claim_id"]
    return decisions[[]].assign(
        doc_id=documents, unit=units, variable=decisions["claim_id"], coder=TOOLKIT, code=code.astype("object")
    )


def _documents(decisions: pd.DataFrame, articles: pd.DataFrame | None) -> pd.Series:
    if "article_id" in decisions:
        return decisions["article_id"]
    outlets = decisions["outlet"]
    stories = decisions["story_id"].astype("str").fillna("")
    if articles is None:
        return (stories + "/" + outlets).where(stories != "", outlets)
    absent = [name for name in ("article_id", "story_id", "outlet") if name not in articles.columns]
    if absent:
        raise InputError(f"to_long: articles has no column {', '.join(absent)}; give what read_articles gives.")
    where = ["story_id", "outlet"] if (stories != "").any() else ["outlet"]
    first = articles.drop_duplicates(where).set_index(where)["article_id"]
    found = decisions[where].merge(first, left_on=where, right_index=True, how="left")["article_id"]
    if found.isna().any():
        row = decisions[found.isna().to_numpy()].iloc[0]
        raise InputError(
            f"to_long: there is no article of {row['outlet']} on story {row['story_id']}; give all articles."
        )
    return found
