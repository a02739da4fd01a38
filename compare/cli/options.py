"""What several verbs have in common: their options, and how articles are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import compare

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

SOURCES = click.argument("sources", metavar="ARTICLES...", nargs=-1, required=True)
SETTINGS = click.option(
    "--settings", "settings_file", metavar="FILE", help="A TOML file like `storydiff settings` prints."
)
SKIP_BAD = click.option("--skip-bad", is_flag=True, help="Leave out records that cannot be used, and name them.")
STORY = click.option("--story", metavar="ID", help="Only this story, where the articles hold several.")


def story_options(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the articles and what all verbs for articles take."""
    for option in (SETTINGS, STORY, SKIP_BAD, SOURCES):
        verb = option(verb)
    return verb


def keep_inputs(output: str, inputs: tuple[str, ...]) -> None:
    """Refuse to write over what is read."""
    if output == "-":
        raise compare.InputError("results go to a file: give -o the name of one.")
    target = Path(output).resolve()
    read = {Path(name).resolve() for name in inputs if name != "-"}
    if target in read or (target.parent in read and target.is_file()):
        raise compare.InputError(f"{output}: is read and would be written over; give -o another name.")


def given(
    sources: tuple[str, ...], skip_bad: bool, settings_file: str | None, story: str | None
) -> tuple[compare.Settings | None, pd.DataFrame, pd.DataFrame | None]:
    """The settings, and the articles; if one story is asked for, its articles and what boilerplate they have."""
    settings = compare.Settings.read(settings_file) if settings_file else None
    articles = compare.read_articles(sources[0] if len(sources) == 1 else list(sources), skip_bad=skip_bad)
    boilerplate = None
    if story is not None:
        known = list(dict.fromkeys(articles["story_id"]))
        picked = articles[articles["story_id"] == story]
        if picked.empty:
            raise compare.InputError(f"there is no story {story!r}; there are {', '.join(known[:10])}.")
        # What an outlet prints in all its articles shows in the other stories.
        boilerplate = compare.learn_boilerplate(articles[articles["outlet"].isin(picked["outlet"])])
        articles = picked
    return settings, articles, boilerplate
