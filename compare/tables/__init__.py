"""Every table's columns, types, units and meaning, written once.

Validation, the data dictionary and every export read these definitions. A table is a plain
``pandas.DataFrame``; `Table.frame` gives one with exactly these columns and types.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compare.tables.core import (
    AS_WORDED,
    CARRIED,
    CHANGES,
    CORRECTION_KINDS,
    CUTS,
    DECIMALS,
    FLAG,
    FLAVOURS,
    HEADLINE,
    INTEGER,
    KINDS,
    MAYBE_INTEGER,
    NUMBER,
    QUOTATION_KINDS,
    QUOTE_STATES,
    ROLES,
    STATES,
    TEXT,
    TIME,
    UNALTERED,
    VERSIONS,
    WIRE_KINDS,
    Column,
    Table,
)
from compare.tables.corpus import (
    CLAIM_TRAITS,
    DENDROGRAM,
    DIFFERENCES,
    DISTANCE_MEASURES,
    DISTANCES,
    GAPS,
    MAP,
    MAP_TABLES,
    OMISSION_MODEL,
    OUTLET_STORIES,
    OUTLETS,
    RATES,
)
from compare.tables.quotes import QUOTATIONS, QUOTES
from compare.tables.story import (
    ARTICLES,
    BOILERPLATE,
    CLAIMS,
    CODEBOOK,
    CONFLICTS,
    CORRECTIONS,
    COVERAGE,
    HEADLINES,
    LINEAGE,
    MATCHES,
    MENTIONS,
    SENTENCES,
    TRACKED,
    WIRE,
    WORDINGS,
)
from compare.tables.validation import (
    ACCURACY,
    AGREEMENT,
    CALIBRATION,
    CHECKS,
    CODED,
    CONFUSIONS,
    CORRECTED_DIFFERENCES,
    CORRECTED_RATES,
    LABELS,
    SAMPLED,
)
from compare.tables.wording import ATTRIBUTIONS, NAMINGS, PASSIVES, TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

STORY_TABLES = (ARTICLES, SENTENCES, MATCHES, CLAIMS, MENTIONS, COVERAGE, CONFLICTS, QUOTES, WIRE, HEADLINES)
CORPUS_TABLES = (
    OUTLET_STORIES,
    OUTLETS,
    RATES,
    DIFFERENCES,
    GAPS,
    CLAIM_TRAITS,
    OMISSION_MODEL,
    TERMS,
    ATTRIBUTIONS,
    PASSIVES,
    NAMINGS,
    *MAP_TABLES,
)
VALIDATION_TABLES = (
    SAMPLED,
    LABELS,
    AGREEMENT,
    ACCURACY,
    CALIBRATION,
    CONFUSIONS,
    CORRECTED_RATES,
    CORRECTED_DIFFERENCES,
)

__all__ = [
    "ACCURACY",
    "AGREEMENT",
    "ARTICLES",
    "AS_WORDED",
    "ATTRIBUTIONS",
    "BOILERPLATE",
    "CALIBRATION",
    "CARRIED",
    "CHANGES",
    "CHECKS",
    "CLAIMS",
    "CLAIM_TRAITS",
    "CODEBOOK",
    "CODED",
    "CONFLICTS",
    "CONFUSIONS",
    "CORPUS_TABLES",
    "CORRECTED_DIFFERENCES",
    "CORRECTED_RATES",
    "CORRECTIONS",
    "CORRECTION_KINDS",
    "COVERAGE",
    "CUTS",
    "DECIMALS",
    "DENDROGRAM",
    "DIFFERENCES",
    "DISTANCES",
    "DISTANCE_MEASURES",
    "FLAG",
    "FLAVOURS",
    "GAPS",
    "HEADLINE",
    "HEADLINES",
    "INTEGER",
    "KINDS",
    "LABELS",
    "LINEAGE",
    "MAP",
    "MAP_TABLES",
    "MATCHES",
    "MAYBE_INTEGER",
    "MENTIONS",
    "NAMINGS",
    "NUMBER",
    "OMISSION_MODEL",
    "OUTLETS",
    "OUTLET_STORIES",
    "PASSIVES",
    "QUOTATIONS",
    "QUOTATION_KINDS",
    "QUOTES",
    "QUOTE_STATES",
    "RATES",
    "ROLES",
    "SAMPLED",
    "SENTENCES",
    "STATES",
    "STORY_TABLES",
    "TERMS",
    "TEXT",
    "TIME",
    "TRACKED",
    "UNALTERED",
    "VALIDATION_TABLES",
    "VERSIONS",
    "WIRE",
    "WIRE_KINDS",
    "WORDINGS",
    "Column",
    "Table",
    "data_dictionary",
    "of_stories",
]


def of_stories(table: Table) -> Table:
    """Give a story's table as it is where the rows of many stories stand in one: story_id comes first."""
    if "story_id" in table.names:
        return table
    return replace(table, columns=(Column("story_id", TEXT, "the story"), *table.columns))


def data_dictionary(tables: Iterable[Table] = STORY_TABLES) -> pd.DataFrame:
    """Describe every column of the tables, one row each.

    Returns:
        Columns table, column, type, unit, may_be_missing, withheld (where no text is shared), values, meaning.
    """
    import pandas as pd

    rows = [
        {
            "table": table.name,
            "column": column.name,
            "type": column.dtype,
            "unit": column.unit,
            "may_be_missing": column.optional,
            "withheld": column.withheld,
            "values": "; ".join(column.values),
            "meaning": column.meaning,
        }
        for table in tables
        for column in table.columns
    ]
    return pd.DataFrame(rows)
