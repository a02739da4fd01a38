"""Invented stories as the tables that questions of wording read, without any matching."""

import pandas as pd

from compare.outlets.wording.told import Told


def tables(stories, copies=()):
    """Give stories as tables.

    Args:
        stories: for each story the claims of each outlet: {"s1": {"Gannet": {"c1": "A clause.", "c2": ...}}}; a claim
            may have a list of clauses.
        copies: pairs of a story and outlets whose articles are copies of one text.
    """
    articles, mentions, coverage, wire = [], [], [], []
    for story, outlets in stories.items():
        for outlet, claims in outlets.items():
            article, text = f"{story}-{outlet}", ""
            for claim, clauses in claims.items():
                coverage.append((story, claim, outlet, "paraphrased"))
                for clause in [clauses] if isinstance(clauses, str) else clauses:
                    start = len(text)
                    text += clause
                    mentions.append((story, claim, f"{article}:{start}", article, outlet, start, len(text)))
                    text += "\n"
            articles.append((story, article, outlet, text))
            group = next((f"copy-{story}" for one, names in copies if one == story and outlet in names), None)
            wire.append((story, article, outlet, group))
    told_by = pd.DataFrame(coverage, columns=["story_id", "claim_id", "outlet", "state"])
    return {
        "claims": told_by[["story_id", "claim_id"]].drop_duplicates().assign(part_of=None),
        "mentions": pd.DataFrame(
            mentions, columns=["story_id", "claim_id", "sentence_id", "article_id", "outlet", "start", "end"]
        ),
        "coverage": told_by,
        "articles": pd.DataFrame(articles, columns=["story_id", "article_id", "outlet", "text"]),
        "wire": pd.DataFrame(wire, columns=["story_id", "article_id", "outlet", "group_id"]).astype(
            {"group_id": "str"}
        ),
    }


def told(stories, copies=()):
    return Told(**tables(stories, copies))
