"""The verbs for many stories, for coders and for data sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import compare
from compare.cli.options import (
    CODED,
    EXCEL,
    HOLD_ARTICLES,
    KEEP,
    KEY,
    MAP,
    READER,
    SETTINGS,
    SHEETS,
    SKIP_BAD,
    SOURCES,
    Opened,
    code_of,
    keep_format,
    keep_inputs,
    one_or_all,
    reader_named,
    sheets_in,
    story_options,
    validation_of,
)
from compare.cli.terminal import as_text, checks_as_text, record_as_text, say, stories_as_text, validation_as_text
from compare.errors import as_message
from compare.progress import hidden, stage
from compare.reading.fields import parsed_map

_DIGITS = 20  # fewer are read as a number of coders; Python reads no number of thousands of digits


@click.command()
@SOURCES
@MAP
@SKIP_BAD
@click.option("-o", "--output", required=True, metavar="FILE", help="A .jsonl, .csv or .parquet file for the articles.")
@click.option(
    "--days",
    type=click.FloatRange(min=0, min_open=True),
    default=5,
    show_default=True,
    metavar="N",
    help="How far apart in time two articles of a story may be, unless one is undated.",
)
@EXCEL
def group(
    sources: tuple[str, ...], maps: tuple[str, ...], skip_bad: bool, output: str, days: float, excel: bool
) -> None:
    """Find which articles tell the same story, and write them with its id.

    The file holds the articles as they were read, each with its story_id. If only some had one, they keep it and the
    others join them; if all had one, all are grouped anew. Compare them with: storydiff corpus FILE -o RUN
    """
    from compare.grouping.grouper import stories_of, with_stories
    from compare.reading.articles import read_stories

    keep_inputs(output, sources)
    keep_format(output, *HOLD_ARTICLES)
    articles, named = read_stories(one_or_all(sources), fields=parsed_map(maps), skip_bad=skip_bad, partly=True)
    articles = with_stories(articles, named, days=days)
    compare.write_table(articles, output, excel=excel)
    say(f"{stories_as_text(stories_of(articles))}\n\nThe articles: {output}")


@click.command()
@SOURCES
@MAP
@SKIP_BAD
@SETTINGS
@READER
@CODED
@KEY
@KEEP
@click.option("-o", "--output", required=True, metavar="RUN", help="The run folder to make.")
@click.option(
    "--engine",
    type=click.Choice(["serial", "processes", "dask"]),
    default="serial",
    show_default=True,
    help="One story at a time, several in parallel processes, or on a Dask cluster; the results are the same.",
)
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="How many processes; by default one per core.")
@click.option("--scheduler", metavar="ADDRESS", help="With --engine dask: the cluster's, such as tcp://node1:8786.")
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with the run in RUN, if there is one: what is done is not compared again, unless a story "
    "has new articles.",
)
@click.option("-q", "--quiet", is_flag=True, help="Show no progress; warnings are shown all the same.")
def corpus(
    sources: tuple[str, ...],
    maps: tuple[str, ...],
    skip_bad: bool,
    settings_file: str | None,
    reader: str | None,
    sheets: tuple[str, ...],
    key: str | None,
    keep: str,
    output: str,
    engine: str,
    workers: int | None,
    scheduler: str | None,
    resume: bool,
    quiet: bool,
) -> None:
    """Compare many stories and show each outlet's record.

    Articles without story ids are grouped first, as by storydiff group. What is finished is saved in RUN at once (each
    story; of more than a thousand, up to a hundred together) and stays there if the run is stopped, which can be read
    as it is, and goes on with --resume. Progress goes to standard error: a bar on a terminal, elsewhere a line a
    minute. The exit code is 3 if some stories could not be compared.
    """
    if workers is not None and engine == "serial":
        raise compare.InputError("--workers says how many processes; add --engine processes.")
    from compare.corpus.store import check_free

    if Opened(sources, skip_bad, settings_file, None, reader, sheets, key, maps).as_compared() is not None:
        raise compare.InputError(f"{sources[0]}: is already a run; see it with: storydiff report {sources[0]}")
    if not resume:
        check_free(Path(output))  # so that everything in the folder comes from this run if it is stopped
    settings = compare.Settings.read(settings_file) if settings_file else None
    try:
        with hidden(quiet):
            run = compare.compare_corpus(
                one_or_all(sources),
                fields=parsed_map(maps),
                skip_bad=skip_bad,
                store=output,
                engine=engine,
                workers=workers,
                scheduler=scheduler,
                settings=settings,
                reader=reader_named(reader, sheets, key, settings),
                resume=resume,
                keep=keep,
            )
            with stage("statistics"):
                record = record_as_text(run)
    except KeyboardInterrupt as stop:
        click.echo(f"storydiff: {as_message(_stopped(output))}", err=True)
        raise click.exceptions.Exit(code_of(stop)) from None
    say(f"{record}\nThe run: {output}")
    if run.failed:
        raise click.exceptions.Exit(3)


@click.command()
@story_options
@click.option("-o", "--output", required=True, metavar="FOLDER", help="Where the sheets go: a new or empty folder.")
@click.option("--units", default=200, show_default=True, metavar="N", help="Decisions, claim by outlet, to draw.")
@click.option("--coders", default="2", show_default=True, help="How many coders, or their names: anna,ben.")
@click.option("--overlap", type=int, metavar="N", help="Units that every coder gets; 50 by default.")
@click.option("--by", metavar="COLUMN", help="Also stratify by this column: outlet measures each outlet's own error.")
@click.option("--margin", default=0.05, show_default=True, help="Half the width of the intervals that are wanted.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The seed of the random numbers."
)
@EXCEL
def sample(
    output: str,
    units: int,
    coders: str,
    overlap: int | None,
    by: str | None,
    margin: float,
    seed: int,
    excel: bool,
    **story: Any,
) -> None:
    """Draw decisions for coders to check: blind sheets, and a key that stays with you."""
    if Path(output).exists() and (not Path(output).is_dir() or any(Path(output).iterdir())):
        raise compare.InputError(f"{output}: exists already, and sheets are never overwritten; name a new folder.")
    number = coders.isdecimal() and len(coders) < _DIGITS
    named = int(coders) if number else [name.strip() for name in coders.split(",")]
    source = Opened(**story)
    tables: Any = source.as_compared()
    if tables is None:  # stories are compared one by one, with boilerplate learned from all of them
        articles, options = source.articles()
        options.setdefault("boilerplate", compare.learn_boilerplate(articles))
        tables = [compare.compare_story(of_one, **options) for _, of_one in articles.groupby("story_id", sort=False)]
    drawn = compare.sample_decisions(tables, units, coders=named, overlap=overlap, by=by, seed=seed)
    needed = drawn.needed(margin)
    path = drawn.write(output, excel=excel)
    say(f"{drawn!r}\n\n{as_text(drawn.strata)}\n\nFor 95 % intervals of this margin, in all:\n")
    say(as_text(needed))
    say(f"\nThe sheets: {path.resolve()}\nGive each coder guide.txt and that coder's file; keep key.parquet.")


@click.command()
@click.argument("sheets", metavar="SHEETS...", nargs=-1, required=True)
@click.option("--key", metavar="FILE", help="The key of the sample; by default the one beside the first sheet.")
@click.option("--whole", is_flag=True, help="Count only yes as carried, not part.")
@click.option("-o", "--output", metavar="FOLDER", help="Write every table as CSV, the errors to read among them.")
@EXCEL
def agree(sheets: tuple[str, ...], key: str | None, whole: bool, output: str | None, excel: bool) -> None:
    """Read coders' sheets: how far they agree, how often the toolkit is right, and the corrected rates.

    SHEETS are filled CSV sheets, a folder of them, or files from the HTML form. The marks.csv saved
    from a report is also such a sheet and needs no key; the output then says how often the findings are right.
    """
    if excel and not output:
        raise compare.InputError("--excel is for tables in files; add -o FOLDER.")
    validation = compare.read_sheets(sheets_in(sheets), key, carried=("yes",) if whole else ("yes", "part"))
    say(validation_as_text(validation))
    if output:
        say(f"\nThe tables: {validation.write(output, excel=excel).resolve()}")


def _stopped(output: str) -> str:
    from compare.corpus.store import done_stories, read_manifest

    folder = Path(output)
    try:
        manifest = read_manifest(folder)
        planned, done = manifest.stories, len(done_stories(folder, manifest))
    except compare.InputError:  # it was stopped before the manifest was written
        return "stopped; no story was done."
    if not done:
        return f"stopped; none of the {len(planned)} stories was done; start it again as it was."
    are, them = ("is", "it") if done == 1 else ("are", "them")
    return (
        f"stopped; {done} of {len(planned)} stories {are} done and in {output}; `storydiff report {output}` reads "
        f"{them}, and the same command with --resume goes on."
    )


@click.command()
@story_options
@click.option("-o", "--output", required=True, metavar="DATASET", help="The folder to write: new, or empty.")
@click.option(
    "--text",
    type=click.Choice(["none", "full"]),
    default="none",
    show_default=True,
    help="none leaves out the articles' words, so that the data set can be shared; full keeps everything.",
)
@click.option(
    "--hmac-key",
    metavar="FILE",
    help="Without text: the key of the fingerprints; by default DATASET.key, which is created if needed.",
)
@click.option("--publish-key", is_flag=True, help="Put that key into the data set.")
@click.option("--about", metavar="FILE", help="A TOML file with title, creators, licence ...: see docs/sharing.md.")
@SHEETS
@KEY
@click.option("--force", is_flag=True, help="Replace an existing data set.")
def export(
    output: str,
    text: Any,
    hmac_key: str | None,
    publish_key: bool,
    about: str | None,
    sheets: tuple[str, ...],
    key: str | None,
    force: bool,
    **story: Any,
) -> None:
    """Write a data set that can be shared: tables as Parquet and CSV, described for archives and programs.

    ARTICLES are the articles of one or more stories, or a run folder. Without the text (the default), others can check
    and rebuild the data set if they have the articles and the key.
    """
    from compare.export.bundle import key_path, replaceable

    replaceable(Path(output), force)  # before any long computation
    source = Opened(**story)
    compared = source.as_compared()
    if compared is None:
        articles, options = source.articles()
        one = len(articles["story_id"].unique()) == 1
        compared = (compare.compare_story if one else compare.compare_corpus)(articles, **options)
    path = compared.export(
        output,
        text=text,
        key=hmac_key,
        publish_key=publish_key,
        about=about,
        validation=validation_of(sheets, key),
        force=force,
    )
    say(f"The data set: {path.resolve()}")
    if text == "none":
        kept = "a copy is in the data set" if publish_key else "keep it; the data set can be checked only with it"
        say(f"The key of its fingerprints: {hmac_key or key_path(path)} ({kept})")


@click.command()
@click.argument("bundle", metavar="DATASET")
@click.option("--articles", multiple=True, metavar="ARTICLES", help="The articles; may be given several times.")
@MAP
@click.option(
    "--hmac-key", metavar="FILE", help="The key of the fingerprints; default: DATASET.key, or the one inside."
)
@click.option("--codebook", metavar="FILE", help="The codebook that it was made with, if it has no text.")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="How many processes.")
def reproduce(
    bundle: str,
    articles: tuple[str, ...],
    maps: tuple[str, ...],
    hmac_key: str | None,
    codebook: str | None,
    workers: int,
) -> None:
    """Check every file of a data set, compute it again, and say exactly what differs.

    With the articles (a data set with the text has them), every table is computed again. The exit code is 1 if anything
    differs.
    """
    fields = parsed_map(maps)
    if fields and not articles:
        raise compare.InputError("--map says what the articles' fields are called; add --articles ARTICLES.")
    given: Any = one_or_all(articles) if articles else None
    if fields:
        given = compare.read_articles(given, fields=fields)
    done = compare.reproduce(bundle, given, key=hmac_key, codebook=codebook, workers=workers)
    say(f"{checks_as_text(done.checks)}\n\n{bundle}: {done.sentence}.")
    if not done.ok:
        raise click.exceptions.Exit(1)
