"""The command line: every verb calls the public API and nothing else.

What goes wrong is one sentence on standard error and exit code 2.
"""

from __future__ import annotations

import errno
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import compare
from compare.terminal import as_text, claims_as_text, tracked_as_text, validation_as_text

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

_SOURCES = click.argument("sources", metavar="ARTICLES...", nargs=-1, required=True)
_SETTINGS = click.option(
    "--settings", "settings_file", metavar="FILE", help="A TOML file like `storydiff settings` prints."
)
_SKIP_BAD = click.option("--skip-bad", is_flag=True, help="Leave out records that cannot be used, and name them.")
_STORY = click.option("--story", metavar="ID", help="Only this story, where the articles hold several.")


class _Verbs(click.Group):
    """Turns what the toolkit refuses into one sentence on standard error and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with warnings.catch_warnings():
                warnings.showwarning = _show_warning
                warnings.simplefilter("always", compare.InputWarning)
                return super().invoke(ctx)
        except compare.StorydiffError as error:
            click.echo(f"storydiff: {error}", err=True)
            ctx.exit(2)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # click ends quietly when the reader of a pipe has gone
            click.echo(f"storydiff: the output cannot be written ({error.strerror}).", err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("storydiff: stopped; nothing was written.", err=True)
            ctx.exit(130)


def _show_warning(message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
    if issubclass(category, compare.InputWarning):
        click.echo(f"storydiff: {message}", err=True)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(compare.__version__, prog_name="storydiff")
def main() -> None:
    """Which claims each outlet's version of a story carries, changes or leaves out.

    ARTICLES are files (.jsonl, .json, .csv, .parquet, .txt, .html), folders of them, or - for JSON
    Lines on standard input. In a folder of .txt or .html files the file's name is the outlet.
    """


def _story_options(verb: Callable[..., None]) -> Callable[..., None]:
    for option in (_SETTINGS, _STORY, _SKIP_BAD, _SOURCES):
        verb = option(verb)
    return verb


@main.command()
@click.option("-o", "--output", default="demo.html", show_default=True, metavar="FILE", help="Where the report goes.")
def demo(output: str) -> None:
    """Compare the bundled story of eight outlets and write its report."""
    comparison = compare.compare_story(compare.read_demo())
    path = comparison.report(output)
    _print_summary(comparison)
    click.echo(f"\nThe report: {path.resolve()}")


@main.command()
@_story_options
@click.option("-o", "--output", default="report.html", show_default=True, metavar="FILE", help="Where the report goes.")
def report(output: str, **story: Any) -> None:
    """Write one HTML file that opens offline."""
    _keep_inputs(output, story["sources"])
    comparison = _compared(**story)
    path = comparison.report(output)
    _print_summary(comparison)
    click.echo(f"\nThe report: {path.resolve()}")


@main.command()
@_story_options
@click.option("--omitted-by", metavar="OUTLET", help="Only the claims that this outlet leaves out.")
@click.option("--all", "every", is_flag=True, help="Also the claims of one outlet alone.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one claim a line; always all of them.")
def claims(omitted_by: str | None, every: bool, as_json: bool, **story: Any) -> None:
    """Show the story's claims and who carries them."""
    if every and omitted_by is not None:
        raise compare.InputError("--all is for the grid; --omitted-by lists every claim that the outlet leaves out.")
    comparison = _compared(**story)
    if omitted_by is not None:
        table = comparison.omitted_by(omitted_by)
    else:
        states = comparison.matrix().to_dict("index")
        table = comparison.claims.assign(states=comparison.claims["claim_id"].map(states))
    if as_json:
        click.echo(table.to_json(orient="records", lines=True, force_ascii=False), nl=False)
    elif omitted_by is not None and table.empty:
        click.echo(f"No claim was found that {omitted_by} leaves out and another outlet carries.")
    elif omitted_by is not None:
        columns = {"carriers": "others", "probability_omitted": "omitted", "claim": "claim"}
        click.echo(as_text(table[list(columns)].rename(columns=columns)))
    else:
        click.echo(claims_as_text(comparison, every=every))


