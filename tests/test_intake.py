"""Articles of a corpus on their way to be compared: on disk, by story."""

import numpy as np
import pandas as pd
import pytest

import compare
from compare.corpus import intake
from compare.corpus.intake import Intake
from compare.language.completeness import with_completeness
from compare.reading.articles import ArticleRows


def row(story, outlet, text="The ferry sank off Velland on Monday.", **more):
    return {"story_id": story, "outlet": outlet, "text": text, **more}


MIXED = [
    row("ferry", "Gannet", published="2030-03-05T08:00Z", title="Ferry sinks"),
    row("bridge", "Gannet", "The Ostrow bridge will close for two years."),
    row("ferry", "Orrery", "A ferry has sunk — “all are safe”, 日本."),
]


def taken(records):
    return Intake(ArticleRows(records))


def test_articles_come_back_as_they_were_read_story_by_story():
    read = with_completeness(compare.read_articles(MIXED))
    with taken(MIXED) as articles:
        assert articles.stories == {"ferry": 2, "bridge": 1}
        assert list(articles.stories) == ["ferry", "bridge"], "in the order of the input"
        found = articles.articles(["bridge", "ferry"])
        pd.testing.assert_frame_equal(found, read.iloc[[1, 0, 2]].reset_index(drop=True))
        pd.testing.assert_frame_equal(articles.in_order(), compare.read_articles(MIXED))
        assert articles.outlets() == ["Gannet", "Orrery"]
        assert (articles.most_outlets([]), articles.most_outlets(["ferry"])) == (2, 1)


def test_the_file_goes_with_the_articles_whatever_happens(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with taken(MIXED):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(compare.InputError, match='field "text" is missing'):
        taken([*MIXED, {"outlet": "Ledger"}])
    assert list(tmp_path.iterdir()) == []


def test_whole_stories_come_together_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(intake, "_AT_ONCE", 3)
    records = [row(f"s{number}", outlet, f"Fleet {number} of {outlet}.") for number in range(4) for outlet in "AB"]
    with taken(records) as articles:
        parts = [part["story_id"].tolist() for part in articles.in_parts()]
    assert parts == [["s0", "s0", "s1", "s1"], ["s2", "s2", "s3", "s3"]]


def test_how_long_an_outlets_articles_are_is_seen_over_all_stories():
    long = "The ferry sank off Velland on Monday. All 40 passengers were rescued by fishermen from the port. " * 5
    records = [row(f"s{number}", "Gannet", f"{number} {long}") for number in range(8)]
    records.append(
        row("short", "Gannet", "Fishermen from the port of Velland rescued all of the passengers of the ferry")
    )
    with taken(records) as articles:
        assert articles.articles(["short"])["complete"].tolist() == ["cut"]
    with taken(records[-1:]) as articles:
        assert articles.articles(["short"])["complete"].tolist() == ["unknown"]


def test_boilerplate_is_learned_from_some_hundred_articles_of_each_outlet(monkeypatch):
    monkeypatch.setattr(intake, "_SAMPLE", 5)
    records = [row(f"s{number}", "Gannet", f"Fleet {number}.") for number in range(40)]
    records += [row(f"s{number}", "Orrery", f"Boats {number}.") for number in range(0, 40, 20)]
    with taken(records) as articles:
        drawn = articles.sample()
    assert (drawn["outlet"] == "Orrery").sum() == 2, "an outlet of few articles has all of them"
    assert 5 <= (drawn["outlet"] == "Gannet").sum() <= 7
    with taken(records[::-1]) as articles:
        assert set(articles.sample()["story_id"]) == set(drawn["story_id"])


def test_grouped_articles_change_their_stories():
    nameless = [{key: value for key, value in one.items() if key != "story_id"} for one in MIXED]
    with taken([*nameless[:2], MIXED[2]]) as articles:
        assert np.array_equal(articles.named(), [False, False, True])
        articles.regroup(["a", "b", "a"])
        assert articles.stories == {"a": 2, "b": 1}
        assert articles.articles(["a"])["story_id"].tolist() == ["a", "a"]
