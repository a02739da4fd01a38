"""Write docs/tables.md, docs/commands.md and docs/python.md from the code that they describe.

python docs/generate.py            write them
python docs/generate.py --check    write nothing; exit code 1 where one is out of date
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
import textwrap
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

import compare
from compare.cli import main as storydiff
from compare.corpus.questions import Likeness, Omissions, Wording
from compare.report.figures.corpus_figures import CorpusFigures
from compare.report.figures.story_figures import Figures
from compare.tables import (
    BOILERPLATE,
    CHECKS,
    CODEBOOK,
    CODED,
    CONFUSIONS,
    CORPUS_TABLES,
    CORRECTIONS,
    DIFFERENCES,
    OUTLET_STORIES,
    OUTLETS,
    QUOTATIONS,
    RATES,
    STORY_TABLES,
    TRACKED,
    VALIDATION_TABLES,
    WORDINGS,
    data_dictionary,
)

if TYPE_CHECKING:
    import pandas as pd

    from compare.tables import Table

DOCS = Path(__file__).parent
WIDTH = 80  # characters of a line of help: what a terminal shows at most

_NOTE = "<!-- Written by docs/generate.py; change the code that it describes instead. -->\n"
_TYPES = {
    "str": "text",
    "int64": "whole number",
    "Int64": "whole number",
    "float64": "number",
    "bool": "true or false",
    "datetime64[us, UTC]": "time",
}

_OF_CORPUS = {
    "outlet_stories": "the attribute `outlet_stories`",
    "outlets": "the attribute `outlets`",
    "rates": "the attribute `rates`",
    "differences": "what the method `differences` gives",
    "gaps": "what `omissions.gaps` gives",
    "claim_traits": "what `omissions.traits` gives",
    "omission_model": "what `omissions.model` gives (it needs the extra `stats`)",
    "terms": "what `wording.terms` gives",
    "attributions": "what `wording.attributions` gives",
    "passives": "what `wording.passives` gives",
    "namings": "what `wording.naming` gives",
    "distances": "what `map.distances` gives",
    "map": "what `map.places` gives",
    "dendrogram": "what `map.dendrogram` gives",
}

_TABLES = """# The tables

A comparison is a handful of plain pandas DataFrames: `story.claims`, `story.coverage` and so on in Python, one CSV
and one Parquet file each in a data set that `storydiff export` writes ([Sharing](sharing.md)), which puts the same
descriptions beside them as `dictionary.csv`. In a data set of many stories every table of a story begins with
`story_id`; in one without text, a column that is marked *withheld* is left out, and a column with `_hmac` after its
name has the fingerprints of its texts.

Ids tie the tables together. The same text gives the same id on any machine. A claim is named after its earliest
sentence, so a later article that joins a claim leaves the claim's id as it is.

**In CSV** (UTF-8, RFC 4180, times in ISO 8601) a cell, or a column's name, that a spreadsheet would run as a formula
stands behind an apostrophe: one that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, and one that begins so
after apostrophes of its own. So `=1+1` is written `'=1+1` and `'=1+1` is written `''=1+1`, and taking one apostrophe
away from every cell that begins with apostrophes and one of these characters gives each cell back as it was. An empty
cell is missing where the column may be missing, and is empty text in other columns of text. `compare.read_table` does
all this and gives the types back, too; Parquet has every cell as it is.

**In `.sav` (SPSS) and `.dta` (Stata)**, which `write_table` and `storydiff track -o` write with the extra `spss`,
columns of few values are whole numbers with value labels: the values below, in their order, from 1 (`verbatim` is 1,
`omitted` is 7); false is 0 and true 1. Meanings, as below, are the variables' labels. Times are in UTC. Missing text is
empty text, because neither program tells the two apart, and SPSS forgets spaces at the end of a text. A name that the
program does not take is changed: one of more than 32 characters (Stata) or 64 (SPSS) loses words from its middle, and
its label begins with the whole name. A label that is too long ends in "…". Each time a warning says so; a text of more
than 32,767 bytes is refused for SPSS. Nothing else is changed or left out.
"""

_COMMANDS = """# The commands

