"""The errors; every message says what is wrong, where, and what to do.

The command line prints the message alone and exits with code 2, so a message is one
sentence for a person, never a representation of an object.
"""

import difflib
import re

_LONG = re.compile(r"\S{500,}")
_KNOWN = 40  # names that are listed; a story may be one of thousands
_ALIKE = 0.7  # from which likeness on one name may be the other, misspelt
NAMED = 5  # so many are named one by one; a warning of a hundred lines is read by no one
LONGEST = 40  # so much of a value is shown: enough to find it, too little to bury the sentence
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


def way_out(name: str, known: list[str], there_are: str = "known are") -> str:
    """Say what may be meant by a name that is not known, or else what is known."""
    folded = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(name.casefold(), folded, 1, _ALIKE)
    if near:
        return f"did you mean {folded[near[0]]}?"
    more = [f"and {len(known) - _KNOWN} more"] if len(known) > _KNOWN else []
    return f"{there_are} {', '.join(known[:_KNOWN] + more)}."


class FlawError(Exception):
    """One article cannot be used; its arguments are what is wrong with it and the way out."""


def counted(number: int, thing: str) -> str:
    """Return "1 article was" or "3 articles were"."""
    return f"1 {thing} was" if number == 1 else f"{number} {thing}s were"


def listed(names: list[str], separator: str = ", ") -> str:
    """Join the first few names, and say how many more there are."""
    more = [f"and {len(names) - NAMED} more"] if len(names) > NAMED else []
    return separator.join(names[:NAMED] + more)


def shortened(value: object) -> str:
    """Show a value in quotation marks, on one line, and not longer than a reader wants it."""
    text = str(value)
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return f'"{printable(text)}"'


def kind(value: object) -> str:
    """Say in a person's words what kind of thing a value is."""
    import pandas as pd

    words: list[tuple[type | tuple[type, ...], str]] = [
        (bool, "true or false"),
        ((int, float), "a number"),
        (str, "text"),
        (bytes, "bytes"),
        (dict, "an object"),
        ((list, tuple), "a list"),
        (pd.DataFrame, "a DataFrame"),
        (type(None), "nothing"),
    ]
    return next((word for types, word in words if isinstance(value, types)), f"of the type {type(value).__name__}")
