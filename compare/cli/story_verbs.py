"""The verbs for one story."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import compare
from compare.cli.options import (
    ALLOW_PRIVATE,
    CODED,
    EXCEL,
    HOLD_ARTICLES,
    KEY,
    PAGE,
    SHEETS,
    Opened,
    failures_told,
    is_model,
    keep_format,
    keep_inputs,
    story_options,
    validation_of,
)
from compare.cli.terminal import (
    NOT_CHECKED,
    as_sentence,
    as_text,
    claims_as_text,
    conflicts_as_text,
    corrections_as_text,
    record_as_text,
    say,
    say_json,
    tracked_as_text,
)
from compare.errors import as_message, count
from compare.foreign import checked_file
from compare.reading.web.addresses import is_address
from compare.tables import top_claims

if TYPE_CHECKING:
    import pandas as pd

_ALONE = "With one outlet there is nothing to compare."


@click.command()
@click.option("-o", "--output", default="demo.html", show_default=True, metavar="FILE", help="Where the report goes.")
def demo(output: str) -> None:
    """Compare the bundled story of eight outlets and write its report."""
    keep_format(output, *PAGE)
    comparison = compare.compare_story(compare.read_demo())
    path = comparison.report(output)
    _print_summary(comparison)
    say(f"\nThe report: {path.resolve()}")


@click.command()
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.option("-o", "--output", required=True, metavar="FILE", help="A .jsonl, .csv or .parquet file for the articles.")
@click.option(
    "--failures", metavar="FILE", help="Also write what came of each address to a .csv, .jsonl or .parquet file."
)
@click.option("--cache", metavar="FOLDER", help="Where fetched pages are kept, instead of your folder for caches.")
@click.option("--refresh", is_flag=True, help="Fetch pages again that were fetched before.")
@click.option(
    "--delay",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    metavar="S",
    help="Seconds between two requests to one host; its robots.txt may ask for more.",
)
@click.option("--contact", default="", metavar="MAIL", help="An address at which a site's owner can reach you.")
@ALLOW_PRIVATE
def fetch(
    urls: tuple[str, ...],
    output: str,
    failures: str | None,
    cache: str | None,
    refresh: bool,
    delay: float,
    contact: str,
    allow_private: bool,
) -> None:
    """Fetch articles from their addresses, politely, and write them to a file.

    URL is an address, or a file with one a line or in a column url. Each host is asked for one page at a time, as its
    robots.txt allows. Pages are kept, so that the same command goes on where it was stopped. The exit code is 3 if some
    addresses gave no article.
    """
    from compare.reading.web.links import addresses_in

    wanted = [one for url in urls for one in ([url] if is_address(url) else addresses_in(url))]
    for file in filter(None, (output, failures)):
        keep_inputs(file, tuple(url for url in urls if not is_address(url)))
        keep_format(file, *HOLD_ARTICLES)
    if failures and os.path.realpath(failures) == os.path.realpath(output):
        raise compare.InputError(f"{output}: is for the articles; give --failures another name.")
    found = compare.fetch(
        wanted, cache=cache or True, refresh=refresh, delay=delay, contact=contact, allow_private=allow_private
    )
    lost = found.pages.dropna(subset="failure")
    if len(found.articles):
        compare.write_table(found.articles.drop(columns="story_id"), output)
    if failures:
        compare.write_table(found.pages, failures)
    for told in failures_told(lost):
        click.echo(as_message(f"{told}."), err=True)
    if found.articles.empty:
        raise compare.InputError(f"none of {count(len(found.pages), 'page')} gave an article; nothing was written.")
    again = int(found.pages["cached"].sum())
    before = f" ({count(again, 'page')} fetched before)" if again else ""
    say(f"{count(len(found.articles), 'article')} of {count(len(found.pages), 'page')}{before}: {output}")
    if len(lost):
        raise click.exceptions.Exit(3)


@click.command()
@story_options
@SHEETS
@KEY
@click.option(
    "--codebook",
    metavar="FILE",
    help="For one story: report on the claims in this CSV file, written by `storydiff claims -o` or by you.",
)
@click.option(
    "--groups", "groups_file", metavar="FILE", help="A CSV file with the column outlet and another, such as leaning."
)
@click.option("--group-by", metavar="COLUMN", help="The column of --groups to compare by, if it has several.")
@click.option("--no-plotly", is_flag=True, help="For one story: leave out the figures; 0.4 MB, small enough to mail.")
@click.option("--brief", is_flag=True, help="For one story: the short form, a page or two: findings, matrix, method.")
@click.option(
    "--versions",
    is_flag=True,
    help="Compare not outlets but the versions of each article at its outlet: what was added, dropped and changed.",
)
@click.option(
    "-o",
    "--output",
    default="report.html",
    show_default=True,
    metavar="FILE",
    help="Where the report goes; for a RUN also a FOLDER/, with a page for every story beside the record.",
)
def report(
    sheets: tuple[str, ...],
    key: str | None,
    codebook: str | None,
    groups_file: str | None,
    group_by: str | None,
    no_plotly: bool,
    brief: bool,
    versions: bool,
    output: str,
    **story: Any,
) -> None:
    """Write the report of a story, or the outlets' record of a RUN folder, as one HTML file that opens offline.

    With -o FOLDER/ (a name that ends in a slash, has no extension, or is already a folder) the record of a RUN is
    FOLDER/index.html, with links to a page for every story in FOLDER/stories/. An older folder of pages is replaced;
    a folder that holds anything else is not.

    With coders' sheets, the report says how often the toolkit is right, and a record corrects the rates accordingly.
    With --groups, a record compares the groups of outlets, and a story's report says for every claim how many outlets
    of each group leave it out.

    With --reader URL#MODEL, the sheets set the model's weight instead; they may then come from any sample, and the
    report is not validated.
    """
    keep_inputs(output, (*story["sources"], *sheets, *filter(None, (key, codebook, groups_file))))
    if not output.endswith(("/", os.sep)) and not os.path.isdir(output):  # noqa: PTH112 - a name may be too long
        keep_format(output, *PAGE, *(HOLD_ARTICLES if versions else ()))
    if brief and groups_file:
        raise compare.InputError("--groups is for the whole report; leave out --brief.")
    if group_by and not groups_file:
        raise compare.InputError("--group-by names a column of --groups FILE; give --groups, too.")
    if versions:
        _report_versions(story, output, [sheets, key, codebook, groups_file, group_by, no_plotly, brief])
        return
    # Labels used to calibrate a reader cannot say how often it is right.
    calibrating = is_model(story["reader"])
    source = Opened(**story, sheets=sheets, key=key) if calibrating else Opened(**story)
    validation = None if calibrating else validation_of(sheets, key)
    groups = _groups(groups_file, group_by) if groups_file else None
    if source.run is not None and story["story"] is None:
        if codebook:
            such = f"--story {source.run.stories[0]}"
            raise compare.InputError(f"--codebook is for one story; add --story ID, such as {such}.")
        if no_plotly or brief:
            option = "--brief" if brief else "--no-plotly"
            raise compare.InputError(f"{option} is for the report of one story; name it with --story ID.")
        source.as_compared()  # refuses the options for articles
        run = source.run if validation is None else source.run.with_validation(validation)
        path = run.report(output, groups=groups)
        say(record_as_text(run))
        pages = f", with a page of each of {count(len(run.stories), 'story')}" if path != Path(output) else ""
    else:
        if output.endswith(("/", os.sep)):
            raise compare.InputError(f"{output}: is a folder; give the name of a file to write.")
        comparison = source.comparison(codebook)
        if comparison.claims.empty:
            raise compare.InputError("no claim was found in these articles, so there is nothing to report.")
        path = comparison.report(output, validation=validation, groups=groups, plotly=not no_plotly, brief=brief)
        _print_summary(comparison, validation)
        pages = ""
    say(f"\nThe report: {path.resolve()}{pages}")


@click.command()
@story_options
@CODED
@KEY
@click.option("--omitted-by", metavar="OUTLET", help="Only the claims that this outlet leaves out.")
@click.option("--conflicts", is_flag=True, help="Only the claims on which outlets disagree, and who says what.")
@click.option("--all", "every", is_flag=True, help="Also the claims that only one outlet carries.")
@click.option(
    "--json", "as_json", is_flag=True, help="JSON Lines, one claim (or side of one) per line; always all of them."
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write the claims as a codebook, a .csv file that you edit and give to `storydiff report --codebook`.",
)
def claims(
    omitted_by: str | None, conflicts: bool, every: bool, as_json: bool, output: str | None, **story: Any
) -> None:
    """Show the story's claims and who carries them, or write them as a codebook.

    In the codebook you can reword claims; drop some (write no in keep, or delete the row); merge some (in merge_into,
    write the claim_id of the one that stays); and add your own rows, with claim_id left empty.
    """
    _check_choice(omitted_by, conflicts=conflicts, every=every, as_json=as_json, output=output)
    if output:
        keep_inputs(output, (*story["sources"], *story["sheets"], *filter(None, (story["key"],))))
        keep_format(output, ".csv")
    comparison = Opened(**story).comparison()
    if output:
        from compare.claims.codebook import write_codebook

        write_codebook(comparison.codebook(), output)
        say(f"{count(len(comparison.claims), 'claim')}: {output}")
        return
    if conflicts:
        table = comparison.conflicts
    elif omitted_by is not None:
        omitted_by = comparison.outlet_named(omitted_by)
        table = comparison.omitted_by(omitted_by)
    else:
        states = comparison.matrix(parts=True).to_dict("index")
        table = comparison.claims.assign(states=comparison.claims["claim_id"].map(states))
    if as_json:
        say_json(table)
    elif (conflicts or omitted_by is not None) and len(comparison.outlets) == 1:
        say(_ALONE)
    elif conflicts:
        say(f"{conflicts_as_text(comparison)}\n\n{_beware(comparison.articles)}")
    elif omitted_by is not None and table.empty:
        say(f"No claim was found that {omitted_by} leaves out and another outlet carries.")
    elif omitted_by is not None:
        columns = {"voices": "voices", "carriers": "outlets", "probability_omitted": "omitted", "claim": "claim"}
        say(f"{as_text(table[list(columns)].rename(columns=columns))}\n\n{_beware(comparison.articles)}")
    else:
        say(f"{claims_as_text(comparison, every=every)}\n\n{_beware(comparison.articles)}")


@click.command()
@story_options
@CODED
@KEY
@click.option(
    "--claim", "wordings", multiple=True, metavar="TEXT", help="A claim to look for; may be given several times."
)
@click.option(
    "--codebook",
    metavar="FILE",
    help="A CSV file with the columns claim_id and claim; other wordings go into columns named alternative...",
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write all columns to a .csv, .jsonl, .parquet, .sav or .dta file."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["long", "wide"]),
    default="long",
    show_default=True,
    help="long: a row for each claim and article; wide: a row for each article and a column for each claim.",
)
@click.option(
    "--values",
    type=click.Choice(["carried", "state", "probability"]),
    help="What the cells of a wide table hold: carried is 1, 0 (omitted) or empty (undecided), and the default.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one row per line.")
@EXCEL
def track(
    wordings: tuple[str, ...],
    codebook: str | None,
    output: str | None,
    form: str,
    values: Any,
    as_json: bool,
    excel: bool,
    **story: Any,
) -> None:
    """Show how each article reports your own claims."""
    from compare.export.tables import check_format

    if bool(wordings) == bool(codebook):
        raise compare.InputError("give the claims either with --claim TEXT or with --codebook FILE.")
    if values and form == "long":
        raise compare.InputError("--values says what a wide table holds; add --format wide.")
    if form == "wide" and not (output or as_json):
        raise compare.InputError("--format wide is for a file; add -o FILE.")
    if excel and not (output or "").lower().endswith(".csv"):
        raise compare.InputError("--excel is for a table in a .csv file; add -o FILE.csv.")
    if output:
        keep_inputs(output, (*story["sources"], *story["sheets"], *filter(None, (codebook, story["key"]))))
        check_format(output)
    from compare.language.completeness import with_completeness
    from compare.language.languages import with_languages

    articles, options = Opened(**story).articles()
    articles = with_completeness(with_languages(articles))
    table = compare.track_claims(articles, codebook or list(wordings), **options)
    written = compare.to_wide(table, values or "carried") if form == "wide" else table
    if output:
        wordings_of = dict(zip(table["claim_id"], table["claim"], strict=True))
        compare.write_table(written, output, labels=wordings_of if form == "wide" else None, excel=excel)
        say(f"{count(len(written), 'row')}: {output}")
    elif as_json:
        say_json(written)
    else:
        say(f"{tracked_as_text(table)}\n\n{_beware(articles)}")


@click.command()
def settings() -> None:
    """Print the default settings as TOML, each with its reason."""
    click.echo(compare.Settings().to_toml(), nl=False)


def _report_versions(story: dict[str, Any], output: str, others: list[Any]) -> None:
    """Write the page of the versions of articles, or its table."""
    from compare.coverage.edits import edits_between
    from compare.grouping.editions import versions_of
    from compare.report.edited import edits_page

    source = Opened(**story)
    if any(others) or source.run is not None or story["keep"] != "all":
        raise compare.InputError("--versions takes articles and -o FILE alone; leave out the other options.")
    articles, _ = source.articles(as_story=False)
    versions = versions_of(articles)
    edits = edits_between(articles, versions)
    page = Path(output).suffix.lower() in PAGE
    path = edits_page(versions, edits, output) if page else compare.write_table(edits, output)
    told = edits[edits["part"] != "note"]["how"].value_counts()
    say(
        f"{count(versions['article'].nunique(), 'article')} in {count(len(versions), 'version')}: "
        f"{', '.join(f'{number:,} {how}' for how, number in told.items()) or 'nothing changed'}.\n"
        f"The {'page' if page else 'table'}: {path}"
    )


def _beware(articles: pd.DataFrame) -> str:
    """Return the note below every list: not checked, and where only words were compared."""
    from compare.language.fitness import languages_note

    return "\n".join(filter(None, (NOT_CHECKED, languages_note(articles))))


def _check_choice(omitted_by: str | None, *, conflicts: bool, every: bool, as_json: bool, output: str | None) -> None:
    if output and (omitted_by is not None or conflicts or every or as_json):
        raise compare.InputError(
            "-o writes all claims as a codebook; leave out --omitted-by, --conflicts, --all and --json."
        )
    if every and omitted_by is not None:
        raise compare.InputError("--all is for the grid; --omitted-by lists every claim that the outlet leaves out.")
    if conflicts and (every or omitted_by is not None):
        raise compare.InputError("--conflicts lists every claim on which outlets disagree; give it alone.")


def _groups(path: str, column: str | None) -> pd.DataFrame:
    import pandas as pd

    try:
        table = pd.read_csv(checked_file(path), dtype=str, skipinitialspace=True)
    except FileNotFoundError as error:
        raise compare.InputError(f"{path}: does not exist; check the path.") from error
    except pd.errors.EmptyDataError as error:
        raise compare.InputError(f"{path}: is empty; give the columns outlet and one other.") from error
    except (OSError, ValueError) as error:  # pandas raises a ValueError if a file is not a table
        why = error.strerror if isinstance(error, OSError) else error
        raise compare.InputError(
            f"{path}: cannot be read as CSV ({why}); give the columns outlet and one other."
        ) from error
    others = [name for name in table.columns if name != "outlet"]
    if "outlet" not in table.columns or not others:
        raise compare.InputError(f"{path}: has the columns {', '.join(table.columns)}; it needs outlet and one other.")
    if column is None and len(others) > 1:
        ways = " or ".join(f"--group-by {name}" for name in others)
        raise compare.InputError(f"{path}: has several columns to group by; choose one with {ways}.")
    if column is not None and column not in others:
        raise compare.InputError(f"{path}: has no column {column!r} to group by; it has {', '.join(others)}.")
    return table[["outlet", column or others[0]]]


def _print_summary(comparison: compare.Comparison, validation: compare.Validation | None = None) -> None:
    from compare.language.fitness import languages_note

    outlets, claims = len(comparison.outlets), len(top_claims(comparison.claims))
    note = "An omission is an estimate." if outlets > 1 else _ALONE
    say(f"{count(outlets, 'outlet')}, {count(claims, 'claim')}. {note}\n")
    say(as_text(comparison.summary()))
    say(f"\n{NOT_CHECKED if validation is None else as_sentence(validation.sentence)}")
    if note := languages_note(comparison.articles):
        say(f"\n{note}")
    boilerplate = comparison.boilerplate_lines()
    if boilerplate:
        lines = sum(boilerplate.values())
        each = ", ".join(f"{outlet} {number}" for outlet, number in boilerplate.items())
        say(f"\n{count(lines, 'line')} left out as boilerplate ({each}).")
    if len(corrections := comparison.corrections):
        say(f"\n{corrections_as_text(corrections)}")
