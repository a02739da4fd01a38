"""Names of claims.

A claim is named after its earliest clause, by publication time and then by the article's id. The
order in which articles are given does not matter, and a later article that joins a claim does not
rename it; what else may happen, `lineage` tells.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FOUND_ID = re.compile(r"c[0-9a-f]{12}(-\d+)?")


def claim_id(story_id: str, text: str) -> str:
    """Name a claim after its story and the text of its earliest clause: "c" and 12 hexadecimal digits."""
    return "c" + blake2b(f"{story_id}\x1f{text}".encode(), digest_size=6).hexdigest()


def unique_ids(ids: Sequence[str]) -> list[str]:
    """Tell equal ids apart by a number: two claims whose earliest clauses have the same words."""
    seen: dict[str, int] = {}
    result = []
    for name in ids:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return result
