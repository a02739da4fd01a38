"""Five hundred articles in every format: all that it carries is read, and what is spoilt is counted."""

import re
import warnings

import pandas as pd
import pytest
from exported import FORMATS, invented, spoilt

from compare import InputWarning, read_articles

MANY, SPOILT = 500, 5
NEEDS = {"xlsx": "openpyxl", "rss": "feedparser", "atom": "feedparser"}
NEEDS |= dict.fromkeys(["folder of html", "folder of mhtml", "Factiva html"], "trafilatura")
NEEDS |= dict.fromkeys(["warc", "warc.gz", "wacz"], "warcio")
NEEDS |= dict.fromkeys(["Factiva rtf", "Nexis rtf"], "striprtf")
PAGES = {"folder of html", "folder of mhtml", "warc", "warc.gz", "wacz"}
EVERY = [pytest.param(name, marks=pytest.mark.medium if name in PAGES else ()) for name in FORMATS]


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def written(name, articles):
    """Write articles in a format, and return its path."""
    pytest.importorskip(NEEDS.get(name, "pandas"))
    form = FORMATS[name]
    form.write(form.path, form.given(articles))
    return form.path


def assert_same(name, frame, articles):
    """What was read is what was written, in any order, with no more and no less than the format carries."""
    form = FORMATS[name]
    told = frame.sort_values("title")[["outlet", "title", "text", "published"]].values.tolist()
    articles = sorted(articles, key=lambda one: one.title)
    dated = "published" not in form.lacks
    assert told == [
        [getattr(one, form.outlet), one.title, one.text, pd.Timestamp(one.day, tz="UTC") if dated else pd.NaT]
        for one in articles
    ]


@pytest.mark.parametrize("name", EVERY)
def test_five_hundred_articles_of_a_format_are_read_whole(name):
    articles = invented(MANY)
    path = written(name, articles)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frame = read_articles(path)
    assert len(frame) == MANY
    assert_same(name, frame, articles)


@pytest.mark.parametrize("name", EVERY)
def test_five_spoilt_articles_among_five_hundred_are_counted(name):
    articles = spoilt(invented(MANY), every=MANY // SPOILT)
    path = written(name, articles)
    with pytest.warns(InputWarning) as caught:
        frame = read_articles(path, skip_bad=True)
    assert len(frame) == MANY - SPOILT
    assert_same(name, frame, [one for one in articles if one.paragraphs])
    assert len(caught) == 1
    counted = rf"\b{SPOILT} (articles were skipped|parts were no article|of {MANY} entries hold no text)"
    assert re.search(counted, str(caught[0].message))