Every verb as `storydiff VERB --help` prints it. What goes wrong is one sentence on standard error and exit code 2.
"""


_CODEBOOK = """\
It is what `storydiff claims ARTICLES -o codebook.csv` writes and `Comparison.codebook` gives, and what `storydiff
report ARTICLES --codebook codebook.csv`, `compare_story(articles, codebook=...)`, `storydiff track` and `track_claims`
read; it is in no data set. Only `claim_id` and `claim` are needed. It is edited so:

- *reword*: change `claim`; the id stays;
- *drop*: delete the row, or write `no` into `keep` (a claim that others are parts of needs the `no`);
- *merge*: write the `claim_id` of the claim that is to stay into `merge_into` of the others, and leave their rows in
  place; an article that tells the claim in any of their wordings carries it;
- *add*: a row with a `claim` and nothing else; it gets an id, the same one whenever it has the same words;
- *make it a part*: write the `claim_id` of the claim of which it tells a detail into `part_of`; a part has no parts,
  and what counts claims counts the claim alone.

The file may be saved with semicolons or tabs, as spreadsheets do in some countries. `keep` takes yes, no, true, false,
1 and 0; rows without a claim are skipped with a warning; other columns do no harm."""

_BUNDLED = (OUTLET_STORIES, OUTLETS, RATES, DIFFERENCES)
_BY_FUNCTION = {
    CHECKS: "`compare.reproduce`",
    CODED: "`compare.to_long`",
    CORRECTIONS: "the attribute `corrections` of a `Comparison`",
}


def tables_page() -> str:
    """Describe every table, column by column."""
    tables = (
        *STORY_TABLES,
        CODEBOOK,
        WORDINGS,
        *CORPUS_TABLES,
        TRACKED,
        CODED,
        QUOTATIONS,
        BOILERPLATE,
        CORRECTIONS,
        *VALIDATION_TABLES,
        CHECKS,
    )
    dictionary = data_dictionary(tables)
    parts = [_table_part(table, dictionary[dictionary["table"] == table.name]) for table in tables]
    return "\n".join([_NOTE, _TABLES, *parts])


def _table_part(table: Table, columns: pd.DataFrame) -> str:
    lines = [f"## {table.name}", "", f"A row is {table.row}. {_key(table)}"]
    if table is TRACKED:
        lines += ["", "It is what `track_claims`, `Comparison.track` and `storydiff track` give; it is in no data set."]
    if table is CODEBOOK:
        lines += ["", _CODEBOOK]
    if table is WORDINGS:
        lines += ["", "It is part of a data set of a story whose claims came from a codebook."]
    if table is QUOTATIONS:
        lines += ["", "It is what `extract_quotes` gives for one text; it is in no data set."]
    if table is BOILERPLATE:
        lines += ["", "It is what `learn_boilerplate` gives and `compare_story` takes."]
    if table in CORPUS_TABLES:
        shared = "" if table in _BUNDLED else "; it is in no data set"
        lines += ["", f"It is {_OF_CORPUS[table.name]} of a `Corpus`, from `compare_corpus` or `open_run`{shared}."]
    if table in _BY_FUNCTION:
        lines += ["", f"It is what {_BY_FUNCTION[table]} gives; it is in no data set."]
    elif table in VALIDATION_TABLES:
        shared = "; it is in no data set" if table is CONFUSIONS else ""
        lines += ["", f"It belongs to the validation by coders{shared}."]
    lines += ["", "| column | type | meaning |", "|---|---|---|"]
    for row in columns.to_dict("records"):
        kind = _TYPES[row["type"]] + (f", {row['unit']}" if row["unit"] else "")
        meaning = row["meaning"] + (f": {_listed(row['values'])}" if row["values"] else "")
        withheld = "; *withheld*" if row["withheld"] else ""
        missing = "; may be missing" if row["may_be_missing"] and "missing" not in row["meaning"] else ""
        lines.append(f"| `{row['column']}` | {kind} | {(meaning + missing + withheld).replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"


def _key(table: Table) -> str:
    names = " and ".join(f"`{name}`" for name in table.key)
    return f"{names} {'identify' if len(table.key) > 1 else 'identifies'} it."


def _listed(values: str) -> str:
    return ", ".join(f"`{value}`" for value in values.split("; "))


def commands_page() -> str:
    """Return every verb's help as the terminal shows it."""
    context = click.Context(storydiff, info_name="storydiff", terminal_width=WIDTH, **storydiff.context_settings)
    parts = [_help_part(storydiff, context)]
    for name in storydiff.list_commands(context):
        verb = storydiff.commands[name]
        below = click.Context(verb, info_name=name, parent=context, terminal_width=WIDTH)
        parts.append(_help_part(verb, below))
    return "\n".join([_NOTE, _COMMANDS, *parts])


