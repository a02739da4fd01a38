"""What several verbs have in common: their options, and how articles are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import compare
from compare.comparison import AbsentReader

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from compare.matching.reader import Chosen

SHEETS = click.option(
    "--sheets",
    multiple=True,
    metavar="FILE",
    help="What coders filled in: a sheet, or a folder of CSV sheets; may be given several times.",
)
CODED = click.option(
    "--sheets",
    multiple=True,
    metavar="FILE",
    help="With --reader URL#MODEL: what coders filled in, a sheet or a folder of CSV sheets. How much the model counts "
    "is fitted to it; else it counts half.",
)
KEY = click.option("--key", metavar="FILE", help="The key of their sample; beside the first sheet unless given.")
SOURCES = click.argument("sources", metavar="ARTICLES...", nargs=-1, required=True)
SETTINGS = click.option(
    "--settings", "settings_file", metavar="FILE", help="A TOML file like `storydiff settings` prints."
)
SKIP_BAD = click.option("--skip-bad", is_flag=True, help="Leave out records that cannot be used, and name them.")
READER = click.option(
    "--reader",
    metavar="none|small|URL#MODEL",
    help="Who reads what words alone leave open: small, the model that ships with storydiff (unless said otherwise); "
    "none: fast, and blind to most changed meanings; or a language model behind a chat-completions address, such as "
    "http://localhost:11434/v1#llama3.1. Where the address is not local, the articles leave this machine.",
)
STORY = click.option("--story", metavar="ID", help="Only this story, where the articles hold several.")


def story_options(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the articles and what all verbs for articles take."""
    for option in (READER, SETTINGS, STORY, SKIP_BAD, SOURCES):
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


def is_model(name: str | None) -> bool:
    """Whether --reader names a language model."""
    return name not in (None, "small", "none")


def check_coded(reader: str | None, sheets: tuple[str, ...], key: str | None) -> None:
    """Refuse sheets where there is no language model to calibrate."""
    if key and not sheets:
        raise compare.InputError("--key belongs to sheets; add --sheets FILE.")
    if sheets and not is_model(reader):
        raise compare.InputError("--sheets says how far a language model can be trusted; add --reader URL#MODEL.")


def reader_named(
    name: str | None, sheets: tuple[str, ...] = (), key: str | None = None, settings: compare.Settings | None = None
) -> Chosen:
    """The reader that is named on the command line, calibrated where sheets are given; the shipped one unless named."""
    if name is None or name == "small":
        return "small"
    if name == "none":
        return None
    url, _, model = name.rpartition("#")
    if not (url and model):
        raise compare.InputError(
            f"--reader is {name!r}: give small, none, or a language model's address and name: "
            "http://localhost:11434/v1#llama3.1"
        )
    reader = compare.LanguageModelReader(url, model)
    if not sheets:
        return reader
    calibrated = compare.calibrated(reader, sheets_in(sheets), key, settings=settings)
    click.echo(f"storydiff: {calibrated.sentence}.", err=True)
    return calibrated


def run_of(
    sources: tuple[str, ...], skip_bad: bool, settings_file: str | None, reader: str | None = None
) -> compare.Corpus | None:
    """Open the run folder that stands among the sources; None if they are articles."""
    from compare.corpus.store import is_run
    from compare.export.manifest import is_bundle

    for source in sources:
        if source != "-" and is_bundle(Path(source)):
            raise compare.InputError(
                f"{source}: is a data set; check it with: storydiff reproduce {source}, or read it in Python with "
                "compare.read_bundle."
            )
    run = next((source for source in sources if source != "-" and is_run(Path(source))), None)
    if run is None:
        return None
    if len(sources) > 1:
        raise compare.InputError(
            f"{run}: is a run folder, and stands alone; give it without {sources[sources[0] == run]}."
        )
    asked = {"--skip-bad": skip_bad, "--settings": settings_file, "--reader": reader}
    option = next((name for name, value in asked.items() if value), None)
    if option:
        raise compare.InputError(f"{option} is for articles; the stories of {run} are compared already.")
    return compare.open_run(run)


