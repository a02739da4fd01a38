"""What becomes of a claim's name when articles come in later."""

import pandas as pd
import pytest

import compare
from compare.claims.lineage import inherited, lineage, members

LEASE = "The council has signed the lease of the old pier."
BALLOT = "Members of the rowing club will vote on the merger in May."
STORM = "The storm tore two boats from their moorings."


def article(outlet, day, *lines):
    return {
        "outlet": outlet,
        "article_id": outlet.lower(),
        "story_id": "pier",
        "published": f"2026-03-{day:02}",
        "text": " ".join(lines),
    }


def later():
    return [article("Gannet", 4, LEASE, BALLOT), article("Post", 5, "The lease of the old pier has been signed.")]


def test_a_later_article_renames_nothing():
    before = compare.compare_story(later(), reader=None)
    after = compare.compare_story([*later(), article("Echo", 9, LEASE, STORM)], reader=None)
    assert set(before.claims["claim_id"]) < set(after.claims["claim_id"])
    assert after.lineage(before)["relation"].tolist() == ["kept", "kept"]


@pytest.mark.medium
def test_an_earlier_article_renames_what_it_joins_unless_the_previous_comparison_is_given():
    before = compare.compare_story(later(), reader=None)
    earlier = [article("Echo", 1, "The council signed the lease of the pier."), *later()]
    renamed = compare.compare_story(earlier, reader=None)
    table = renamed.lineage(before).set_index("old_id")
    lease = before.claims.loc[before.claims["outlets"] == 2, "claim_id"].iloc[0]
    assert table.loc[lease, "relation"] == "renamed"
    assert table.loc[lease, "new_id"] in set(renamed.claims["claim_id"])
    kept = compare.compare_story(earlier, previous=before, reader=None)
    assert set(kept.lineage(before)["relation"]) == {"kept"}
    assert set(before.claims["claim_id"]) <= set(kept.claims["claim_id"])
    pd.testing.assert_frame_equal(kept.coverage.drop(columns="claim_id"), renamed.coverage.drop(columns="claim_id"))


def test_merged_split_and_gone_claims_are_told():
    before = told([("a", "x", "one"), ("b", "x", "two"), ("c", "y", "one"), ("c", "z", "one"), ("d", "y", "two")])
    after = told([("a", "x", "one"), ("a", "x", "two"), ("c", "y", "one"), ("e", "z", "one")])
    table = lineage(before, after)
    assert table.fillna("-").to_numpy().tolist() == [
        ["a", "a", "merged", 1],
        ["b", "a", "merged", 1],
        ["c", "c", "split", 1],
        ["c", "e", "split", 1],
        ["d", "-", "gone", 0],
    ]


def test_evidence_that_a_search_found_names_nothing():
    story = compare.compare_story(later(), reader=None)
    found = story.mentions.assign(role="evidence")
    assert members(story.articles, found).empty


def test_a_clause_that_two_claims_share_keeps_both():
    rows = [("a", "x", "one"), ("b", "x", "one"), ("b", "y", "two")]
    table = lineage(told(rows), told(rows))
    assert table[["old_id", "new_id", "relation", "clauses"]].to_numpy().tolist() == [
        ["a", "a", "kept", 1],
        ["b", "b", "kept", 2],
    ]


def test_what_a_shared_clause_alone_leads_to_is_told_as_shared():
    before = told([("a", "x", "one"), ("b", "x", "one"), ("b", "y", "two")])
    after = told([("c", "x", "one"), ("d", "x", "one"), ("d", "y", "two")])
    found = lineage(before, after)[["old_id", "new_id", "relation"]].to_numpy().tolist()
    assert ["a", "c", "shared"] in found
    assert ["a", "d", "shared"] in found
    assert ["b", "d", "renamed"] in found


def test_claims_of_a_codebook_that_share_a_clause_are_followed():
    signed = "The council has signed the lease of the old pier, and members of the rowing club will vote in May."
    book = [signed, "Members of the rowing club will vote in May."]
    articles = [article("Gannet", 4, signed), article("Post", 5, LEASE, BALLOT)]
    before = compare.compare_story(articles, codebook=book, reader=None)
    after = compare.compare_story([*articles, article("Echo", 9, LEASE, STORM)], codebook=book, reader=None)
    member = before.mentions[before.mentions["role"] == "member"]
    assert member.duplicated(["article_id", "start", "end"]).any()
    found = after.lineage(before)
    assert set(found["relation"]) == {"kept"}
    assert set(found["old_id"]) == set(member["claim_id"])


def test_both_names_of_a_shared_clause_may_be_inherited():
    articles = pd.DataFrame({"article_id": ["x", "y"], "text": ["It sank."] * 2})
    clauses = articles[["article_id"]].assign(start=0, end=8, claims=True)
    before = told([("a", "x", "It sank."), ("b", "x", "It sank."), ("b", "y", "It sank.")])
    assert inherited(["new", "newer"], [[0], [1]], clauses, articles, before) == ["a", "b"]


def test_a_name_goes_to_the_claim_that_has_most_of_the_old_one():
    articles = pd.DataFrame({"article_id": ["x", "y", "z"], "text": ["It sank."] * 3})
    clauses = articles[["article_id"]].assign(start=0, end=8, claims=True)
    before = told([("old", name, "It sank.") for name in "xyz"])
    assert inherited(["old", "new"], [[0], [1, 2]], clauses, articles, before) == ["old-2", "old"]


def test_claims_are_followed_through_an_updated_article():
    first = "The judge quit town today at six. The coach quit town today at ten."
    before = compare.compare_story([article("Gannet", 4, first), article("Post", 5, LEASE)], reader=None)
    updated = "Update at noon. The coach quit town today at ten. The judge quit town today at six."
    after = compare.compare_story(
        [article("Gannet", 4, updated), article("Post", 5, LEASE)], previous=before, reader=None
    )
    wordings = [story.claims.set_index("claim_id")["claim"].to_dict() for story in (before, after)]
    assert wordings[0].items() <= wordings[1].items()
    assert set(after.lineage(before)["relation"]) == {"kept"}


def test_previous_must_be_a_comparison():
    with pytest.raises(compare.InputError, match="previous is a str"):
        compare.compare_story(later(), previous="old", reader=None)


def test_a_comparison_of_another_story_is_refused():
    other = compare.compare_story([{"outlet": "Gannet", "story_id": "storm", "text": STORM}], reader=None)
    with pytest.raises(compare.InputError, match="'storm', not of 'pier'"):
        compare.compare_story(later(), previous=other, reader=None)


def told(rows):
    return pd.DataFrame(rows, columns=["claim_id", "article_id", "words"]).assign(time=0)
