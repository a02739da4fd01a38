"""The timeline: who published when and with what first."""

from dataclasses import replace

import pandas as pd
import pytest
from report_stories import small_story

from compare.report.page import render_page
from compare.report.timeline import drawing, timeline
from compare.report.view import view_of


def story_at(*times):
    story = small_story()
    return replace(story, articles=story.articles.assign(published=pd.to_datetime(list(times), utc=True)))


def test_the_earliest_article_with_a_claim_is_first_with_it():
    moments, undated = timeline(view_of(story_at("2025-03-12 14:00", "2025-03-12 09:00", "2025-03-12 18:00")))
    assert undated == 0
    assert [(one.outlet, one.carried, one.first) for one in moments] == [
        ("Daily Herald", 3, (1, 2, 4)),
        ("Northern Courier", 3, (3,)),
        ("Evening Post", 3, ()),
    ]


def test_articles_of_the_same_minute_are_first_together():
    moments, _ = timeline(view_of(story_at("2025-03-12 14:00", "2025-03-12 14:00", "2025-03-12 18:00")))
    assert [one.first for one in moments] == [(1, 2, 3), (1, 2, 4), ()]


def test_an_article_without_a_time_is_counted_and_left_out():
    view = view_of(story_at("2025-03-12 14:00", None, "2025-03-12 18:00"))
    moments, undated = timeline(view)
    assert [one.outlet for one in moments] == ["Northern Courier", "Evening Post"]
    assert undated == 1
    assert "1 article without a time is left out" in render_page(view.comparison)


def test_without_two_times_there_is_no_timeline():
    assert 'id="timeline"' not in render_page(story_at("2025-03-12 14:00", None, None))


def test_a_later_article_is_drawn_further_right_and_who_is_first_with_more_is_larger():
    moments, _ = timeline(view_of(story_at("2025-03-12 14:00", "2025-03-12 09:00", "2025-03-12 18:00")))
    drawn = drawing(moments)
    (first,), (second,), (third,) = (line["dots"] for line in drawn["lines"])
    assert drawn["left"] == first[0] < second[0] < third[0] == drawn["right"]
    assert first[1] > second[1] > third[1]
    assert first[2] == "Daily Herald, 12 March 2025, 09:00: first with 3 of 3"


@pytest.mark.parametrize(
    ("end", "labels"),
    [
        ("2025-03-12 09:20", ["09:00", "09:05", "09:10", "09:15", "09:20"]),
        ("2025-03-13 06:00", ["12:00", "18:00", "13 Mar", "06:00"]),
        ("2025-03-29 09:00", ["13 Mar", "20 Mar", "27 Mar"]),
        ("2031-03-12 09:00", None),
    ],
)
def test_the_axis_has_a_few_round_times(end, labels):
    moments, _ = timeline(view_of(story_at("2025-03-12 09:00", "2025-03-12 09:00", end)))
    ticks = [label for _, label in drawing(moments)["ticks"]]
    assert 1 <= len(ticks) <= 6
    assert labels is None or ticks == labels
