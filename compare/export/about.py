"""What only the authors know about their data set: its creators, its licence and how to cite it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, way_out
from compare.foreign import toml_in

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

# The format of a field, if it is given, and how to write it.
_FORMS = {
    "date": (r"\d{4}-\d\d-\d\d", "write it as YYYY-MM-DD."),
    "licence": (r"[A-Za-z0-9.+-]+", "give an SPDX identifier, such as CC-BY-4.0."),
    "doi": (r"10\.\d{4,9}/\S+", "write it as 10.1234/abc, without https://doi.org/."),
    "url": (r"(?s)https?://.*", "it begins with https://."),
    "orcid": (r"(\d{4}-){3}\d{3}[\dX]", "write it as 0000-0002-1825-0097."),
}


@dataclass(frozen=True)
class Creator:
    """A person or an institution that made the data set.

    Attributes:
        name: "Family, Given" for a person; the name for an institution.
        orcid: sixteen digits in groups of four, or empty.
        affiliation: the person's institution, or empty.
    """

    name: str
    orcid: str = ""
    affiliation: str = ""

    @property
    def names(self) -> tuple[str, str] | None:
        """A person's family name and given names; None for an institution."""
        family, comma, given = self.name.partition(",")
        return (family.strip(), given.strip()) if comma else None

    def __post_init__(self) -> None:
        if not self.name:
            raise InputError('about: a creator has no name; write name = "Family, Given".')
        _check(vars(self))


@dataclass(frozen=True)
class About:
    """The authors' description of their data set; every field may be empty.

    Attributes:
        title: of the data set.
        description: a paragraph.
        creators: in the order of citation.
        publisher: the archive or institution that publishes it.
        licence: an SPDX identifier, such as CC-BY-4.0.
        version: of the data set.
        date: of publication, YYYY-MM-DD.
        doi: without https://doi.org/.
        url: where the data set is, or will be.
        contact: an address for questions.
        keywords: a few.
    """

    title: str = ""
    description: str = ""
    creators: tuple[Creator, ...] = ()
    publisher: str = ""
    licence: str = ""
    version: str = ""
    date: str = ""
    doi: str = ""
    url: str = ""
    contact: str = ""
    keywords: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: str | Path) -> About:
        """Read a TOML file with these fields; creators are tables with name, orcid and affiliation.

        Raises:
            InputError: the file cannot be read, or names an unknown field or a value that cannot be used.
        """
        try:
            return cls.of(toml_in(path))
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror}); check the path.") from error
        except InputError as error:
            raise InputError(f"{path}: {error}") from error
        except ValueError as error:
            raise InputError(f"{path}: is not TOML ({error}); docs/sharing.md shows an example.") from error

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> About:
        """Build an `About` from plain values, as in a TOML file or a manifest.

        Raises:
            InputError: a field is unknown, or a value cannot be used.
        """
        given = {name: _plain(value) for name, value in values.items()}
        _check_names(given, cls, "about")
        for name, kind, how in (("creators", dict, "[[creators]]"), ("keywords", str, '["news", "ceasefire"]')):
            many = given.setdefault(name, [])
            if not isinstance(many, list) or not all(isinstance(one, kind) for one in many):
                raise InputError(f"about: {name} is not a list; write {how}.")
        for one in given["creators"]:
            _check_names(one, Creator, "about: creators")
        creators = (Creator(**{"name": ""} | {k: _plain(v) for k, v in one.items()}) for one in given["creators"])
        return cls(**given | {"creators": tuple(creators), "keywords": tuple(given["keywords"])})

    def __post_init__(self) -> None:
        _check({name: value for name, value in vars(self).items() if name not in {"creators", "keywords"}})
        if not all(isinstance(one, Creator) for one in self.creators):
            raise InputError('about: a creator is not a Creator; write compare.Creator("Family, Given").')


def given_about(about: About | str | os.PathLike[str] | None) -> About:
    """Return the authors' description of their data set: an empty one, an `About`, or the contents of a file."""
    if isinstance(about, About):
        return about
    return About() if about is None else About.read(Path(about))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):  # TOML has a type for dates
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value


def _check(texts: Mapping[str, Any]) -> None:
    for name, value in texts.items():
        if not isinstance(value, str):
            raise InputError(f"about: {name} is {value!r}; put it in quotation marks.")
        form, how = _FORMS.get(name, ("(?s).*", ""))
        if value and (not re.fullmatch(form, value) or (name == "date" and not _is_day(value))):
            raise InputError(f"about: {name} is {value!r}; {how}")


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _check_names(values: Mapping[str, Any], kind: type, where: str) -> None:
    known = [item.name for item in fields(kind)]
    for name in values:
        if name not in known:
            raise InputError(f"{where}: there is no field {name}: {way_out(name, known)}")
