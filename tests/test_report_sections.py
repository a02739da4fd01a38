"""Where in the articles claims stand, copies drawn as bars, and which outlets tell the same."""

from dataclasses import replace

import pandas as pd
import pytest
from report_stories import quoted_story, small_story

import compare
from compare.report.copies_drawn import copies_drawing
from compare.report.likeness import _sentence, alike_of
from compare.report.page import render_page
from compare.report.prominence import prominence_of
from compare.report.view import view_of


def placed_story(**positions):
    """The small story with these positions of its first claim."""
    story = small_story()
    coverage = story.coverage.copy()
    for outlet, position in positions.items():
        coverage.loc[(coverage["claim_id"] == "1") & (coverage["outlet"] == outlet.replace("_", " ")), "position"] = (
            position
        )
    more = pd.concat([story.sentences.assign(sentence_id=story.sentences["sentence_id"] + mark) for mark in "ab"])
    return replace(story, coverage=coverage, sentences=pd.concat([story.sentences, more], ignore_index=True))


def test_the_claim_that_stands_high_here_and_low_there_comes_first():
    told = prominence_of(view_of(placed_story(Northern_Courier=0.0, Daily_Herald=0.9, Evening_Post=0.3)))
    assert str(told.sentence.striptags()) == (
        "“The two sides agreed on a truce of 30 days” stands in the lead at Northern Courier, "
        "after 90 % of the article at Daily Herald."
    )
    first = told.claims[0]
    assert first.claim.number == 1
    assert [(place.text, place.shade) for place in first.places] == [("lead", "k3"), ("90", ""), ("30", "k3")]


def test_where_all_stand_near_one_another_it_says_so():
    near = prominence_of(view_of(placed_story(Northern_Courier=0.1, Daily_Herald=0.2, Evening_Post=0.3)))
    assert near.claims[0].apart < 0.5
    assert near.sentence == (
        "No claim that is surely carried stands half an article higher at one outlet than at another."
    )


def test_in_articles_of_a_few_sentences_the_next_one_is_not_far():
    story = placed_story(Northern_Courier=0.0, Daily_Herald=0.9)
    short = replace(story, sentences=story.sentences.drop_duplicates("sentence_id").head(9))
    assert prominence_of(view_of(short)).sentence.startswith("No claim that is surely carried stands half an article")


def test_what_cannot_be_quoted_is_named_before_it_is_denied():
    story = placed_story(Northern_Courier=0.0, Daily_Herald=0.9, Evening_Post=0.3)
    leaning = story.claims.assign(claim=story.claims["claim"].where(story.claims["claim_id"] != "1", "He … left."))
    told = prominence_of(view_of(replace(story, claims=leaning)))
    assert "He … left" in told.sentence
    assert "in the lead at Northern Courier" in told.sentence.striptags()


def test_a_place_right_after_the_lead_is_not_after_nothing():
    told = prominence_of(view_of(placed_story(Northern_Courier=0.001, Daily_Herald=0.9, Evening_Post=0.3)))
    assert "after 1 % of the article at Northern Courier" in told.sentence.striptags()


def test_weak_matches_and_altered_tellings_are_in_the_table_and_not_in_the_sentence():
    story = placed_story(Northern_Courier=0.0, Daily_Herald=0.9, Evening_Post=0.3)
    coverage = story.coverage.copy()
    weak = (coverage["claim_id"] == "1") & (coverage["outlet"] == "Daily Herald")
    for column, value in (("probability", 0.85), ("state", "altered")):
        unsure = coverage.copy()
        unsure.loc[weak, column] = value
        told = prominence_of(view_of(replace(story, coverage=unsure)))
        first = next(one for one in told.claims if one.claim.number == 1)
        assert "Daily Herald" not in told.sentence
        assert first.apart == pytest.approx(0.3)
        assert [place.text for place in first.places] == ["lead", "90", "30"]


def test_what_is_not_carried_has_its_symbol_and_no_place():
    told = prominence_of(view_of(small_story()))
    places = {one.claim.number: [(place.text, place.told) for place in one.places] for one in told.claims}
    assert places[3][1] == ("–", "left out")
    assert places[4][0] == ("?", "undecided")


def test_pairs_that_share_a_place_are_counted():
    rows = [
        {"one": one, "other": other, "share": share, "both": 1, "either": 2}
        for one, other, share in (
            ("A", "B", 0.5),
            ("A", "C", 0.5),
            ("B", "C", 0.5),
            ("C", "D", 0.101),
            ("A", "D", 0.099),
        )
    ]
    assert _sentence(rows).striptags() == (
        "Most in common have A and B (50 %; so have 2 other pairs), least C and D (10 %; so have 1 other pair)."
    )
    assert "the same share of their claims in common (50\u00a0%)" in _sentence(rows[:3])


@pytest.mark.parametrize("story", [small_story(outlets=1), quoted_story()])
def test_bars_are_as_long_as_the_sentences_that_are_printed_and_missing(story):
    drawn = copies_drawing(view_of(story))
    copies = story.wire[story.wire["wire"] != "own"]
    assert len(drawn.get("bars", ())) == len(copies)
    ends = {bar["outlet"]: max(x + width for _, x, width in bar["parts"]) for bar in drawn.get("bars", ())}
    assert all(drawn["left"] < end <= drawn["beside"] + 0.2 for end in ends.values())


def test_a_copy_without_its_end_ends_in_a_gap():
    (full, cut) = copies_drawing(view_of(quoted_story()))["bars"]
    assert (full["outlet"], full["parts"][0][0]) == ("Northern Courier", "shared")
    assert cut["outlet"] == "Evening Post"
    assert cut["parts"][-1][0] == "missing"
    assert "lacks 7" in cut["says"]


def test_two_outlets_have_in_common_what_both_carry_of_what_either_does():
    told = alike_of(view_of(small_story()))
    at = dict(zip(told.outlets, told.pairs, strict=True))
    column = told.outlets.index("Evening Post")
    # Claims 1 and 3 at both; 2 at the Courier alone; of 4 the Courier is undecided, so that it does not count.
    assert (at["Northern Courier"][column].text, at["Northern Courier"][column].told) == ("67", "2 of 3")
    assert at["Evening Post"][column] is None
    assert told.map == {}, "three outlets are no map"


def test_the_demo_maps_its_copies_side_by_side():
    told = alike_of(view_of(compare.compare_story(compare.read_demo(), reader=None)))
    at = {dot["name"]: (dot["x"], dot["y"]) for dot in told.map["dots"]}

    def apart(one, other):
        return sum((a - b) ** 2 for a, b in zip(at[one], at[other], strict=True)) ** 0.5

    assert len(at) == 8
    assert apart("Brackwater Ledger", "Wexcombe Evening Post") < apart("Daily Pennant", "Harbour Street Journal") / 3
    assert all(0 < x < told.map["width"] and 0 < y < told.map["height"] for x, y in at.values())


def test_sections_without_anything_to_show_are_not_there():
    page = render_page(small_story(outlets=1))
    assert not [name for name in ("prominence", "copies", "alike") if f'id="{name}"' in page or f'"#{name}"' in page]
    assert 'id="copies"' not in render_page(small_story())


def test_names_are_shown_and_never_markup():
    page = render_page(small_story(lambda text: f"<b onclick='x'>{text}"))
    assert "<b onclick" not in page
    assert "&lt;b onclick" in page
