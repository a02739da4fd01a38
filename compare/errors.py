"""The errors; every message says what is wrong, where, and what to do.

The command line prints the message alone and exits with code 2, so a message is one
sentence for a person, never a representation of an object.
"""

import difflib
import re

_LONG = re.compile(r"\S{500,}")
_SHOWN = 120  # characters at either end of a word too long to be read


def printable(text: str) -> str:
    """Replace what a terminal does not show, line ends too."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def as_message(message: str) -> str:
    """Make a message fit for a terminal, whatever names it quotes: no control characters, no endless words."""
    shown = "\n".join(map(printable, message.split("\n")))
    return _LONG.sub(lambda found: f"{found[0][:_SHOWN]}…{found[0][-_SHOWN:]}", shown)


class StorydiffError(Exception):
    """Anything that storydiff itself refuses; the base class of the others."""

    def __init__(self, message: str) -> None:
        super().__init__(as_message(message))


class InputError(StorydiffError):
    """Articles, claims or paths that cannot be used; names file, line and field."""


class SettingsError(StorydiffError):
    """A setting that does not exist, or a value that makes no sense."""


class MissingExtraError(StorydiffError):
    """A feature whose optional dependency is not installed; names the command that adds it."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs an optional part of storydiff; add it with: "
            f'pip install "storydiff[{extra}]" (in a checkout: pip install ".[{extra}]").'
        )


class InputWarning(UserWarning):
    """Something in the input that was worked around; it is named so that nothing is lost silently."""

    def __init__(self, message: str) -> None:
        super().__init__(as_message(message))


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural if needed."""
    plural = f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def way_out(name: str, known: list[str]) -> str:
    """Suggest a known name that is close to an unknown one, or list those that are known."""
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else f"known names are {', '.join(known)}."
