"""Small articles, of each of which it is known whether "the company" or "the offer" in the last sentence is sure."""

import re
from pathlib import Path

import pytest

from compare.claims.around import Around
from compare.claims.phrasing import worded

# Which one it is, and the article; nothing where another one comes in: by name, by a possessive, by a verb, elsewhere.
_, *LINES = (Path(__file__).parent / "referents.tsv").read_text(encoding="utf-8").splitlines()
ARTICLES = [line.split("\t") for line in LINES]


def put_in(text):
    """What stands in brackets in the wording of the last sentence, a sentence put before it aside."""
    start = text.rindex(". ", 0, -1) + 2
    wording = worded(text[start:], Around(text), start, len(text))
    return re.findall(r"\[([^\[\]]*[^.!?…”\[\]])\]", wording)


@pytest.mark.parametrize(("which", "text"), ARTICLES)
def test_which_one_it_is_is_told_only_where_it_is_sure(which, text):
    assert put_in(text) == ([which] if which else [])


def test_the_articles_are_sure_and_unsure():
    sure = sum(bool(which) for which, _ in ARTICLES)
    assert sure > 50
    assert len(ARTICLES) - sure > 100
