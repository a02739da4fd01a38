"""A stratified sample of decisions, shared out among coders who do not see what the toolkit said."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.validation.decisions import articles_of, decisions_of, fingerprint
from compare.validation.sheets import Sample
from compare.validation.strata import sample_sizes, strata_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.outlets.intervals import Flags

_OVERLAP = 50  # units that all coders see unless told: fewer give an alpha that may be anything


def sample_decisions(  # noqa: PLR0913 - each but the tables is optional and named
    tables: Any,
    n: int = 200,
    *,
    coders: int | Sequence[str] = 2,
    overlap: int | None = None,
    by: str | None = None,
    seed: int = 1,
) -> Sample:
    """Draw decisions, claim by outlet, for coders to check without knowing what the toolkit says.

    The decisions are stratified by the probability that the outlet carries the claim. Every stratum gets some units,
    even those far below the cut-off, so that recall can be estimated.

    Args:
        tables: a `Comparison`, several of them, or anything with the tables coverage, claims and articles.
        n: how many decisions; `Sample.needed` says how many an interval takes.
        coders: how many, or their names.
        overlap: units that every coder gets, for agreement; if None, 50, or all if there are fewer. The other units go
            to one coder each.
        by: a column to stratify by as well, such as "outlet", so that each outlet's own error is measured.
        seed: the seed of the draws: the same input gives the same sample.

    Returns:
        A `Sample`.

    Raises:
        InputError: n is too small or not a number, coders are named twice, or the tables cannot be used.
    """
    names = _coder_names(coders)
    decisions, articles = decisions_of(tables), articles_of(tables)
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 1:
        raise InputError(f"n is {n!r}: give the number of decisions to draw, such as 200.")
    n = min(int(n), len(decisions))
    shared = min(_OVERLAP if overlap is None else overlap, n) if len(names) > 1 else n
    if shared < 0:
        raise InputError(f"overlap is {overlap}: give the number of units that every coder gets, 0 or more.")
    rng = np.random.default_rng(seed)
    decisions, drawn = draw(decisions, n, by, rng)
    how = f"{fingerprint(decisions)}\0{seed}\0{n}\0{names}\0{shared}\0{by}"
    digits = hashlib.sha256(how.encode()).hexdigest()[:12]
    decisions["unit"] = [
        _unit(digits, claim, outlet, story) if is_drawn else None
        for claim, outlet, story, is_drawn in zip(
            decisions["claim_id"], decisions["outlet"], decisions["story_id"], drawn, strict=True
        )
    ]
    decisions["unit"] = decisions["unit"].astype("str")
    units = _units(decisions[drawn], articles)
    # A letter first: spreadsheets take "1569764310e3" for a number, and write another one.
    return Sample(f"s{digits}", seed, decisions, units, _assigned(units, names, shared, rng), shared)


def draw(decisions: pd.DataFrame, n: int, by: str | None, rng: np.random.Generator) -> tuple[pd.DataFrame, Flags]:
    """Draw n decisions: the decisions with stratum and sampling_probability, and which of them are drawn."""
    decisions = decisions.assign(stratum=strata_of(decisions, by))
    counts = sample_sizes(decisions, decisions["stratum"], n)
    drawn = np.zeros(len(decisions), dtype=bool)
    places = decisions.groupby("stratum").indices
    for stratum, count in counts.items():
        drawn[rng.choice(places[stratum], size=count, replace=False)] = True
    sizes = decisions["stratum"].map(decisions["stratum"].value_counts())
    decisions["sampling_probability"] = (decisions["stratum"].map(counts) / sizes).astype(float)
    return decisions, drawn


def _coder_names(coders: int | Sequence[str]) -> tuple[str, ...]:
    if isinstance(coders, int) and not isinstance(coders, bool) and coders > 0:
        return tuple(f"coder-{number}" for number in range(1, coders + 1))
    names = tuple(coders) if not isinstance(coders, (int, str)) else ()
    fit = all(isinstance(name, str) and name and name.replace("-", "").replace("_", "").isalnum() for name in names)
    if not names or not fit or len({name.lower() for name in names}) < len(names):
        raise InputError(
            f"coders is {coders!r}: give their number, or their names, each different, "
            "of letters, digits, - and _, because files are named after them."
        )
    return names


def _unit(*parts: str) -> str:
    """Return an id that tells a coder nothing about the decision."""
    return "u" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:10]


def _units(drawn: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return what a coder must see: the claim and all that the outlet wrote on the story, without the outlet's name."""
    import pandas as pd

    several = bool((drawn["story_id"] != "").any())
    wanted = set(zip(drawn["story_id"].astype(str), drawn["outlet"].astype(str), strict=True))
    texts: dict[tuple[str, str], tuple[str, str, str]] = {}
    columns = (articles[name].tolist() for name in ("story_id", "outlet", "title", "text", "article_id"))
    for story, outlet, given, text, article in zip(*columns, strict=True):
        where, title = (str(story) if several else "", str(outlet)), given if isinstance(given, str) else ""
        if where in texts:  # an outlet's further article on the story follows its first
            headline, before, first = texts[where]
            texts[where] = headline, f"{before}\n\n{title}\n\n{text}", first
        elif where in wanted:
            texts[where] = title, text, article
    rows = []
    names = ("unit", "claim", "story_id", "outlet")
    for unit, claim, story, outlet in zip(*(drawn[name].astype(str) for name in names), strict=True):
        if (story, outlet) not in texts:
            raise InputError(
                f"there is no article of {outlet} on story {story}, and so nothing that a coder could read; "
                "give the articles that the coverage came from."
            )
        rows.append((unit, claim, *texts[story, outlet]))
    return pd.DataFrame(rows, columns=["unit", "claim", "headline", "article", "article_id"], dtype="str")


def _assigned(
    units: pd.DataFrame, names: tuple[str, ...], shared: int, rng: np.random.Generator
) -> dict[str, list[str]]:
    """Share the units out; each coder reads article by article, articles and claims in an order of their own."""
    order = rng.permutation(len(units))
    own = order[shared:]
    given: dict[str, list[str]] = {}
    for number, name in enumerate(names):
        mine = units.iloc[np.concatenate([order[:shared], own[number :: len(names)]])]
        articles = rng.permutation(mine["article_id"].unique())
        place = dict(zip(articles, range(len(articles)), strict=True))
        shuffled = mine.iloc[rng.permutation(len(mine))]
        by_article = shuffled.assign(place=shuffled["article_id"].map(place)).sort_values("place", kind="stable")
        given[name] = by_article["unit"].tolist()
    return given