def story_of(run: compare.Corpus, story: str | None, source: str) -> compare.Comparison:
    """Read one story of a run, where a verb is for one."""
    if story is None:
        raise compare.InputError(
            f"{source}: is a run of {len(run.stories)} stories, and this is for one; "
            f"add --story ID, such as --story {run.stories[0]}."
        )
    return run.story(story)


def validation_of(sheets: tuple[str, ...], key: str | None) -> compare.Validation | None:
    """Read what coders filled in, if it is given; see `sheets_in`."""
    if not sheets:
        if key:
            raise compare.InputError("--key belongs to sheets; add --sheets FILE.")
        return None
    return compare.read_sheets(sheets_in(sheets), key)


def sheets_in(sheets: tuple[str, ...]) -> list[Path]:
    """Name the sheets; a folder stands for the CSV sheets in it."""
    paths: list[Path] = []
    for sheet in map(Path, sheets):
        found = sorted(sheet.glob("*.csv")) if sheet.is_dir() else [sheet]
        if not found:
            raise compare.InputError(
                f"{sheet}: has no CSV sheets; name the files themselves, such as {sheet}/coder-1.answers.json."
            )
        paths.extend(found)
    return paths


def given(
    sources: tuple[str, ...],
    skip_bad: bool,
    settings_file: str | None,
    story: str | None,
    reader: str | None,
    sheets: tuple[str, ...] = (),
    key: str | None = None,
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The articles, those of one story if it is asked for, and the options with which they are compared."""
    check_coded(reader, sheets, key)
    run = run_of(sources, skip_bad, settings_file)
    if run is not None:
        return _given_by_run(run, story, reader, sheets, key)
    settings = compare.Settings.read(settings_file) if settings_file else None
    options: dict[str, Any] = {"settings": settings}
    articles = compare.read_articles(sources[0] if len(sources) == 1 else list(sources), skip_bad=skip_bad)
    if story is not None:
        known = list(dict.fromkeys(articles["story_id"]))
        picked = articles[articles["story_id"] == story]
        if picked.empty:
            raise compare.InputError(f"there is no story {story!r}; there are {', '.join(known[:10])}.")
        # What an outlet prints in all its articles shows in the other stories.
        options["boilerplate"] = compare.learn_boilerplate(articles[articles["outlet"].isin(picked["outlet"])])
        articles = picked
    # Only now, as to calibrate a language model it is asked.
    return articles, options | {"reader": reader_named(reader, sheets, key, settings)}


def compared(codebook: str | None = None, **story: Any) -> compare.Comparison:
    """Compare the articles of one story, or read it from a run; with a codebook, compare it by these claims."""
    check_coded(story["reader"], story.get("sheets", ()), story.get("key"))
    if codebook is None:
        run = run_of(story["sources"], story["skip_bad"], story["settings_file"], story["reader"])
        if run is not None:
            return story_of(run, story["story"], story["sources"][0])
    articles, options = given(**story)
    return compare.compare_story(articles, codebook=codebook, **options)


def _given_by_run(
    run: compare.Corpus, story: str | None, reader: str | None, sheets: tuple[str, ...], key: str | None
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The articles of a run, and the options with which they were compared."""
    if run.manifest.encoder:
        raise compare.InputError(
            f"{run.folder.name}: was made with {run.manifest.encoder}, which the command line does not have; "
            "use open_run(..., encoder=...) in Python."
        )
    if isinstance(run.reader, AbsentReader) and reader is None:
        raise compare.InputError(
            f"{run.folder.name}: was made with {run.manifest.reader}; name a reader with --reader, or use "
            "open_run(..., reader=...) in Python."
        )
    one = run.story(story or run.stories[0])
    options = {
        "settings": run.settings,
        "reader": reader_named(reader, sheets, key, run.settings) if reader else run.reader,
        "boilerplate": one.boilerplate,
    }
    return one.articles if story is not None else run.articles, options
