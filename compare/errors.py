"""The errors; every message says what is wrong, where, and what to do.

The command line prints the message alone and exits with code 2, so a message is a sentence for a person, never the
representation of an object.
"""

from __future__ import annotations

import difflib
import inspect
import re
import unicodedata
import warnings
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_Called = TypeVar("_Called")

_PACKAGE = __name__.partition(".")[0]
_LONG = re.compile(r"\S{500,}")
_KNOWN = 40  # the most names listed; there may be thousands of stories
_ALIKE = 0.75  # least similarity of a name to its misspelling: kept and keep, but not date and data set
NAMED = 5  # the most items named one by one; nobody reads a warning of a hundred lines
LONGEST = 40  # the most characters of a value shown: enough to find it, too few to bury the sentence
_SHOWN = 120  # characters shown at either end of a long word
_MESSAGE = 1500  # the most characters of a message; its last third is kept, because the way out stands at the end
_JOINERS = "\xad\u200c\u200d"  # unseen, but harmless: words and emoji are spelt with them


def printable(text: str) -> str:
    """Replace what a terminal does not show or would obey: control characters, line ends, marks of direction."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c in _JOINERS or unicodedata.category(c) == "Zs" else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )


def as_message(message: str) -> str:
    """Make a message safe for a terminal: one line, no control characters, nothing endless, whatever it quotes."""
    shown = printable(message.replace("\n", " "))
    shown = _LONG.sub(lambda found: f"{found[0][:_SHOWN]}…{found[0][-_SHOWN:]}", shown)
    return shown if len(shown) <= _MESSAGE else f"{shown[: _MESSAGE * 2 // 3 - 1]}…{shown[-_MESSAGE // 3 :]}"


class StorydiffError(Exception):
    """The base class of all errors raised by storydiff."""

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
    """A problem in the input that was worked around; reported so that nothing is lost silently."""

    def __init__(self, message: str) -> None:
        super().__init__(as_message(message))


def warn(sentence: str) -> None:
    """Issue an `InputWarning` for the line that called storydiff, at any depth of internal calls."""
    frame, level = inspect.currentframe(), 1
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == _PACKAGE:
        frame, level = frame.f_back, level + 1
    warnings.warn(sentence, InputWarning, stacklevel=level)


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural if needed."""
    plural = f"{noun[:-1]}ies" if re.search("[^aeiou]y$", noun) else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def bare(name: str) -> str:
    """Return a name without differences of spelling: "Claim ID" and claim_id are one."""
    return re.sub(r"[\W_]+", "", name.casefold())


def near_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like an unknown one, if it is similar enough."""
    names = {bare(one): one for one in known if bare(one)}
    return next((names[near] for near in difflib.get_close_matches(bare(name), names, 1, _ALIKE)), None)


def way_out(name: str, known: Sequence[str], there_are: str = "known are") -> str:
    """Suggest the known name that an unknown one may mean, or else list the known ones."""
    near = near_name(name, known)
    if near:
        return f"did you mean {near}?"
    more = [f"and {len(known) - _KNOWN} more"] if len(known) > _KNOWN else []
    return f"{there_are} {', '.join([*known[:_KNOWN], *more])}."


class FlawError(Exception):
    """An article cannot be used; the arguments are the problem and the remedy."""


def counted(number: int, thing: str) -> str:
    """Return "1 article was" or "3 articles were"."""
    return f"{count(number, thing)} {'was' if number == 1 else 'were'}"


def listed(names: list[str], separator: str = ", ") -> str:
    """Join the first few names, and say how many more there are."""
    more = [f"and {len(names) - NAMED} more"] if len(names) > NAMED else []
    return separator.join(names[:NAMED] + more)


def shortened(value: object) -> str:
    """Return a value in quotation marks, on one line, shortened to `LONGEST`."""
    text = str(value)
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return f'"{printable(text)}"'


def kind(value: object) -> str:
    """Describe the type of a value in plain words."""
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
    package = type(value).__module__.partition(".")[0]
    named = type(value).__name__ if package in {"builtins", "__main__"} else f"{package}.{type(value).__name__}"
    return next((word for types, word in words if isinstance(value, types)), f"of the type {named}")


def says_what_is_missing(called: _Called) -> _Called:
    """Make a function, or each public method of a class, say which argument a call lacks and what to write.

    Signature, types and docstring stay the same, and the error is still a TypeError.
    """
    if isinstance(called, type):
        for name, member in list(vars(called).items()):
            if inspect.isfunction(member) and (name == "__init__" or not name.startswith("_")):
                setattr(called, name, says_what_is_missing(member))
        return called
    function: Any = called

    @wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        try:
            return function(*args, **named)
        except TypeError as error:
            began = error.__traceback__ is not None and error.__traceback__.tb_next is not None
            lacking = "" if began else _lacking(function, args, named)
            if not lacking:
                raise
            raise TypeError(lacking) from None

    found: Any = call
    return found  # type: ignore[no-any-return]


def _lacking(function: Callable[..., Any], args: Sequence[Any], named: Mapping[str, Any]) -> str:
    """Say which arguments a call lacks, their documented meaning, and the correct call; "" if none is lacking."""
    signature = inspect.signature(function)
    try:
        given = signature.bind_partial(*args, **named).arguments
    except TypeError:  # too many arguments: Python says which
        return ""
    needed = [one for one in signature.parameters.values() if one.default is one.empty and one.name != "self"]
    needed = [one for one in needed if one.kind not in {one.VAR_POSITIONAL, one.VAR_KEYWORD}]
    missing = [one.name for one in needed if one.name not in given]
    if not missing:
        return ""
    owner, _, name = function.__qualname__.rpartition(".")
    call = owner if name == "__init__" else name
    meanings = [(inspect.getdoc(function) or "").partition(f"\n    {one}: ")[2] for one in missing]
    told = [re.split(r"[.;] ", " ".join([*meaning.split(), ""]), maxsplit=1)[0] for meaning in meanings]
    lacks = " and ".join(f"{one} ({what})" if what else one for one, what in zip(missing, told, strict=True))
    write = ", ".join(f"{one.name}=..." if one.kind is one.KEYWORD_ONLY else one.name for one in needed)
    return f"{call}() lacks {lacks}: write {call}({write})."
