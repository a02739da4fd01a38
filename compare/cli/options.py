"""Options shared by several commands, and how the commands read articles."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import compare
from compare.errors import count, counted, listed, warn, way_out
from compare.foreign import file_bytes
from compare.reading.fields import parsed_map
from compare.reading.web.addresses import is_address, only_addresses

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
    help="With --reader URL#MODEL: what coders filled in, a sheet or a folder of CSV sheets. The model's weight "
    "is fitted to them; without them it counts half.",
)
KEY = click.option("--key", metavar="FILE", help="The key of their sample; by default the one beside the first sheet.")
SOURCES = click.argument("sources", metavar="ARTICLES...", nargs=-1, required=True)
SETTINGS = click.option(
    "--settings", "settings_file", metavar="FILE", help="A TOML file like the one that `storydiff settings` prints."
)
SKIP_BAD = click.option("--skip-bad", is_flag=True, help="Leave out records that cannot be used, and name them.")
MAP = click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="FIELD=YOURS,...",
    help="What the fields of the articles are called in your files: outlet=source,text=content. A dot leads into an "
    "object: outlet=source.name.",
)
READER = click.option(
    "--reader",
    metavar="none|small|URL#MODEL",
    help="Who reads what words alone cannot decide: small (the default), the model that ships with storydiff; none, "
    "which is fast but misses most changed meanings; or a language model at a chat-completions address, such as "
    "http://localhost:11434/v1#llama3.1. If the address is not local, the articles leave this machine.",
)
EXCEL = click.option(
    "--excel",
    is_flag=True,
    help="Begin CSV files with a byte order mark, so that Excel shows accents and quotation marks.",
)
ALLOW_PRIVATE = click.option(
    "--allow-private", is_flag=True, help="Also fetch addresses of this machine and of private networks."
)
KEEP = click.option(
    "--keep",
    type=click.Choice(["newest", "first", "all"]),
    default="all",
    show_default=True,
    help="Of several versions of an article at its outlet (print and online, updates): the newest alone, the first "
    "alone, or all together.",
)
HOLD_ARTICLES = (".jsonl", ".csv", ".parquet")
PAGE = (".html", ".htm", "")  # a name without an extension may be a device, and of a RUN's report a folder
STORY = click.option("--story", metavar="ID", help="Only this story, if the articles belong to several.")


def story_options(verb: Callable[..., None]) -> Callable[..., None]:
    """Add the articles, and the options shared by all verbs for articles, to a verb."""
    for option in (ALLOW_PRIVATE, KEEP, READER, SETTINGS, STORY, SKIP_BAD, MAP, SOURCES):
        verb = option(verb)
    return verb


def one_or_all(sources: tuple[str, ...]) -> str | list[str]:
    """Return the sources for `read_articles`: a single file is a story of its own."""
    return sources[0] if len(sources) == 1 else list(sources)


def keep_inputs(output: str, inputs: tuple[str, ...]) -> None:
    """Refuse to overwrite an input; pages that storydiff wrote are no inputs."""
    if output == "-":
        raise compare.InputError("results go to a file; give -o a file name.")
    target = Path(os.path.realpath(output))
    read = {Path(os.path.realpath(name)) for name in inputs if name != "-"}
    if target not in read and not read.isdisjoint(target.parents) and target.is_file():
        from compare.reading.pages import is_own_page

        if target.suffix.lower() not in {".html", ".htm"} or not is_own_page(target.read_bytes()):
            read.add(target)
    if target in read:
        raise compare.InputError(f"{output}: is an input and would be overwritten; give -o another name.")


def keep_format(output: str, *suffixes: str) -> None:
    """Refuse a name that ends as no file which the verb writes, before anything is read; "" allows one without end."""
    if Path(output).suffix.lower() not in suffixes:
        *others, last = filter(None, suffixes)
        ends = f"{', '.join(others)} or {last}" if others else last
        raise compare.InputError(f"{output}: cannot be written in this format; end the name in {ends}.")


def code_of(stop: KeyboardInterrupt) -> int:
    """Return the exit code of a program that was stopped: 128 and the number of the signal."""
    return 128 + (stop.args[0] if stop.args else signal.SIGINT)


def is_model(name: str | None) -> bool:
    """Whether --reader names a language model."""
    return name not in (None, "small", "none")


def reader_named(
    name: str | None, sheets: tuple[str, ...] = (), key: str | None = None, settings: compare.Settings | None = None
) -> Chosen:
    """Return the reader named on the command line, calibrated if sheets are given; by default the small model."""
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


def validation_of(sheets: tuple[str, ...], key: str | None) -> compare.Validation | None:
    """Read the coders' sheets, if any are given; see `sheets_in`."""
    if key and not sheets:
        raise compare.InputError("--key belongs to sheets; add --sheets FILE.")
    return compare.read_sheets(sheets_in(sheets), key) if sheets else None