@main.command()
@_story_options
@click.option(
    "--claim", "wordings", multiple=True, metavar="TEXT", help="A claim to look for; may be given several times."
)
@click.option(
    "--codebook",
    metavar="FILE",
    help="A CSV file with the columns claim_id and claim; other wordings go into columns named alternative...",
)
@click.option("-o", "--output", metavar="FILE", help="Write all columns to a .csv, .jsonl or .parquet file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["long", "wide"]),
    default="long",
    show_default=True,
    help="What is written: a row for each claim and article, or one for each article and a column for each claim.",
)
@click.option(
    "--values",
    type=click.Choice(["carried", "state", "probability"]),
    help="What the cells of a wide table hold: carried is 1, 0 (omitted) or empty (undecided), and the default.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, a row a line.")
def track(
    wordings: tuple[str, ...],
    codebook: str | None,
    output: str | None,
    form: str,
    values: Any,
    as_json: bool,
    **story: Any,
) -> None:
    """See how each article treats your own claims."""
    if bool(wordings) == bool(codebook):
        raise compare.InputError("give the claims either with --claim TEXT or with --codebook FILE.")
    if values and form == "long":
        raise compare.InputError("--values says what a wide table holds; add --format wide.")
    if form == "wide" and not (output or as_json):
        raise compare.InputError("--format wide is for a file; add -o FILE.")
    if output:
        _keep_inputs(output, (*story["sources"], *([codebook] if codebook else [])))
    settings, articles, boilerplate = _given(**story)
    table = compare.track_claims(articles, codebook or list(wordings), settings=settings, boilerplate=boilerplate)
    written = compare.to_wide(table, values or "carried") if form == "wide" else table
    if output:
        compare.write_table(written, output)
        click.echo(f"{len(written)} rows: {output}")
    elif as_json:
        click.echo(written.to_json(orient="records", lines=True, force_ascii=False), nl=False)
    else:
        click.echo(tracked_as_text(table) + "\n")


@main.command()
@_story_options
@click.option("-o", "--output", required=True, metavar="FOLDER", help="The folder to write.")
def export(output: str, **story: Any) -> None:
    """Write every table as CSV and Parquet, with a data dictionary."""
    click.echo(f"The tables: {_compared(**story).export(output).resolve()}")


@main.command()
@_SOURCES
@_SKIP_BAD
@_SETTINGS
@click.option("-o", "--output", required=True, metavar="RUN", help="The run folder to make.")
@click.option(
    "--engine",
    type=click.Choice(["serial", "processes"]),
    default="serial",
    show_default=True,
    help="One story at a time, or several in processes of their own; the bytes are the same.",
)
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="How many processes; else one for each core.")
def corpus(
    sources: tuple[str, ...],
    skip_bad: bool,
    settings_file: str | None,
    output: str,
    engine: str,
    workers: int | None,
) -> None:
    """Compare many stories and show each outlet's record.

    The articles need story ids. What is done is in RUN at once and stays there if the run is stopped.
    """
    if workers is not None and engine == "serial":
        raise compare.InputError("--workers says how many processes; add --engine processes.")
    settings, articles, _ = _given(sources, skip_bad, settings_file, None)
    try:
        run = compare.compare_corpus(articles, store=output, engine=engine, workers=workers, settings=settings)
    except KeyboardInterrupt:
        click.echo(f"storydiff: stopped; the stories that are done are in {output}.", err=True)
        raise click.exceptions.Exit(130) from None
    outlets = run.outlets[run.outlets["version"] == "printed"]
    click.echo(f"{len(run.stories)} stories, {len(outlets)} outlets.\n")
    columns = ["outlet", "stories", "claims", "carried", "rate", "low", "high", "omission", "warning"]
    click.echo(as_text(outlets[columns].rename(columns={"warning": ""})))
    click.echo(
        f"\nRates of the claims that another outlet carries, with 95 % intervals; not validated.\nThe run: {output}"
    )


