"""Claims over time: which claim of an earlier comparison became which, and names that go on.

Claims are named after their earliest clause, so a later article renames none that it joins. One that
was published earlier, but comes in later, does; and any new article may tie two claims together or
part one. A claim is followed by its clauses: they stay where they are in their articles.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from compare.tables import LINEAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_PLACE = ["article_id", "start", "end"]


def lineage(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Say what became of each claim of an earlier comparison.

    Args:
        before: the MENTIONS table of the earlier comparison.
        after: that of the later one.

    Returns:
        The LINEAGE table: a row per old claim and new claim that holds clauses of it, in the order of
        `before`.
    """
    old, new = (table[table["role"] == "member"] for table in (before, after))
    shared = old.merge(new, on=_PLACE, suffixes=("", "_after")).groupby(["claim_id", "claim_id_after"], sort=False)
    pairs = shared.size().reset_index(name="clauses")
    parts, origins = pairs["claim_id"].value_counts(), pairs["claim_id_after"].value_counts()
    became: dict[str, list[tuple[str, int]]] = {}
    for was, now, clauses in pairs.itertuples(index=False):
        became.setdefault(was, []).append((now, clauses))
    rows = []
    for was in dict.fromkeys(before["claim_id"]):
        for now, clauses in became.get(was, [(None, 0)]):
            if now is None:
                relation = "gone"
            elif parts[was] > 1:
                relation = "split"
            elif origins[now] > 1:
                relation = "merged"
            else:
                relation = "kept" if was == now else "renamed"
            rows.append({"old_id": was, "new_id": now, "relation": relation, "clauses": clauses})
    return LINEAGE.frame(rows)


def inherited(
    names: Sequence[str], members: Sequence[Sequence[int]], clauses: pd.DataFrame, before: pd.DataFrame
) -> list[str]:
    """Give claims the names that they had: each old name goes to the claim that has most of its clauses.

    Args:
        names: what the claims would be called by themselves.
        members: the rows of each claim in the clause table.
        clauses: the clause table.
        before: the MENTIONS table of an earlier comparison.

    Returns:
        A name for each claim; of a claim that two old ones became, the name of the one that gave it more.
    """
    old = before[before["role"] == "member"]
    was = dict(zip(zip(*(old[name] for name in _PLACE), strict=True), old["claim_id"], strict=True))
    place = list(zip(*(clauses[name] for name in _PLACE), strict=True))
    shared = Counter(
        (was[place[row]], number) for number, rows in enumerate(members) for row in rows if place[row] in was
    )
    order = {name: at for at, name in enumerate(dict.fromkeys(before["claim_id"]))}
    given: dict[int, str] = {}
    taken: set[str] = set()
    for (name, number), _ in sorted(shared.items(), key=lambda item: (-item[1], order[item[0][0]], item[0][1])):
        if number not in given and name not in taken:
            given[number] = name
            taken.add(name)
    result = []
    for number, name in enumerate(names):
        copy = 1
        free = name
        while number not in given and free in taken:
            copy += 1
            free = f"{name}-{copy}"
        result.append(given.get(number, free))
        taken.add(result[-1])
    return result
