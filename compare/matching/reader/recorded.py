"""How a run or a data set names who read, and finds that reader again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.matching.reader import recorded_as

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from compare.matching.reader import Chosen, Recorded


def class_name(thing: Any) -> str | None:
    """Name an encoder or reader for a manifest: by its class, the shipped reader by its name and its fingerprint."""
    if thing is None:
        return None
    if thing == "small":
        from compare.matching.reader.opinion import fingerprint

        return f"small {fingerprint()}"
    return recorded_as(thing)


@dataclass(frozen=True)
class AbsentReader:
    """The reader that a run or data set was made with, where it was not given: known by name, it reads nothing."""

    recorded: str

    def read(self, _: list[tuple[str, str]], /) -> ArrayLike:
        """Refuse.

        Raises:
            InputError: always.
        """
        raise InputError(
            f"this was made with the reader {self.recorded}, which is not here: give it as reader= where this is "
            "opened, or reader=None to go by words alone."
        )


def recorded_reader(recorded: str | None, given: Chosen | Recorded) -> Chosen:
    """The reader of a run or bundle: the one that is given, else the one that it was made with.

    Of that only its name is known where it is not the shipped one: then it is a reader that refuses to read.
    """
    if given != "recorded":
        return given
    if recorded is None:
        return None
    return "small" if recorded.startswith("small ") else AbsentReader(recorded)
