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
from compare.cli.corpus_verbs import agree, corpus, export, group, reproduce, sample
from compare.cli.options import code_of
from compare.cli.story_verbs import claims, demo, fetch, report, settings, track
from compare.errors import as_message
from compare.progress import begin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


_NO_THREAD = "can't start new thread"  # what Python says where a limit of memory or processes is reached


class _Verbs(click.Group):
    """Reports the toolkit's errors as one sentence on standard error, with exit code 2."""

    def make_context(self, *args: Any, **named: Any) -> click.Context:
        with _usage_told():
            return super().make_context(*args, **named)

    def invoke(self, ctx: click.Context) -> Any:
        begin()
        try:
            with _usage_told(), warnings.catch_warnings(), _stopped_by_signals():
                warnings.showwarning = _shown_once()
                warnings.simplefilter("always", compare.InputWarning)
                return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            click.echo("storydiff: stopped; nothing was written.", err=True)
            return ctx.exit(code_of(stop))
        except (compare.StorydiffError, OSError, MemoryError, RuntimeError, UnicodeEncodeError) as error:
            sentence = _sentence(error)
            if not sentence:
                raise
            click.echo(f"storydiff: {as_message(sentence)}", err=True)
            return ctx.exit(2)


def _sentence(error: Exception) -> str:
    """Say in a sentence what stopped a command; "" for what is no fault of the input, the output or the machine."""
    if isinstance(error, compare.StorydiffError):
        return str(error)
    if isinstance(error, OSError):
        what = f"{error.filename}: cannot be read or written" if error.filename else "the output cannot be written"
        # Without a sentence, click exits quietly when the reader of a pipe has closed it.
        return "" if error.errno == errno.EPIPE else f"{what} ({error.strerror or error})."
    if isinstance(error, UnicodeEncodeError):
        return f"the output cannot be written in {error.encoding}; set PYTHONIOENCODING=utf-8."
    if isinstance(error, MemoryError):
        return "the input does not fit into memory; give it in parts."
    if isinstance(error, RecursionError):
        return "the input is nested too deeply to be read; give it in parts."
    return f"the machine gives no more threads ({error}); raise its limits." if _NO_THREAD in str(error) else ""


@contextmanager
def _usage_told() -> Iterator[None]:
    """Make click's own errors safe for a terminal; they quote what was typed, perhaps by a shell's * from names."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise click.UsageError(as_message(error.format_message()), error.ctx) from None


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


def _shown_once() -> Callable[..., None]:
    """Return what shows warnings of the input, each sentence once: several parts of a page may ask for one thing."""
    shown: set[str] = set()

    def show(message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
        if issubclass(category, compare.InputWarning) and str(message) not in shown:
            shown.add(str(message))
            click.echo(f"storydiff: {message}", err=True)

    return show


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(compare.__version__, prog_name="storydiff")
def main() -> None:
    """Which claims each outlet's version of a story carries, changes or leaves out.

    ARTICLES are files (.jsonl, .json, .csv, .xlsx, .parquet, .txt, .html), folders or .zip archives of
    them, or - for JSON Lines on standard input. The name of a .txt or .html file is the outlet.
    """


for verb in (demo, fetch, report, claims, track, group, corpus, sample, agree, export, reproduce, settings):
    main.add_command(verb)
