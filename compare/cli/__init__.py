"""The command line: every verb calls the public API and nothing else.

An error is one sentence on standard error and exit code 2.
"""

from __future__ import annotations

import errno
import warnings
from typing import Any

import click

import compare
from compare.cli.corpus_verbs import agree, corpus, export, reproduce, sample
from compare.cli.story_verbs import claims, demo, report, settings, track


class _Verbs(click.Group):
    """Reports the toolkit's errors as one sentence on standard error, with exit code 2."""

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
                raise  # click exits quietly when the reader of a pipe has closed it
            click.echo(f"storydiff: the output cannot be written ({error.strerror}).", err=True)
            ctx.exit(2)
        except (RecursionError, MemoryError) as error:
            what = (
                "is nested too deeply to be read" if isinstance(error, RecursionError) else "does not fit into memory"
            )
            click.echo(f"storydiff: the input {what}; give it in parts.", err=True)
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

    ARTICLES are files (.jsonl, .json, .csv, .xlsx, .parquet, .txt, .html), folders or .zip archives of
    them, or - for JSON Lines on standard input. The name of a .txt or .html file is the outlet.
    """


for verb in (demo, report, claims, track, corpus, sample, agree, export, reproduce, settings):
    main.add_command(verb)
