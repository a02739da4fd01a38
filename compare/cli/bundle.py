"""The verbs for data sets: write one, and check one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import compare
from compare.cli.options import KEY, SHEETS, Source, story_options, validation_of
from compare.terminal import checks_as_text


@click.command()
@story_options
@click.option("-o", "--output", required=True, metavar="BUNDLE", help="The folder to write: new, or empty.")
@click.option(
    "--text",
    type=click.Choice(["none", "full"]),
    default="none",
    show_default=True,
    help="Without the articles' words, to be shared; or with everything, for yourself.",
)
@click.option(
    "--hmac-key",
    metavar="FILE",
    help="Without text: the key of the fingerprints; else BUNDLE.key, which is made if it is not there.",
)
@click.option("--publish-key", is_flag=True, help="Put that key into the data set.")
@click.option("--about", metavar="FILE", help="A TOML file with title, creators, licence ...: see docs/sharing.md.")
@SHEETS
@KEY
@click.option("--force", is_flag=True, help="Replace a data set that is there.")
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

    ARTICLES of one story or of several, or a run folder. Without the text (the default) others can check and
    rebuild it if they have the articles and the key.
    """
    from compare.export.bundle import key_path, replaceable

    replaceable(Path(output), force)  # before there is anything to wait for
    source = Source(**story)
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
    click.echo(f"The data set: {path.resolve()}")
    if text == "none":
        kept = "a copy is in the data set" if publish_key else "keep it; the data set can be checked only with it"
        click.echo(f"The key of its fingerprints: {hmac_key or key_path(path)} ({kept})")


@click.command()
@click.argument("bundle", metavar="BUNDLE")
@click.option("--articles", multiple=True, metavar="ARTICLES", help="The articles; may be given several times.")
@click.option("--hmac-key", metavar="FILE", help="The key of the fingerprints; else BUNDLE.key, or the one inside.")
@click.option("--codebook", metavar="FILE", help="The codebook that it was made with, if it is without the text.")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="How many processes.")
def reproduce(bundle: str, articles: tuple[str, ...], hmac_key: str | None, codebook: str | None, workers: int) -> None:
    """Check every file of a data set, compute it anew, and say exactly what differs.

    With the articles every table is computed anew; a data set with the text has them. Ends with code 1 if anything
    differs.
    """
    sources = (articles[0] if len(articles) == 1 else list(articles)) if articles else None
    done = compare.reproduce(bundle, sources, key=hmac_key, codebook=codebook, workers=workers)
    click.echo(f"{checks_as_text(done.checks)}\n\n{bundle}: {done.sentence}.")
    if not done.ok:
        raise click.exceptions.Exit(1)
