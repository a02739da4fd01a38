"""What only the authors know of their data set: who made it, under which licence, how to cite it."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, way_out

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

_ORCID = re.compile(r"(\d{4}-){3}\d{3}[\dX]")
_LICENCE = re.compile(r"[A-Za-z0-9.+-]+")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


@dataclass(frozen=True)
class Creator:
    """A person or an institution who made the data set.

    Attributes:
        name: of a person "Family, Given"; of an institution its name.
        orcid: sixteen digits in groups of four, or empty.
        affiliation: where the person works, or empty.
    """

    name: str
    orcid: str = ""
    affiliation: str = ""

    @property
    def names(self) -> tuple[str, str] | None:
        """A person's family name and given names; None for an institution."""
        family, comma, given = self.name.partition(",")
        return (family.strip(), given.strip()) if comma else None


@dataclass(frozen=True)
class About:
    """What the authors say of their data set; every field may be empty.

    Attributes:
        title: of the data set.
        description: a paragraph.
        creators: who made it, in the order of citation.
        publisher: the archive or institution that publishes it.
        licence: an SPDX identifier, such as CC-BY-4.0.
        version: of the data set.
        date: of publication, YYYY-MM-DD.
        doi: without https://doi.org/.
        url: where it is, or will be.
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
            values = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror}); check the path.") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: is not TOML ({error}); docs/sharing.md shows an example.") from error
        try:
            return cls.of(values)
        except InputError as error:
            raise InputError(f"{path}: {error}") from error

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> About:
        """Give it from plain values, as `to_dict` gives them or a TOML file has them.

        Raises:
            InputError: a field is unknown, or a value cannot be used.
        """
        _check_names(values, cls, "about")
        creators = values.get("creators", ())
        keywords = values.get("keywords", ())
        if not _list_of(creators, dict) or not _list_of(keywords, str):
            what, how = (
                ("keywords", '["news", "ceasefire"]') if _list_of(creators, dict) else ("creators", "[[creators]]")
            )
            raise InputError(f"about: {what} is no list; write {how}.")
        texts = {name: _text(name, value) for name, value in values.items() if name not in {"creators", "keywords"}}
        return cls(**texts, creators=tuple(map(_creator, creators)), keywords=tuple(keywords))

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values; `of` reads them back."""
        return {**asdict(self), "creators": [asdict(one) for one in self.creators], "keywords": list(self.keywords)}

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if name not in {"creators", "keywords"} and not isinstance(value, str):
                raise InputError(f"about: {name} is {value!r}; put it in quotation marks.")
        if not all(isinstance(one, Creator) for one in self.creators):
            raise InputError('about: a creator is none; write compare.Creator("Family, Given").')
        if self.date and not _is_date(self.date):
            raise InputError(f"about: date is {self.date!r}; write it as YYYY-MM-DD.")
        if self.licence and not _LICENCE.fullmatch(self.licence):
            raise InputError(f"about: licence is {self.licence!r}; give an SPDX identifier, such as CC-BY-4.0.")
        if self.doi and not _DOI.fullmatch(self.doi):
            raise InputError(f"about: doi is {self.doi!r}; write it as 10.1234/abc, without https://doi.org/.")
        if self.url and not self.url.startswith(("https://", "http://")):
            raise InputError(f"about: url is {self.url!r}; it begins with https://.")


def _is_date(text: str) -> bool:
    """Whether it is a day in the one form of ISO 8601 that all archives take."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def given_about(about: About | str | os.PathLike[str] | None) -> About:
    """Give what the authors say: nothing, an `About`, or a file to read it from.

    Raises:
        InputError: the file cannot be read, or holds what cannot be used.
    """
    if isinstance(about, About):
        return about
    return About() if about is None else About.read(Path(about))


def _creator(values: Mapping[str, Any]) -> Creator:
    _check_names(values, Creator, "about: creators")
    creator = Creator(**{name: _text(name, value) for name, value in values.items()}) if "name" in values else None
    if creator is None or not creator.name:
        raise InputError('about: a creator has no name; write name = "Family, Given".')
    if creator.orcid and not _ORCID.fullmatch(creator.orcid):
        raise InputError(f"about: orcid is {creator.orcid!r}; write it as 0000-0002-1825-0097.")
    return creator


def _text(name: str, value: Any) -> str:
    if isinstance(value, datetime.date):  # TOML has dates of its own
        value = value.isoformat()
    if not isinstance(value, str):
        raise InputError(f"about: {name} is {value!r}; put it in quotation marks.")
    return value.strip()


def _list_of(values: Any, kind: type) -> bool:
    return isinstance(values, (list, tuple)) and all(isinstance(value, kind) for value in values)


def _check_names(values: Mapping[str, Any], kind: type, where: str) -> None:
    known = [item.name for item in fields(kind)]
    for name in values:
        if name not in known:
            raise InputError(f"{where}: there is no field {name}: {way_out(name, known)}")
