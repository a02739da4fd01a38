"""The articles and lines behind a bundle, found among those that are given for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.export.read import read_table
from compare.tables import BOILERPLATE

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path

    import pandas as pd

    from compare.export.manifest import Manifest
    from compare.export.withhold import Withheld

# The article_id of an article that brought none, in a bundle without text, where it is keyed.
_KEYED = re.compile(r"a[0-9a-f]{16}")
_KEPT = ("story_id", "outlet", "published", "url", "language")
_NAMED = 5  # articles that an error names


def original_records(there: pd.DataFrame, given: pd.DataFrame, withheld: Withheld | None) -> list[dict[str, Any]]:
    """Take each article's text from those given, and everything else from the bundle.

    Raises:
        InputError: names the articles that are missing or have another text.
    """
    fingerprint: Callable[[str], str] = withheld.fingerprint if withheld else str
    suffix = "_hmac" if withheld else ""
    found: dict[str, list[dict[Hashable, Any]]] = {}
    for row in given.to_dict("records"):
        found.setdefault(fingerprint(row["text"]), []).append(row)

    def alike(row: dict[Hashable, Any], other: dict[Hashable, Any]) -> tuple[bool, ...]:
        name, title = other["article_id"], other["title"]
        name = withheld.article_or_sentence(name) if withheld else name
        title = fingerprint(title) if isinstance(title, str) else title
        return row["article_id"] == name, row["outlet"] == other["outlet"], row[f"title{suffix}"] == title

    ids = set(given["article_id"])
    records, absent = [], []
    for row in there.to_dict("records"):
        name, same = row["article_id"], found.get(row[f"text{suffix}"], [])
        if not same:
            what = "has another text" if name in ids else "is not among the articles"
            absent.append(f"{name} of {row['outlet']} {what}")
            continue
        # Of articles with the same text, the one that is most surely this one.
        best = max(same, key=lambda other, row=row: alike(row, other))  # type: ignore[misc] # a bound loop variable
        record: dict[str, Any] = {field: row[field] for field in _KEPT} | {"title": best["title"], "text": best["text"]}
        if not (withheld and _KEYED.fullmatch(name)):  # else it comes of outlet, title and text, as it did
            record["article_id"] = name
        records.append(record)
    if absent:
        more = f" and {len(absent) - _NAMED} more" if len(absent) > _NAMED else ""
        raise InputError(f"{len(absent)} of {len(there)} articles: {'; '.join(absent[:_NAMED])}{more}")
    return records


def original_boilerplate(
    folder: Path, manifest: Manifest, articles: pd.DataFrame, withheld: Withheld | None
) -> pd.DataFrame | None:
    """Return the lines that were left out; None where they have to be learned again."""
    if BOILERPLATE.name not in manifest.tables:
        return None
    lines = read_table(folder, manifest, BOILERPLATE)
    if withheld is None:
        return lines
    printed = {line.strip() for text in articles["text"] for line in text.split("\n")}
    found = lines["line_hmac"].map({withheld.fingerprint(line): line for line in printed})
    if manifest.kind == "corpus" and found.isna().any():
        return None
    return BOILERPLATE.frame(lines.assign(line=found)[found.notna().to_numpy()])