def _help_part(command: click.Command, context: click.Context) -> str:
    return f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"


_PYTHON = """# In Python

The whole public API; `import compare` gives it. Tables are pandas DataFrames, described in [tables.md](tables.md).
"""
_GROUPS = {
    "Comparison.figures": Figures,
    "Corpus.figures": CorpusFigures,
    "Corpus.map": Likeness,
    "Corpus.omissions": Omissions,
    "Corpus.wording": Wording,
}
_SECTIONS = re.compile(r"^(Args|Returns|Raises|Yields|Attributes):$", re.MULTILINE)


def python_page() -> str:
    """Describe every public name by its signature and docstring, classes with their methods."""
    parts = [_name_part(name, getattr(compare, name)) for name in compare.__all__]
    parts += [_name_part(name, thing) for name, thing in _GROUPS.items()]
    return "\n".join([_NOTE, _PYTHON, *parts])


def _name_part(name: str, thing: object) -> str:
    lines = [f"## {name}", "", *_described(name, thing)]
    if isinstance(thing, type) and not issubclass(thing, Exception):
        for member in sorted(vars(thing)):
            value = inspect.getattr_static(thing, member)
            if member.startswith("_") or not inspect.getdoc(value):
                continue
            value = value.__func__ if isinstance(value, classmethod | staticmethod) else value
            if callable(value) or isinstance(value, property | cached_property):
                lines += [f"### {name}.{member}", "", *_described(member, value)]
    return "\n".join(lines)


def _described(name: str, thing: object) -> list[str]:
    """The signature as code, and the docstring with its sections as lists."""
    lines = []
    if callable(thing) and not (isinstance(thing, type) and issubclass(thing, Exception)):
        given = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(thing)))
        given = re.sub(r"\(self(?:, )?", "(", re.sub(r" -> None$", "", given))
        lines = ["```text", *textwrap.wrap(f"{name}{given}", 100, subsequent_indent="    "), "```", ""]
    first, *sections = _SECTIONS.split(inspect.getdoc(thing) or "")
    lines += [first.strip(), ""]
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        lines += [f"*{title}:*", ""]
        for item in re.split(r"\n(?=\S)", textwrap.dedent(body).strip()):
            named = re.match(r"(\*{0,2}\w+): (.*)", " ".join(item.split()))
            lines.append(f"- `{named[1]}`: {named[2]}" if named else f"- {' '.join(item.split())}")
        lines.append("")
    return lines


PAGES = {"python.md": python_page, "tables.md": tables_page, "commands.md": commands_page}


def out_of_date() -> list[str]:
    """Name the pages that are not what the code says."""
    pages = ((DOCS / name, write) for name, write in PAGES.items())
    return [path.name for path, write in pages if not path.exists() or path.read_text(encoding="utf-8") != write()]


def main() -> None:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 where a page is out of date")
    if parser.parse_args().check:
        if stale := out_of_date():
            sys.exit(f"out of date: {', '.join(stale)}; run: python docs/generate.py")
        return
    for name, write in PAGES.items():
        (DOCS / name).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