def sheets_in(sheets: tuple[str, ...]) -> list[Path]:
    """List the sheets; a folder stands for the CSV sheets in it."""
    paths: list[Path] = []
    for sheet in map(Path, sheets):
        found = sorted(sheet.glob("*.csv")) if sheet.is_dir() else [sheet]
        if not found:
            raise compare.InputError(
                f"{sheet}: has no CSV sheets; name the files themselves, such as {sheet}/coder-1.answers.json."
            )
        paths.extend(found)
    return paths


def with_listed(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sources, with its addresses in place of each .txt file that holds nothing else."""
    found: list[str] = []
    for source in sources:
        listed_in: list[str] = []
        if source.lower().endswith(".txt"):
            with suppress(OSError):  # which is told where articles are read
                listed_in = only_addresses(file_bytes(source).decode("utf-8-sig", "ignore"))
        found += listed_in or [source]
    return tuple(found)


def fetched_articles(sources: tuple[str, ...], skip_bad: bool, allow_private: bool) -> pd.DataFrame:
    """Fetch addresses and return their articles; a page without one is an error, or skipped with a warning."""
    other = next((one for one in sources if not is_address(one)), None)
    if other is not None:
        raise compare.InputError(
            f"{other}: is no address, and addresses are given alone; fetch them into a file first: "
            "storydiff fetch URL... -o articles.jsonl"
        )
    found = compare.fetch(sources, allow_private=allow_private)
    lost = found.pages.dropna(subset="failure")
    if len(lost) and (not skip_bad or found.articles.empty):
        others = len(lost) - 1
        ways = [f"{count(others, 'more page')} gave no article"] if others else []
        ways += [] if found.articles.empty else [f"--skip-bad goes on without {'them' if others else 'it'}"]
        aside = f" ({', '.join(ways)})" if ways else ""
        raise compare.InputError(f"{failures_told(lost)[0]}{aside}.")
    if len(lost):
        told = [f"{one} ({why})" for one, why in zip(lost["asked"], lost["failure"], strict=True)]
        warn(f"{counted(len(lost), 'page')} skipped: {listed(told, '; ')}.")
    return found.articles


def failures_told(lost: pd.DataFrame) -> list[str]:
    """Say of each page without an article why there is none, and what can be done."""
    ways = lost["way_out"].map("; {}".format, na_action="ignore").fillna("")
    return (lost["asked"] + ": " + lost["failure"] + ways).tolist()


def _warn_if_several(articles: pd.DataFrame, sources: tuple[str, ...]) -> None:
    from compare.grouping.several import stories_apart

    number = stories_apart(articles)
    if number == 1:
        return
    fetch = "storydiff fetch URL... -o articles.jsonl, then " if is_address(sources[0]) else ""
    files = "articles.jsonl" if fetch else sources[0] if len(sources) == 1 else "ARTICLES"
    warn(
        f"these articles seem to tell {number} stories, and are compared as one, for none has a story_id; if so, "
        f"compare each by itself: {fetch}storydiff corpus {files} -o RUN (or see which tells which: storydiff group "
        f"{files} -o grouped.csv)."
    )


class Opened:
    """The ARTICLES of a command, opened once: a run folder, or articles, which are read when needed.

    Attributes:
        run: the run, if ARTICLES is a run folder.
    """

    def __init__(
        self,
        sources: tuple[str, ...],
        skip_bad: bool = False,
        settings_file: str | None = None,
        story: str | None = None,
        reader: str | None = None,
        sheets: tuple[str, ...] = (),
        key: str | None = None,
        maps: tuple[str, ...] = (),
        allow_private: bool = False,
        keep: Any = "all",
    ) -> None:
        if key and not sheets:
            raise compare.InputError("--key belongs to sheets; add --sheets FILE.")
        if sheets and not is_model(reader):
            raise compare.InputError("--sheets says how far a language model can be trusted; add --reader URL#MODEL.")
        self._sources, self._skip_bad, self._settings_file = sources, skip_bad, settings_file
        self._fields = parsed_map(maps)
        self._allow_private, self._keep = allow_private, keep
        self._story, self._reader, self._sheets, self._key = story, reader, sheets, key
        self.run = self._opened()

    def as_compared(self) -> compare.Corpus | compare.Comparison | None:
        """Return the run, or the requested story of it; None for articles, which must be compared first."""
        if self.run is None:
            return None
        self._refuse("--reader", self._reader)
        return self.run if self._story is None else self.run.story(self._story)

    def comparison(self, codebook: str | None = None) -> compare.Comparison:
        """Return one compared story; with a codebook it is compared again by the codebook's claims, even from a run."""
        if self.run is None or codebook is not None:
            articles, options = self.articles()
            return compare.compare_story(articles, codebook=codebook, **options)
        found = self.as_compared()
        if not isinstance(found, compare.Comparison):
            raise compare.InputError(
                f"{self._sources[0]}: is a run of {count(len(self.run.stories), 'story')}, and this command takes one; "
                f"add --story ID, such as --story {self.run.stories[0]}."
            )
        return found

    def articles(self, *, as_story: bool = True) -> tuple[pd.DataFrame, dict[str, Any]]:
        """Return the articles, or those of the requested story, and the options for comparing them.

        Articles without a story_id that evidently tell several stories are warned of, if they are compared as one.
        """
        if self.run is not None:
            return self._of_run(self.run)
        from compare.grouping.editions import kept_versions

        sources, story = with_listed(self._sources), self._story
        settings = compare.Settings.read(self._settings_file) if self._settings_file else None
        options: dict[str, Any] = {"settings": settings}
        if any(map(is_address, sources)):
            articles, named = fetched_articles(sources, self._skip_bad, self._allow_private), False
        else:
            from compare.reading.articles import read_stories

            articles, names = read_stories(one_or_all(sources), fields=self._fields, skip_bad=self._skip_bad)
            named = bool(names.any()) or len(articles["story_id"].unique()) > 1
        if as_story and not named:
            _warn_if_several(articles, sources)
        articles = kept_versions(articles, self._keep)
        if story is not None:
            known = list(dict.fromkeys(articles["story_id"]))
            picked = articles[articles["story_id"] == story]
            if picked.empty:
                raise compare.InputError(f"there is no story {story!r}; {way_out(story, known, 'there are')}")
            # Boilerplate also shows in the other stories of an outlet.
            options["boilerplate"] = compare.learn_boilerplate(articles[articles["outlet"].isin(picked["outlet"])])
            articles = picked
        # Only after all checks, because calibration sends requests to the language model.
        return articles, options | {"reader": reader_named(self._reader, self._sheets, self._key, settings)}

    def _of_run(self, run: compare.Corpus) -> tuple[pd.DataFrame, dict[str, Any]]:
        from compare.matching.reader import AbsentReader

        if run.manifest.encoder:
            raise compare.InputError(
                f"{run.folder.name}: was made with {run.manifest.encoder}, which the command line does not have; "
                "use open_run(..., encoder=...) in Python."
            )
        if isinstance(run.reader, AbsentReader) and self._reader is None:
            raise compare.InputError(
                f"{run.folder.name}: was made with {run.manifest.reader}; name a reader with --reader, or use "
                "open_run(..., reader=...) in Python."
            )
        reader = run.reader
        if self._reader:
            reader = reader_named(self._reader, self._sheets, self._key, run.settings)
        articles = run.articles if self._story is None else run.story(self._story).articles
        return articles, {"settings": run.settings, "reader": reader, "boilerplate": run.boilerplate}

    def _opened(self) -> compare.Corpus | None:
        from compare.corpus.store import is_run
        from compare.export.manifest import is_bundle

        sources = self._sources
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
            other = sources[sources[0] == run]
            raise compare.InputError(f"{run}: is a run folder and must be given alone; leave out {other}.")
        self._refuse("--skip-bad", self._skip_bad)
        self._refuse("--map", self._fields)
        self._refuse("--settings", self._settings_file)
        return compare.open_run(run)

    def _refuse(self, option: str, value: object) -> None:
        if value:
            raise compare.InputError(
                f"{option} is for articles, but the stories of {self._sources[0]} have already been compared."
            )
