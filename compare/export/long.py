"""What coders and the toolkit answer, in the long form: a row per unit, variable and coder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from compare.errors import InputError
from compare.tables import CARRIED, CODED

if TYPE_CHECKING:
    import pandas as pd

    from compare.validation.validated import Validation

Codes = Literal["code", "carried"]
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
_NEEDED = ("story_id", "claim_id", "outlet", "state")


def to_long(source: Any, values: Codes = "code", *, articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give codes one row per unit, variable and coder, as packages for text and for reliability take them.

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
    from compare.validation.validated import Validation

    if values not in get_args(Codes):
        raise InputError(f"to_long: values is {values!r}; give one of {', '.join(get_args(Codes))}.")
    if isinstance(source, Validation):
        return _of_validation(source, values, articles)
    return CODED.frame(_of_toolkit(_decisions(source), values, _articles_of(source, articles)))


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
    if values == "carried":
        carried = decisions["state"].isin(CARRIED).map({True: "yes", False: "no"})
        code = carried.mask(decisions["state"] == "undecided")
    else:
        code = decisions["state"].map(_CODE_OF)
    units = decisions["unit"] if "unit" in decisions else documents + "#" + decisions["claim_id"]
    return decisions[[]].assign(
        doc_id=documents, unit=units, variable=decisions["claim_id"], coder=TOOLKIT, code=code.astype("object")
    )


def _decisions(source: Any) -> pd.DataFrame:
    """What the toolkit decided: of articles where they are known, else of outlets."""
    import pandas as pd

    from compare.validation.decisions import decisions_of

    if not isinstance(source, pd.DataFrame) or "article_id" not in source.columns:
        return decisions_of(source, parts=True)
    absent = [name for name in _NEEDED if name not in source.columns]
    if absent:
        raise InputError(f"to_long: the table has no column {', '.join(absent)}; give what track_claims gives.")
    twice = source.loc[source.duplicated(["claim_id", "article_id"]), "article_id"].tolist()
    if twice:
        raise InputError(f"to_long: a claim is judged twice for article {twice[0]}; keep one row of each.")
    return source.reset_index(drop=True)


def _articles_of(source: Any, articles: pd.DataFrame | None) -> pd.DataFrame | None:
    """The articles that are given, or else the source's own; their text may be withheld."""
    import pandas as pd

    if articles is not None or isinstance(source, pd.DataFrame):
        return articles
    parts = [source] if hasattr(source, "coverage") else list(source)
    own = [getattr(part, "articles", None) for part in parts]
    known = [table for table in own if table is not None]
    return pd.concat(known, ignore_index=True) if len(known) == len(own) else None


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
