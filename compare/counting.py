"""Numbers with their nouns, for messages and pages."""

from __future__ import annotations


def count(number: int, noun: str) -> str:
    """Join a number and its noun, in the plural where it should be."""
    plural = f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
