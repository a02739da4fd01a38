"""What a reader says of a change counts for the passage that it read, and for the claim as it is asked for."""

from dataclasses import replace

import numpy as np
import pytest

import compare
from compare.claims.group import Group
from compare.coverage.conflicts import Bench
from compare.coverage.judge import Judge
from compare.coverage.opinions import Panel
from compare.coverage.wire import wire_table
from compare.language.split import split_articles, with_headlines
from compare.language.texts import Story
from compare.reading.articles import read_articles

CLAIM = "Police closed the Skerry bridge to lorries after cracks were found in its north pier."
NEAREST = "Police have closed the Skerry bridge to lorries: cracks were found in its north pier."
MEMBER = "Lorries may no longer use the Skerry bridge, in whose north pier cracks were seen."


def story_of(*texts):
    """Read a story of an article for each text."""
    articles = read_articles([{"outlet": f"Outlet {at}", "text": text} for at, text in enumerate(texts)])
    return Story(articles, with_headlines(articles, split_articles(articles)))


def group_of(story, wording, *clauses, differ=False):
    """Make a claim of the clauses that begin so, the first of them the one that words it."""
    rows = [next(row for row, text in enumerate(story.clause_texts) if text.startswith(begin)) for begin in clauses]
    size = len(rows), len(rows)
    return Group("c", wording, rows, rows[0], np.ones(size), np.full(size, differ))


class Doubter:
    """A reader that finds everything carried, and changed where it doubts a passage."""

    def __init__(self, doubts):
        self.doubts = doubts

    def read(self, pairs):
        return [[0.03, 0.96, 0.01] if self.doubts(passage) else [0.97, 0.02, 0.01] for _, passage in pairs]

    def kind_of(self, _claim, passage):
        return "time" if self.doubts(passage) else ""


@pytest.mark.parametrize(
    ("doubts", "changed", "state", "kinds"),
    [
        (lambda passage: NEAREST in passage, 0.0202, "paraphrased", ""),
        (lambda passage: passage == MEMBER, 0.9697, "altered", "time"),
    ],
    ids=["of another passage", "of the evidence"],
)
def test_a_reader_s_doubt_is_of_the_passage_that_becomes_the_evidence(doubts, changed, state, kinds):
    story = story_of(CLAIM, f"{NEAREST} Nobody was hurt. {MEMBER}")
    # The other passage does not accuse by itself: then it would be the evidence.
    settings = compare.Settings(altered_at=0.99 if state == "paraphrased" else 0.75)
    judge = Judge(story, Panel(settings, None, Doubter(doubts)))
    group = group_of(story, CLAIM, "Police closed", "Lorries may no longer")
    _, _, judged = judge.judge_groups([group])
    assert judged.evidence[0, 1] == MEMBER
    assert (judged.state[0, 1], judged.changes[0, 1]) == (state, kinds)
    assert judged.changed[0, 1] == changed


def test_a_doubt_is_of_the_claim_without_what_stands_in_brackets(monkeypatch):
    texts = [
        f"{who} said that 26 boats were lost off Calder on Sunday."
        for who in ("Harbour police", "Police in the harbour", "A local diver")
    ]
    story = story_of(*texts)
    asked = []
    monkeypatch.setattr(Panel, "doubt", lambda _, claim, passage: asked.append((claim, passage)) or 0.0)
    judge = Judge(story, Panel(compare.Settings(), None, None))
    group = group_of(story, f"[Calder:] {texts[0]}", "Harbour", "Police", "A local", differ=True)
    groups, wording, judged = judge.judge_groups([group])
    asked.clear()
    Bench(judge, wire_table(story.articles, story.sentences)).sides(judged, groups, wording)
    assert {claim for claim, _ in asked} == {texts[0]}


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("The union had first asked for 9 percent.", "partial"),
        ("The union may vote to accept the offer.", "partial"),
        ("The union voted to accept an offer.", "paraphrased"),
        ("The union asked for 9 percent. It voted on Monday.", "paraphrased"),
    ],
)
def test_what_a_claim_counts_or_holds_back_is_not_told_by_a_passage_without_it(claim, expected):
    story = story_of("The union voted to accept a new offer on Monday, after it had asked for more.")
    judge = Judge(story, Panel(compare.Settings(), None, None))
    told = replace(
        judge.judge([claim]),
        state=np.array([["paraphrased"]], dtype=object),
        evidence=np.array([[story.texts[0]]], dtype=object),
    )
    judged = judge.backed([claim], told)
    assert judged.state[0, 0] == expected
    assert judged.probability[0, 0] == told.probability[0, 0]