@main.command()
@_story_options
@click.option("-o", "--output", required=True, metavar="FOLDER", help="Where the sheets go: a new or empty folder.")
@click.option("--units", default=200, show_default=True, metavar="N", help="Decisions, claim by outlet, to draw.")
@click.option("--coders", default="2", show_default=True, help="How many coders, or their names: anna,ben.")
@click.option("--overlap", type=int, metavar="N", help="Units that every coder gets; 50 unless given.")
@click.option("--by", metavar="COLUMN", help="Stratify by this, too: outlet, to measure each outlet's own error.")
@click.option("--margin", default=0.05, show_default=True, help="Half the interval for which units are counted.")
@click.option("--seed", default=1, show_default=True, help="Of the random numbers.")
def sample(
    output: str,
    units: int,
    coders: str,
    overlap: int | None,
    by: str | None,
    margin: float,
    seed: int,
    **story: Any,
) -> None:
    """Draw decisions for coders to check: blind sheets, and a key that stays with you."""
    if Path(output).exists() and (not Path(output).is_dir() or any(Path(output).iterdir())):
        raise compare.InputError(f"{output}: is there already, and sheets are never written over; name a new folder.")
    named = int(coders) if coders.isdecimal() else [name.strip() for name in coders.split(",")]
    drawn = compare.sample_decisions(_all_compared(**story), units, coders=named, overlap=overlap, by=by, seed=seed)
    needed = drawn.needed(margin)
    path = drawn.write(output)
    click.echo(f"{drawn!r}\n\n{as_text(drawn.strata)}\n\nFor 95 % intervals of this margin, in all:\n")
    click.echo(as_text(needed))
    click.echo(f"\nThe sheets: {path.resolve()}\nGive each coder guide.txt and one file of theirs; keep key.parquet.")


@main.command()
@click.argument("sheets", metavar="SHEETS...", nargs=-1, required=True)
@click.option("--key", metavar="FILE", help="The key of the sample; beside the first sheet unless given.")
@click.option("--whole", is_flag=True, help="Count only yes as carried, and part as not.")
@click.option("-o", "--output", metavar="FOLDER", help="Write every table as CSV, the errors to read among them.")
def agree(sheets: tuple[str, ...], key: str | None, whole: bool, output: str | None) -> None:
    """Read coders' sheets: how far they agree, how often the toolkit is right, and rates corrected for that.

    SHEETS are filled CSV sheets, files that the HTML form saved, or exports of Label Studio (.json) or
    doccano (.jsonl).
    """
    validation = compare.read_sheets(sheets, key, carried=("yes",) if whole else ("yes", "part"))
    click.echo(validation_as_text(validation))
    if output:
        click.echo(f"\nThe tables: {validation.write(output).resolve()}")


@main.command()
def settings() -> None:
    """Print the default settings as TOML, each with its reason."""
    click.echo(compare.Settings().to_toml(), nl=False)


def _keep_inputs(output: str, inputs: tuple[str, ...]) -> None:
    """Refuse to write over what is read."""
    if output == "-":
        raise compare.InputError("results go to a file: give -o the name of one.")
    target = Path(output).resolve()
    read = {Path(name).resolve() for name in inputs if name != "-"}
    if target in read or (target.parent in read and target.is_file()):
        raise compare.InputError(f"{output}: is read and would be written over; give -o another name.")


def _given(
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


def _compared(**story: Any) -> compare.Comparison:
    settings, articles, boilerplate = _given(**story)
    return compare.compare_story(articles, settings=settings, boilerplate=boilerplate)


def _all_compared(**story: Any) -> list[compare.Comparison]:
    """Each story compared by itself; what an outlet repeats is learned from all of them."""
    settings, articles, boilerplate = _given(**story)
    if boilerplate is None:
        boilerplate = compare.learn_boilerplate(articles)
    return [
        compare.compare_story(of_one, settings=settings, boilerplate=boilerplate)
        for _, of_one in articles.groupby("story_id", sort=False)
    ]


def _print_summary(comparison: compare.Comparison) -> None:
    outlets, claims = len(comparison.outlets), len(comparison.claims)
    note = "An omission is an estimate." if outlets > 1 else "With one outlet there is nothing to compare."
    click.echo(f"{outlets} {'outlet' if outlets == 1 else 'outlets'}, {claims} claims. {note}\n")
    click.echo(as_text(comparison.summary()))
    boilerplate = comparison.boilerplate_lines()
    if boilerplate:
        lines = sum(boilerplate.values())
        each = ", ".join(f"{outlet} {count}" for outlet, count in boilerplate.items())
        click.echo(f"\n{lines} {'line' if lines == 1 else 'lines'} left out as boilerplate ({each}).")
