"""What SPSS and Stata take as the name and the label of a variable."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPSS_WORDS = frozenset("all and by eq ge gt le lt ne not or to with".split())
_STATA_WORDS = frozenset("byte double float if in int long strl using with".split())
_NO_NAME = re.compile(r"[^A-Za-z0-9_]")
_STATA_TYPE = re.compile(r"str\d+")


@dataclass(frozen=True)
class Program:
    """A statistics program and its limits.

    Attributes:
        name: of the program.
        reserved: words that name nothing, in small letters.
        name_length: letters of a name.
        label_length: of a variable's label, in characters or bytes.
        label_bytes: whether that is in bytes of UTF-8.
        text_bytes: the longest text in a cell; 0: no limit.
    """

    name: str
    reserved: frozenset[str]
    name_length: int
    label_length: int
    label_bytes: bool
    text_bytes: int

    @property
    def label_limit(self) -> str:
        """The longest label, in words."""
        return f"{self.label_length} {'bytes' if self.label_bytes else 'characters'}"

    def names(self, columns: list[str]) -> list[str]:
        """Name the variables: as the columns where that is possible, each another, whether letters are large or not.

        Names of ASCII letters, digits and _ are good in every version of either program.
        """
        taken: set[str] = set()
        names = []
        for column in columns:
            name = base = self._allowed(column)
            number = 1
            while name.lower() in taken:
                number += 1
                name = f"{base[: self.name_length - len(str(number)) - 1]}_{number}"
            taken.add(name.lower())
            names.append(name)
        return names

    def label(self, text: str) -> tuple[str, bool]:
        """Give a label of one line that is not too long, and whether it is whole."""
        line = " ".join(text.replace("\0", "\ufffd").split())
        if self._size(line) <= self.label_length:
            return line, True
        kept = line
        while self._size(kept) > self.label_length - self._size("…"):
            kept = kept[:-1]
        return f"{kept}…", False

    def _allowed(self, column: str) -> str:
        name = _NO_NAME.sub("_", column)
        if not name[:1].isalpha():
            name = f"v_{name.lstrip('_')}"
        name = name[: self.name_length]
        if name.lower() in self.reserved or (self.name == "Stata" and _STATA_TYPE.fullmatch(name)):
            name += "_"
        return name

    def _size(self, text: str) -> int:
        return len(text.encode()) if self.label_bytes else len(text)


PROGRAMS = {
    ".sav": Program("SPSS", _SPSS_WORDS, 64, label_length=255, label_bytes=True, text_bytes=32_767),
    ".dta": Program("Stata", _STATA_WORDS, 32, label_length=80, label_bytes=False, text_bytes=0),
}
