"""Which outlets run a copy of one text: badges beside their names, and a sentence and a table for each text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from compare.report.story.view import SHARED_FROM
from compare.report.wording import NAMES_AT_MOST, count, name_of, names_of, p_value, percent, plain
from compare.tables import HEADLINE

if TYPE_CHECKING:
    import pandas as pd

    from compare.report.story.view import View

MARK = "†"  # stands beside the name of a copy if there is no room for the badge
NO_SELECTION = "Sentences missing from the end of a copy say nothing about what the outlet chose."
_MISSING = {"none": "", "tail": "end missing", "middle": "parts missing", "both": "parts and end missing"}


def article_badges(view: View) -> dict[str, str]:
    """Return the badges of the articles that are copies, by article_id."""
    story = view.comparison
    return {row["article_id"]: _badge(row) for row in _copies(story.wire, story.articles)}


def outlet_badges(wire: pd.DataFrame, articles: pd.DataFrame) -> dict[str, str]:
    """Return the badges of outlets with copies; for an outlet with several articles, it says how many are copies."""
    badges: dict[str, list[str]] = {}
    for row in _copies(wire, articles):
        badges.setdefault(row["outlet"], []).append(_badge(row))
    printed = wire["outlet"].value_counts().to_dict()
    found = {}
    for outlet, copies in badges.items():
        which = "; ".join(dict.fromkeys(copies))
        some = f"{len(copies)} of {printed[outlet]} articles: " if printed[outlet] > 1 else ""
        found[outlet] = some + which
    return found


def cut_from_the_end(view: View) -> set[str]:
    """Return the outlets whose articles are all copies without their end: they did not select what is missing."""
    cut = view.comparison.wire.groupby("outlet")["cut"].agg(set)
    return {str(outlet) for outlet, places in cut.items() if places == {"tail"}}


def copy_sentences(view: View) -> list[Markup]:
    """For each text that several outlets run, say which outlets run it and what each copy lacks."""
    groups: dict[str, list[dict[Any, Any]]] = {}
    for row in _copies(view.comparison.wire, view.comparison.articles):
        groups.setdefault(row["group_id"], []).append(row)
    sentences = []
    for rows in groups.values():
        outlets = list(dict.fromkeys(row["outlet"] for row in rows))
        agency = next((row["agency"] for row in rows if isinstance(row["agency"], str)), None)
        which = Markup("the same agency text (<bdi>{}</bdi>)").format(plain(agency)) if agency else "the same text"
        changed = [(row, how) for row in rows if (how := _difference(row))]
        told = [Markup("{} {}").format(name_of(row["outlet"]), how) for row, how in changed[:NAMES_AT_MOST]]
        if len(changed) > len(told):
            told.append(Markup("{} more are cut or edited").format(len(changed) - len(told)))
        text = Markup("; ").join([Markup("{} run {}").format(names_of(outlets), which), *told]) + "."
        cut = any(row["cut"] == "tail" for row in rows)
        sentences.append(text + " " + NO_SELECTION if cut else text)
    return sentences


def one_text(view: View) -> Markup | None:
    """Return a warning if all outlets run one text, which leaves nothing to compare; else None."""
    if len(view.outlets) < SHARED_FROM or len(set(view.voices.values())) > 1:
        return None
    all_of_them = "Both outlets" if len(view.outlets) == SHARED_FROM else f"All {len(view.outlets)} outlets"
    return Markup("<strong>{} run the same text</strong>: they are one voice, not {}.").format(
        all_of_them, len(view.outlets)
    )


def voices(view: View) -> Markup | None:
    """Say how many claims are shared if the copies of one text count as one voice; None if there are no copies."""
    if not _copies(view.comparison.wire, view.comparison.articles):
        return None
    shared = sum(len(claim.voices) >= SHARED_FROM for claim in view.claims)
    template = Markup(
        "Copies of one text counted as one voice, <strong>{} of {}</strong> are told by at least two of {} "
        "(as printed: {})."
    )
    voices = count(len(set(view.voices.values())), "voice")
    return template.format(shared, count(len(view.claims), "claim"), voices, len(view.shared))


def outlet_voices(view: View) -> dict[str, str]:
    """Say for each copy what it carries by itself, and what all copies of its text carry together."""
    copied = {row["group_id"] for row in _copies(view.comparison.wire, view.comparison.articles)}
    if not copied:
        return {}
    rates = view.comparison.outlet_rates()
    return {
        row["outlet"]: f"As printed here it carries {row['carried']} of {count(row['claims'], 'claim')}; "
        f"the copies of its text together carry {row['carried_voice']}."
        for row in rates[rates["voice"].isin(copied)].to_dict("records")
    }


def copy_rows(view: View) -> list[dict[str, Any]]:
    """Return a row for each article that is a copy, grouped by text, the fullest copy of each first.

    Rows have text (its number), agency, outlet, sentences (printed), lacks (sentences of the fullest copy) and added
    (the share of its words that no other copy has).
    """
    story = view.comparison
    told = ~story.sentences["boilerplate"].astype(bool) & (story.sentences["index"] != HEADLINE)
    printed = story.sentences.loc[told, "article_id"].value_counts()
    copies = _copies(story.wire, story.articles)
    texts = {group: number for number, group in enumerate(dict.fromkeys(row["group_id"] for row in copies), 1)}
    agencies = {row["group_id"]: plain(row["agency"]) for row in copies if isinstance(row["agency"], str)}
    copies.sort(key=lambda row: (texts[row["group_id"]], row["source_article_id"] != row["article_id"]))
    return [
        {
            "text": texts[row["group_id"]],
            "agency": agencies.get(row["group_id"], ""),
            "outlet": row["outlet"],
            "sentences": int(printed.get(row["article_id"], 0)),
            "lacks": int(row["cut_sentences"]),
            "added": float(row["added"]),
        }
        for row in copies
    ]


def _copies(wire: pd.DataFrame, articles: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the articles that are copies; `later` says whether the fullest copy is known to be older.

    An agency's text is older than its copies, and so is an article published before them. Otherwise the fullest copy is
    only the longest: another may be the original, from which nothing was cut.
    """
    copies = wire[wire["wire"] != "own"]
    if copies.empty:  # as in most stories; a page calls this several times
        return []
    published = articles.set_index("article_id")["published"]
    first, then = (published.reindex(copies[name]).array for name in ("source_article_id", "article_id"))
    # If a time is missing, the comparison is False.
    rows: list[dict[Any, Any]] = copies.assign(later=(first < then) | copies["agency"].notna()).to_dict("records")
    return rows


