"""The timeline: who published when and with what first."""

from dataclasses import replace

import pandas as pd
import pytest
from report_stories import small_story

from compare.report.figures.story_figures import time_ticks
from compare.report.story.outlets import timeline
from compare.report.story.page import render_page
from compare.report.story.view import view_of
from compare.report.wording import clock


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


@pytest.mark.parametrize(
    ("end", "labels"),
    [
        ("2025-03-12 09:20", ["09:00", "09:15"]),
        ("2025-03-13 06:00", ["12:00", "18:00", "13 Mar", "06:00"]),
        ("2025-03-29 09:00", ["13 Mar", "20 Mar", "27 Mar"]),
        ("2031-03-12 09:00", None),
    ],
)
def test_the_axis_has_a_few_round_times(end, labels):
    low, high = pd.Timestamp("2025-03-12 09:00", tz="UTC"), pd.Timestamp(end, tz="UTC")
    ticks = [clock(tick, low, high) for tick in time_ticks(low, high)]
    assert 1 <= len(ticks) <= 4
    assert labels is None or ticks == labels


@pytest.mark.medium
def test_a_headline_is_the_earliest_only_where_all_times_are_known_and_one_is_before_the_others():
    early, late = "2025-03-12 09:00", "2025-03-12 14:00"
    for times, said in (
        ((late, early, late), "earliest headline, <bdi>Daily Herald"),
        ((early, early, late), ">headline, <bdi>Northern Courier"),
        ((late,) * 3, ">headline, <bdi>Northern Courier"),
        ((early, None, late), ">headline, <bdi>Northern Courier"),
    ):
        assert said in render_page(story_at(*times))
