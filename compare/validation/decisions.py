"""All decisions of a run, claim by outlet, in one table, to be sampled, weighted and corrected."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.tables import ARTICLES, DECIMALS, NOT_ASSESSABLE, STATES, counted, unread

if TYPE_CHECKING:
    import pandas as pd

_NEEDED = ("claim_id", "outlet", "state", "probability")


def decisions_of(tables: Any, *, parts: bool = False) -> pd.DataFrame:
    """Combine the decisions of one or several stories.

    Tables are a `Comparison`, several of them, or anything else with the tables `coverage` and `claims`; or only a
    coverage table, with a column story_id if it holds several stories. Decisions on `parts` of claims count in no rate.

    Returns:
        story_id, claim_id, outlet, state, probability, claim, evidence, unread; sorted by the first three, so that the
        order of the input does not matter.

    Raises:
        InputError: columns are missing, a claim is judged twice at an outlet, or there are no decisions.
    """
    import pandas as pd

    table = pd.concat([_of_one(story, parts=parts) for story in _stories(tables)], ignore_index=True)
    if table.empty:
        raise InputError("there are no decisions: the coverage table has no rows.")
    bad = ~table["probability"].between(0, 1) | ~table["state"].isin(STATES)
    if bad.any():
        row = table[bad].iloc[0]
        raise InputError(
            f"coverage: claim {row['claim_id']} at {row['outlet']} has state {row['state']!r} and probability "
            f"{row['probability']}; a state is one of {', '.join(STATES)}, a probability from 0 to 1."
        )
    names = ["story_id", "claim_id", "outlet"]
    if table.duplicated(names).any():
        row = table[table.duplicated(names)].iloc[0]
        raise InputError(f"coverage: claim {row['claim_id']} is judged twice at {row['outlet']}; keep one row of each.")
    return table.sort_values(names, kind="stable", ignore_index=True)


def articles_of(tables: Any) -> pd.DataFrame:
    """Combine the articles of the stories, each once.

    Raises:
        InputError: there are no articles beside the coverage, or they lack a column.
    """
    import pandas as pd

    found: list[Any] = [getattr(story, "articles", None) for story in _stories(tables)]
    if any(articles is None for articles in found):
        raise InputError(
            "coders need the articles: give a Comparison, or an object with coverage, claims and articles."
        )
    if any(articles["text"].isna().any() for articles in found if "text" in articles):
        raise InputError("coders need the articles' text, and these were read from a data set without it.")
    try:
        return ARTICLES.frame(pd.concat(found, ignore_index=True)).drop_duplicates("article_id", ignore_index=True)
    except KeyError as error:
        raise InputError(f"{error.args[0]}; give the articles as read_articles returns them.") from error


def digest(*parts: object) -> str:
    """Return a hash of the parts in hexadecimal digits, for making ids."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


def fingerprint(decisions: pd.DataFrame) -> str:
    """Return a hash of the decisions that depends on every claim, outlet, state and probability."""
    digest = hashlib.sha256()
    rows = decisions[["story_id", "claim_id", "outlet", "state", "probability"]]
    for story, claim, outlet, state, probability in rows.itertuples(index=False):
        digest.update(f"{story}\0{claim}\0{outlet}\0{state}\0{probability:.{DECIMALS}f}\n".encode())
    return digest.hexdigest()[:16]


def _stories(tables: Any) -> list[Any]:
    import pandas as pd

    if isinstance(tables, pd.DataFrame) or hasattr(tables, "coverage"):
        return [tables]
    try:
        stories = list(tables)
    except TypeError as error:
        raise InputError(f"a {type(tables).__name__} holds no decisions: give a Comparison or several.") from error
    if not stories or not all(isinstance(story, pd.DataFrame) or hasattr(story, "coverage") for story in stories):
        raise InputError("give a Comparison, several of them, or a coverage table; there is none.")
    return stories


def _of_one(story: Any, *, parts: bool) -> pd.DataFrame:
    import pandas as pd

    coverage = story if isinstance(story, pd.DataFrame) else story.coverage
    claims = getattr(story, "claims", None)
    absent = [name for name in _NEEDED if name not in coverage.columns]
    if absent:
        raise InputError(f"coverage: has no column {', '.join(absent)}; give the coverage table as it is.")
    if claims is not None and not parts:
        coverage = counted({"claims": claims, "coverage": coverage})["coverage"]
    table = coverage[list(_NEEDED)].assign(
        claim=coverage["claim_id"],
        evidence=coverage["evidence"].fillna("") if "evidence" in coverage else "",
        story_id=coverage.get("story_id", ""),
        unread=unread(coverage) if "position" in coverage else False,
    )
    if claims is not None:
        known = claims.drop_duplicates("claim_id").set_index("claim_id")
        table["claim"] = table["claim_id"].map(known["claim"]).fillna(table["claim_id"])
        if "story_id" not in coverage:
            table["story_id"] = table["claim_id"].map(known["story_id"]).fillna("")
    # Nobody can code what stood after a cut.
    table = table[table["state"] != NOT_ASSESSABLE]
    return table[["story_id", "claim_id", "outlet", "state", "probability", "claim", "evidence", "unread"]]
