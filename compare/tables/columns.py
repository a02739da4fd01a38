"""Columns that several tables have."""

from __future__ import annotations

from compare.tables.core import FLAG, INTEGER, NUMBER, STATES, TEXT, VERSIONS, Column

JUDGEMENT = (
    Column("state", TEXT, "how the claim is treated", values=STATES),
    Column("probability", NUMBER, "that the claim is carried", unit="0..1"),
    Column(
        "sentence_id",
        TEXT,
        "the sentence that says most of it; for an omission the one that came nearest",
        optional=True,
        refers="sentences",
    ),
    Column(
        "evidence",
        TEXT,
        "the passage: that sentence, or it and a neighbour where both are needed",
        optional=True,
        withheld=True,
    ),
)
VERSION = Column(
    "version",
    TEXT,
    "every outlet as it printed, or copies of one wire text as one voice, which carries what any of them carries",
    values=VERSIONS,
)
WARNING = Column("warning", TEXT, "why a figure is missing or says little; else empty")
VALIDATED = Column("validated", FLAG, "corrected for the toolkit's errors by coders' labels; false: not validated")
FAMILY = Column("family", TEXT, "the tests that are adjusted together")
TESTS = Column("tests", INTEGER, "how many they are", unit="tests")
Q_VALUE = Column(
    "q_value",
    NUMBER,
    "p_value adjusted for all tests of the family after Benjamini and Hochberg",
    unit="0..1",
    optional=True,
)
LOW = "lower end of its 95 % interval"
HIGH = "upper end of its 95 % interval"


def count(name: str, meaning: str, unit: str = "claims") -> Column:
    """A whole number of things."""
    return Column(name, INTEGER, meaning, unit=unit)


def share(name: str, meaning: str) -> Column:
    """A share between 0 and 1, missing where there is nothing to divide by."""
    return Column(name, NUMBER, meaning, unit="0..1", optional=True)


def number(name: str, meaning: str, unit: str = "") -> Column:
    """A number that may be missing."""
    return Column(name, NUMBER, meaning, unit=unit, optional=True)
