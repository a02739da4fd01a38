"""Downloads of databases as running text (Nexis Uni, Factiva, ProQuest): one article after another."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from compare.errors import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.reading.problems import Problems
    from compare.reading.records import Records

    Parser = Callable[[list[str]], dict[str, Any] | None]

_MONTHS = {m: at for at, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_DAY_FIRST = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]{0,6}\.?,? (\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([A-Z][a-z]{2})[a-z]{0,6}\.? (\d{1,2}),? (\d{4})\b")
_NEXIS_END = re.compile(r"End of Document")
_NEXIS_LOADED = re.compile(r"Load-Date: [^\n]{1,60}")  # the last line of an article where no end is written
_FACTIVA_END = re.compile(r"Document [A-Z0-9]{2,12}0{0,4}\d{8}[A-Za-z0-9]{4,20}")
_FACTIVA_CODE = re.compile(r"(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|PUB|AN|IPD|IPC)(?: |$)")
_TEXTS = frozenset({"LP", "TD", "Full text"})
_NEAR = 3  # lines in which another mark follows one that is no part of the text
# Factiva's codes behind a text; the value of the first four is a code, a colon and a name.
_CLASSES = frozenset({"CO", "IN", "NS", "RE"})
_BEHIND = _CLASSES | {"TD", "CT", "RF", "PUB", "AN", "IPD", "IPC"}
_WORDS = frozenset({"Location", "Subject", "People", "Section", "Pages", "Volume", "Issue"})  # never a sentence
_SENTENCE = re.compile(r"[^\n]*[.!?][\"'”’)]{0,3}")
_PROQUEST_END = re.compile(r"_{20,}")
_PROQUEST_FIELD = re.compile(
    r"(Full text|Title|Author|Publication title|Publication date|Publication year|Abstract|Links|Document URL|Section"
    r"|ProQuest document ID|Language of publication|Source type|Copyright|Database|Pages|Place of publication"
    r"|Country of publication|Publisher|ISSN|Document type|Last updated|Publication subject|Subject|Location|People"
    r"|Company / organization|Dateline|Volume|Issue|First page|Word count|Identifier / keyword|Credit):(?: |$)"
)


def download_records(text: str, name: str, problems: Problems) -> Records | None:
    """Return the articles in the text of a download; None if it is none that is known.

    What stands between two ends without the marks of an article (a cover page, a list of results) is counted.
    """
    lines = [" ".join(line.split()) for line in text.split("\n")]
    ends = ((_NEXIS_END, _nexis), (_NEXIS_LOADED, _nexis), (_FACTIVA_END, _factiva), (_PROQUEST_END, _proquest))
    for end, parser in ends:
        parts = _parts(lines, end)
        if parts and any(parser(part) for part in parts):
            return _records(parts, parser, name, problems)
    return None


def _records(parts: list[list[str]], parser: Parser, name: str, problems: Problems) -> Records:
    lost = []
    for number, part in enumerate(parts, start=1):
        record = parser(part)
        if record:
            yield f"{name}, article {number}", record
        elif sum(map(len, part)):
            lost.append(str(number))
    if lost:
        problems.note(
            f"{name}: {counted(len(lost), 'part')} no article (number {', '.join(lost[:5])} of {len(parts)}): "
            "there is no text, or nothing that says who published it."
        )


def _parts(lines: list[str], end: re.Pattern[str]) -> list[list[str]]:
    """Return the lines before each end; none if there is no end."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if end.fullmatch(line):
            parts.append([])
        else:
            parts[-1].append(line)
    return [part for part in parts if any(part)] if len(parts) > 1 else []


def _nexis(lines: list[str]) -> dict[str, Any] | None:
    """Title, publication and date, then fields; the text stands between "Body" and "Load-Date"."""
    try:
        begins = lines.index("Body")
    except ValueError:
        return None
    head = [line for line in lines[:begins] if line]
    dated = next((at for at, line in enumerate(head) if at > 1 and _day(line)), None)
    if dated is None:
        return None
    ends = next((at for at, line in enumerate(lines) if at > begins and line.startswith("Load-Date:")), len(lines))
    ends = next((at for at in range(begins + 1, ends) if lines[at] in {"Graphic", "Classification"}), ends)
    return _record(head[dated - 1], head[dated - 2], _day(head[dated]), lines[begins + 1 : ends])


def _factiva(lines: list[str]) -> dict[str, Any] | None:
    """Lines that begin with a code of two or three letters; the text is the lead and what follows it."""
    fields = _fields(lines, _FACTIVA_CODE)
    if not {"SN", "LP"} <= fields.keys():
        return None
    text = [*fields["LP"], "", *fields.get("TD", [])]
    return _record(_one(fields, "SN"), _one(fields, "HD"), _day(_one(fields, "PD")), text)


def _proquest(lines: list[str]) -> dict[str, Any] | None:
    fields = _fields(lines, _PROQUEST_FIELD)
    if not {"Full text", "Publication title"} <= fields.keys():
        return None
    outlet = re.split(r" ?[;(]", _one(fields, "Publication title"))[0]
    record = _record(outlet, _one(fields, "Title"), _day(_one(fields, "Publication date")), fields["Full text"])
    return record and {**record, "url": _one(fields, "Document URL") or None}


def _fields(lines: list[str], mark: re.Pattern[str]) -> dict[str, list[str]]:
    """Return the lines behind each mark; a mark that comes again belongs to the text."""
    fields: dict[str, list[str]] = {}
    lines_of: list[str] = []
    named = ""
    for at, line in enumerate(lines):
        found = mark.match(line)
        if found and found[1] not in fields and (named not in _TEXTS or _ends_text(lines, at, mark)):
            named = found[1]
            lines_of = fields[found[1]] = [line[found.end() :]]
        else:
            lines_of.append(line)
    return fields


def _ends_text(lines: list[str], at: int, mark: re.Pattern[str]) -> bool:
    """Whether a line that looks like a mark is one: another follows soon, or nothing does; a text may say the same."""
    found = mark.match(lines[at])
    name = found[1] if found else ""
    after = list(islice((lines[place] for place in range(at + 1, len(lines)) if lines[place]), _NEAR))
    if name in _TEXTS and name == lines[at]:
        return True
    if mark is _FACTIVA_CODE:
        value = next(iter(after), "") if lines[at] == name else lines[at]
        told = name in _BEHIND and (name not in _CLASSES or " : " in value)
    else:
        # What comes again below belongs to the text here; sentences between two marks do, too.
        below = (mark.match(lines[place]) for place in range(at + 1, len(lines)))
        told = not any(one and one[1] == name for one in below)
        told = told and not (name in _WORDS and _SENTENCE.fullmatch(lines[at]))
        until = next((place for place, line in enumerate(after) if mark.match(line)), len(after))
        told = told and not any(map(_SENTENCE.fullmatch, after[:until]))
    return told and (len(after) < _NEAR or any(map(mark.match, after)))


def _one(fields: dict[str, list[str]], name: str) -> str:
    return " ".join(line for line in fields.get(name, []) if line)


def _record(outlet: str, title: str, day: str | None, lines: list[str]) -> dict[str, Any] | None:
    text = "\n\n".join(line for line in lines if line)
    return {"outlet": outlet, "title": title, "published": day, "text": text} if text and outlet else None


def _day(line: str) -> str | None:
    """Return the day that a line begins with or names, in ISO 8601."""
    if found := _DAY_FIRST.search(line):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.search(line):
        month, day, year = found.groups()
    else:
        return None
    number = _MONTHS.get(month.lower())
    return f"{year}-{number:02}-{int(day):02}" if number and 1 <= int(day) <= 31 else None
