"""Claims over time: the relation of an earlier comparison's claims to a later one's, and inherited names.

A claim is named after its earliest clause, so a later article does not rename the claims that it joins. An article
published earlier but added later does, and any new article may merge two claims or split one. Claims are identified by
the words of their clauses, which stay the same when an article is updated around them.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

from compare.tables import LINEAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

FOUND_ID = re.compile(r"c[0-9a-f]{12}(-\d+)?")


def claim_id(story_id: str, text: str) -> str:
    """Name a claim after its story and the text of its earliest clause: "c" and 12 hexadecimal digits."""
    return "c" + blake2b(f"{story_id}\x1f{text}".encode(), digest_size=6).hexdigest()


def unique_ids(ids: Sequence[str]) -> list[str]:
    """Number equal ids, which occur if the earliest clauses of two claims have the same words."""
    seen: dict[str, int] = {}
    result = []
    for name in ids:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return result


_TOLD = ["article_id", "words", "time"]


def members(articles: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the members of claims: claim_id, and columns that identify them in any version of their articles.

    These are article_id, words and time (the clause's number among clauses with the same words, from 0).
    """
    own = mentions[mentions["role"] == "member"]
    return _identified(own, articles)[["claim_id", *_TOLD]]


def _identified(clauses: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    text = articles.set_index("article_id")["text"].to_dict()
    columns = (clauses[name].tolist() for name in ("article_id", "start", "end"))
    found = clauses.assign(words=[" ".join(text[name][a:b].split()) for name, a, b in zip(*columns, strict=True)])
    order = found.sort_values(["article_id", "start", "end"], kind="stable")
    # A clause shared by several claims of a codebook counts once: only another place in the article is another time.
    again = order.duplicated(["article_id", "words", "start", "end"])
    return found.assign(time=(~again).groupby([order["article_id"], order["words"]]).cumsum() - 1)


def lineage(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the LINEAGE table, from the `members` of an earlier and a later comparison, in the earlier order.

    A clause shared by several claims, as in a codebook, is traced by their names; a claim without a clause that
    identifies its successor is reported as shared.
    """
    both = _followed(before.merge(after, on=_TOLD, suffixes=("", "_after")))
    shared = both.groupby(["claim_id", "claim_id_after"], sort=False)
    pairs = shared["alone"].agg(clauses="size", alone="any").reset_index()
    sure = pairs[pairs["alone"]]
    parts, origins = sure["claim_id"].value_counts(), sure["claim_id_after"].value_counts()
    became: dict[str, list[tuple[str, int, bool]]] = {}
    for was, now, clauses, alone in pairs.itertuples(index=False):
        became.setdefault(was, []).append((now, clauses, alone))
    rows = []
    for was in dict.fromkeys(before["claim_id"]):
        for now, clauses, alone in became.get(was, [(None, 0, True)]):
            if now is None:
                relation = "gone"
            elif not alone:
                relation = "shared"
            elif parts[was] > 1:
                relation = "split"
            elif origins[now] > 1:
                relation = "merged"
            else:
                relation = "kept" if was == now else "renamed"
            rows.append({"old_id": was, "new_id": now, "relation": relation, "clauses": clauses})
    return LINEAGE.frame(rows)


def _followed(both: pd.DataFrame) -> pd.DataFrame:
    """Keep the relations between claims that share a clause, and say whether each is unambiguous.

    A claim that keeps its name and the clause continues as itself, and neither it nor its name is related to another.
    """
    same = both["claim_id"] == both["claim_id_after"]
    sides = [[*_TOLD, "claim_id"], [*_TOLD, "claim_id_after"]]
    goes_on = [same.groupby([both[name] for name in side]).transform("any") for side in sides]
    several = both.groupby(_TOLD)[["claim_id", "claim_id_after"]].transform("nunique").gt(1)
    known = several.any(axis=1) & (goes_on[0] | goes_on[1])
    kept = both[same | ~known]
    left = kept.groupby(_TOLD)[["claim_id", "claim_id_after"]].transform("nunique").gt(1).any(axis=1)
    return kept.assign(alone=~left | (kept["claim_id"] == kept["claim_id_after"]))


def inherited(
    names: Sequence[str],
    rows_of: Sequence[Sequence[int]],
    clauses: pd.DataFrame,
    articles: pd.DataFrame,
    before: pd.DataFrame,
) -> list[str]:
    """Return the inherited names of claims: each old name goes to the claim with most of its clauses.

    Args:
        names: the claims' names without inheritance.
        rows_of: the rows of each claim in the clause table.
        clauses: the clause table.
        articles: the ARTICLES table.
        before: the `members` of an earlier comparison.
    """
    was: dict[tuple[str, str, int], list[str]] = {}
    for *told_so, name in before[[*_TOLD, "claim_id"]].itertuples(index=False):
        was.setdefault(tuple(told_so), []).append(name)
    claims = _identified(clauses[clauses["claims"]], articles)
    told = dict(zip(claims.index, zip(*(claims[name] for name in _TOLD), strict=True), strict=True))
    shared = Counter(
        (name, number) for number, rows in enumerate(rows_of) for row in rows for name in was.get(told[row], ())
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