def _badge(row: dict[Any, Any]) -> str:
    parts = ["copy of a shared text"]
    if isinstance(row["agency"], str):
        parts = [f"{plain(row['agency'])} agency copy"]
    if row["wire"] == "wire, edited" and row["later"]:
        parts.append("edited")
    if row["cut"] != "none" and row["later"]:
        sure = f" ({p_value(row['p_value'])})" if row["cut"] in {"middle", "both"} else ""
        parts.append(_MISSING[row["cut"]] + sure)
    return ", ".join(parts)


def _difference(row: dict[Any, Any]) -> str:
    """Say how a copy differs from the fullest one; empty if it does not."""
    how = []
    if row["wire"] == "wire, edited":
        own = f" ({percent(row['added'])} of its words stand in no other copy)" if row["added"] else ""
        how.append(f"with {'words changed or added' if row['later'] else 'other words'}{own}")
    cut, sentences = row["cut"], count(row["cut_sentences"], "sentence")
    if cut != "none" and not row["later"]:
        return " and ".join([*how, f"without {sentences} of it; which of them was first is not known"])
    if cut == "tail":
        # With a p-value of 1, exactly the last sentences are missing.
        last = f"its last {sentences}" if row["p_value"] == 1 else f"{sentences} of it"
        how.append(f"without {last}, as a cut from the end would leave it")
    elif cut in {"middle", "both"}:
        how.append(
            f"without {sentences} of it, which a cut from the end would hardly leave out ({p_value(row['p_value'])})"
        )
    return " and ".join(how)
