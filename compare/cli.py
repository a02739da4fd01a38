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

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

_SOURCES = click.argument("sources", metavar="ARTICLES...", nargs=-1, required=True)
_SETTINGS = click.option(
    "--settings", "settings_file", metavar="FILE", help="A TOML file like `storydiff settings` prints."
)
_SKIP_BAD = click.option("--skip-bad", is_flag=True, help="Leave out records that cannot be used, and name them.")
_STORY = click.option("--story", metavar="ID", help="Which story to compare, where the articles hold several.")


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
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one claim a line.")
def claims(omitted_by: str | None, as_json: bool, **story: Any) -> None:
    """List the story's claims and who carries them."""
    comparison = _compared(**story)
    if omitted_by is not None:
        table = comparison.omitted_by(omitted_by)
        columns = {"carriers": "others", "probability_omitted": "omitted", "claim": "claim"}
    else:
        states = comparison.matrix().to_dict("index")
        table = comparison.claims.assign(states=comparison.claims["claim_id"].map(states))
        columns = {"outlets": "outlets", "salience": "salience", "claim": "claim"}
    if as_json:
        click.echo(table.to_json(orient="records", lines=True, force_ascii=False), nl=False)
    else:
        click.echo(_as_text(table[list(columns)].rename(columns=columns)))


@main.command()
@_SOURCES
@_SKIP_BAD
@_SETTINGS
@click.option(
    "--claim", "wordings", multiple=True, metavar="TEXT", help="A claim to look for; may be given several times."
)
@click.option("--codebook", metavar="FILE", help="A CSV file with the columns claim_id and claim.")
@click.option("-o", "--output", metavar="FILE", help="Write all columns to a .csv, .jsonl or .parquet file.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one claim and article a line.")
def track(
    sources: tuple[str, ...],
    skip_bad: bool,
    settings_file: str | None,
    wordings: tuple[str, ...],
    codebook: str | None,
    output: str | None,
    as_json: bool,
) -> None:
    """See how each article treats your own claims."""
    if bool(wordings) == bool(codebook):
        raise compare.InputError("give the claims either with --claim TEXT or with --codebook FILE.")
    if output:
        _keep_inputs(output, (*sources, *([codebook] if codebook else [])))
    articles = _read(sources, skip_bad)
    table = compare.track_claims(articles, codebook or list(wordings), settings=_settings(settings_file))
    if output:
        compare.write_table(table, output)
        click.echo(f"{len(table)} rows: {output}")
    elif as_json:
        click.echo(table.to_json(orient="records", lines=True, force_ascii=False), nl=False)
    else:
        columns = ["outlet", "state", "probability", *(["changes"] if table["changes"].any() else []), "evidence"]
        for (_, claim), rows in table.groupby(["claim_id", "claim"], sort=False):
            click.echo(f"{claim}\n{_as_text(rows[columns])}\n")


@main.command()
@_story_options
@click.option("-o", "--output", required=True, metavar="FOLDER", help="The folder to write.")
def export(output: str, **story: Any) -> None:
    """Write every table as CSV and Parquet, with a data dictionary."""
    click.echo(f"The tables: {_compared(**story).export(output).resolve()}")


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


def _settings(path: str | None) -> compare.Settings | None:
    return compare.Settings.read(path) if path else None


def _read(sources: tuple[str, ...], skip_bad: bool) -> pd.DataFrame:
    return compare.read_articles(sources[0] if len(sources) == 1 else list(sources), skip_bad=skip_bad)


def _compared(
    sources: tuple[str, ...], skip_bad: bool, settings_file: str | None, story: str | None
) -> compare.Comparison:
    settings = _settings(settings_file)
    articles = _read(sources, skip_bad)
    boilerplate = None
    if story is not None:
        known = list(dict.fromkeys(articles["story_id"]))
        picked = articles[articles["story_id"] == story]
        if picked.empty:
            raise compare.InputError(f"there is no story {story!r}; there are {', '.join(known[:10])}.")
        # What an outlet prints in all its articles shows in the other stories.
        boilerplate = compare.learn_boilerplate(articles[articles["outlet"].isin(picked["outlet"])])
        articles = picked
    return compare.compare_story(articles, settings=settings, boilerplate=boilerplate)


def _print_summary(comparison: compare.Comparison) -> None:
    outlets, claims = len(comparison.outlets), len(comparison.claims)
    note = "An omission is an estimate." if outlets > 1 else "With one outlet there is nothing to compare."
    click.echo(f"{outlets} {'outlet' if outlets == 1 else 'outlets'}, {claims} claims. {note}\n")
    click.echo(_as_text(comparison.summary()))
    boilerplate = comparison.boilerplate_lines()
    if boilerplate:
        lines = sum(boilerplate.values())
        each = ", ".join(f"{outlet} {count}" for outlet, count in boilerplate.items())
        click.echo(f"\n{lines} {'line' if lines == 1 else 'lines'} left out as boilerplate ({each}).")


def _as_text(table: pd.DataFrame) -> str:
    """Columns aligned; the last one, if it is text, cut to the width of the terminal."""
    import shutil

    shown = table.copy()
    for name in shown.columns:
        if shown[name].dtype == float:
            shown[name] = shown[name].map("{:.2f}".format)
    shown = shown.astype(object).where(shown.notna(), "").astype(str)
    widths = [max([len(name), *map(len, shown[name])]) for name in shown.columns]
    room = max(20, shutil.get_terminal_size((120, 24)).columns - sum(widths[:-1]) - 2 * (len(widths) - 1))
    widths[-1] = min(widths[-1], room)
    right = [table[name].dtype.kind in "iuf" for name in table.columns]
    lines = []
    for row in [list(shown.columns), *shown.to_numpy().tolist()]:
        cells = [_cell(cell, width, to_the_right) for cell, width, to_the_right in zip(row, widths, right, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _cell(text: str, width: int, to_the_right: bool) -> str:
    text = " ".join(text.split())
    text = text if len(text) <= width else text[: width - 1] + "…"
    return text.rjust(width) if to_the_right else text.ljust(width)
