"""The command line: every verb calls the public API and nothing else.

An error is one sentence on standard error and exit code 2.
"""

from __future__ import annotations

import errno
import signal
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import click

import compare
from compare.cli.corpus_verbs import agree, corpus, export, reproduce, sample
from compare.cli.options import code_of
from compare.cli.story_verbs import claims, demo, report, settings, track

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Verbs(click.Group):
    """Reports the toolkit's errors as one sentence on standard error, with exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with warnings.catch_warnings(), _stopped_by_signals():
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
        except KeyboardInterrupt as stop:
            click.echo("storydiff: stopped; nothing was written.", err=True)
            ctx.exit(code_of(stop))


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let a program that is told to end, or loses its terminal, end as by Ctrl-C: nothing half written is left."""

    def stop(number: int, _: object) -> NoReturn:
        for name in before:
            signal.signal(name, signal.SIG_IGN)  # asking twice must not disturb the cleaning up
        raise KeyboardInterrupt(number)

    both = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    here = threading.current_thread() is threading.main_thread()
    # Under nohup the hang-up stays ignored.
    before = {one: signal.getsignal(one) for one in both if here and signal.getsignal(one) is signal.SIG_DFL}
    for name in before:
        signal.signal(name, stop)
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


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
