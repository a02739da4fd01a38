"""A reader of the user's own: asked about unsure pairs only, and its answers count half."""

import numpy as np
import pytest

import compare

SURE = ("Ferries to Odder stop on Monday.", "Ferries to Odder stop on Monday.")
UNSURE = ("The ferry company will sell two ships.", "Two ships are to go, the ferry company said after a long meeting.")
OTHER = ("The ferry company will sell two ships.", "Rain is expected in the north.")


class Believer:
    """A reader that agrees with everything, and remembers what it was asked."""

    def __init__(self, answer=1.0):
        self.asked = []
        self.answer = answer

    def read(self, pairs):
        self.asked.append(list(pairs))
        return [self.answer] * len(pairs)


def columns(*pairs):
    return [left for left, _ in pairs], [right for _, right in pairs]


def test_a_reader_is_asked_about_unsure_pairs_in_both_directions_and_its_answer_counts_half():
    left, right = columns(SURE, UNSURE, OTHER)
    alone = compare.score_pairs(left, right)
    reader = Believer()
    together = compare.score_pairs(left, right, reader=reader)
    assert 0.1 < alone[1] < 0.9
    assert together.tolist() == pytest.approx([alone[0], (alone[1] + 1) / 2, alone[2]], abs=1e-4)
    assert reader.asked == [[UNSURE], [UNSURE[::-1]]]


def test_pairs_say_the_same_only_if_the_reader_says_so_in_both_directions():
    class OneWay:
        def read(self, pairs):
            return [1.0 if left == UNSURE[0] else 0.0 for left, _ in pairs]

    left, right = columns(UNSURE)
    assert compare.score_pairs(left, right, reader=OneWay()) == compare.score_pairs(left, right) / 2


def test_tracked_claims_are_read_again_and_their_states_follow():
    articles = [{"outlet": "Odder Post", "text": UNSURE[1]}, {"outlet": "Coast Radio", "text": OTHER[1]}]
    states = {}
    for answer in (0.0, 1.0):
        tracked = compare.track_claims(articles, [UNSURE[0]], reader=Believer(answer))
        states[answer] = dict(zip(tracked["outlet"], tracked["state"], strict=True))
    assert states[1.0]["Odder Post"] in ("paraphrased", "partial")
    assert states[0.0]["Odder Post"] == "undecided"
    assert states[1.0]["Coast Radio"] == states[0.0]["Coast Radio"] == "omitted"


def test_a_reader_may_doubt_a_sentence_that_belongs_to_the_claim():
    demo = compare.read_demo()
    alone = compare.compare_story(demo).coverage
    doubted = compare.compare_story(demo, reader=Believer(0.0)).coverage
    both = alone.merge(doubted, on=["claim_id", "outlet"], suffixes=("", "_doubted"), validate="1:1")
    unsure = both[(both["probability"] >= 0.15) & (both["probability"] < 0.89)]
    assert len(unsure) > 100
    assert (unsure["probability_doubted"] < unsure["probability"]).all()


def test_who_asks_for_more_certainty_has_the_reader_asked_about_more():
    articles = [{"outlet": "Odder Post", "text": SURE[1]}]
    reader = Believer(0.0)
    compare.track_claims(articles, [SURE[0]], reader=reader)
    assert reader.asked == []
    compare.track_claims(articles, [SURE[0]], settings=compare.Settings(carried_at=0.99), reader=reader)
    assert reader.asked == [[SURE]]


def test_a_story_keeps_its_reader_for_tracking():
    reader = Believer()
    records = [
        {"outlet": "Odder Post", "text": f"{UNSURE[1]} {SURE[0]}"},
        {"outlet": "Coast Radio", "text": f"{UNSURE[0]} {OTHER[1]}"},
    ]
    story = compare.compare_story(records, reader=reader)
    assert reader.asked
    reader.asked.clear()
    story.track([UNSURE[0]])
    assert [pair for pairs in reader.asked for pair in pairs] == [UNSURE]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([0.5, 0.5], "the reader gave an array of shape (2,) for 1 pairs: give one number a pair."),
        ([1.5], "the reader gave numbers outside [0, 1] or NaN: give probabilities, not scores."),
        (
            ["sure"],
            "the reader gave no numbers (could not convert string to float: 'sure'): give one probability a pair.",
        ),
        ([np.nan], "the reader gave numbers outside [0, 1] or NaN: give probabilities, not scores."),
    ],
)
def test_a_broken_reader_is_named(answer, message):
    class Broken:
        def read(self, _):
            return answer

    with pytest.raises(compare.InputError) as caught:
        compare.score_pairs(*columns(UNSURE), reader=Broken())
    assert str(caught.value) == message


@pytest.mark.parametrize("reader", [Believer, "nli", len])
def test_what_is_no_reader_is_named(reader):
    with pytest.raises(compare.InputError, match=r"^the reader is .*: give an object with a method read\(pairs\)\.$"):
        compare.score_pairs(*columns(UNSURE), reader=reader)


def test_a_reader_may_be_off_by_a_rounding():
    assert compare.score_pairs(*columns(UNSURE), reader=Believer(1.0000001)) == compare.score_pairs(
        *columns(UNSURE), reader=Believer(1.0)
    )
