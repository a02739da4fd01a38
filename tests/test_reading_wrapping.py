"""Text cut at a fixed width is joined where it is read. All people and outlets are invented."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare import InputWarning
from compare.language.split import split_articles
from compare.reading.wrapping import joined, unwrapped

MAIL = (
    "The ferry left the old quay at nine\nand struck a barge. Two sailors were\nhurt, said harbour master\n"
    "Otto Pike on Monday. Nobody else was\nhurt, and the quay was open by noon\nof the same day."
)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("The wind took the roof. No-\nbody slept.", "The wind took the roof. Nobody slept."),
        ("It was the com-\r\nmittee.", "It was the committee."),
        ("She is a well-\nknown diver.", "She is a well-known diver."),
        ("A grief-\nstricken town.", "A grief-stricken town."),
        ("A state-of-\nthe-art mill.", "A state-of-the-art mill."),
        ("The Anglo-\nDanish fleet.", "The Anglo-Danish fleet."),
        ("From 2019-\n20 on.", "From 2019-20 on."),
        ("It soft\u00ad\nens.", "It softens."),
        ("The Zorvik club met. The Zor-\nvik club left.", "The Zorvik club met. The Zorvik club left."),
        ("The re-entry failed. A re-\nentry would cost.", "The re-entry failed. A re-entry would cost."),
        ("The mayor left the hall early\nand took the train.", "The mayor left the hall early and took the train."),
        (MAIL, MAIL.replace("\n", " ")),
        (MAIL.replace("\n", "\n> "), MAIL.replace("\n", " ")),
        (
            "The ferry left the old quay at nine\n\nand struck a barge. Two sailors were\n\nhurt.\n\nNobody else was.",
            "The ferry left the old quay at nine and struck a barge. Two sailors were hurt.\n\nNobody else was.",
        ),
        (
            "The ferry left the old quay at nine\nand struck a barge. Two sailors were\n\f\nhurt on Monday.",
            "The ferry left the old quay at nine and struck a barge. Two sailors were hurt on Monday.",
        ),
        (
            "The ferry to the island of Tarn left the\nNorth Mole late, said Otto Pike, and\n“nobody” was told of\n"
            "2,300 people aboard.",
            "The ferry to the island of Tarn left the North Mole late, said Otto Pike, and “nobody” was told of "
            "2,300 people aboard.",
        ),
    ],
)
def test_lines_and_words_are_joined(text, joined):
    assert unwrapped(text).text == joined


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One paragraph.\nAnother one.\n\nA third, after a blank line.",
        "We need:\n- milk\n- eggs",
        "apples\npears\nplums",
        "“The pier is lost.”\n― Ines Mohr, angler",
        "The pier is lost -\nagain.",
        "The lead was long and ended here.\nby Ines Mohr",
        "The ferry to Tarn has sunk in the harbour\n\nvan Dijk, the owner, was silent. So was the crew.",
        "What we know of the ferry so far, and\n- two sailors were hurt\n- the quay is closed",
        "Dear Sir,\nThe ferry sank on Monday. All live.",
        "It ran <script\n>in the middle</script\n>of a page that was\n>>open.",
    ],
)
def test_what_was_never_cut_stays(text):
    assert unwrapped(text).text == text


@given(
    st.lists(
        st.sampled_from(["a", "No", "body", "-", "\n", "\r\n", " ", ".", "Lee", "well", "\u00ad", "the quay was open"])
    )
)
def test_every_character_stands_where_it_stood(parts):
    text = "".join(parts)
    whole = unwrapped(text)
    for at, character in enumerate(whole.text):
        origin = text[whole.origin(at)]
        assert origin == character or (character == " " and origin.isspace())


@given(
    st.lists(
        st.sampled_from(["The ferry", "that was moored off the", "Mole", "sank,", "\n", "\n", "\n\n", "It rained. "])
    )
)
def test_what_is_joined_stays_as_it_is(parts):
    once = joined(" ".join(parts))
    assert joined(once) == once


def test_a_warning_names_the_articles_and_offsets_point_into_the_stored_text():
    records = [{"outlet": "Dunby Echo", "text": MAIL}, {"outlet": "Corvin Post", "text": "The ferry left."}]
    with pytest.warns(InputWarning) as caught:
        articles = compare.read_articles(records)
    assert [str(warning.message) for warning in caught] == [
        '1 article was cut into lines in mid-sentence (record 1, "Dunby Echo"); the lines were joined, with words '
        "that a hyphen parted, and offsets count in the joined text."
    ]
    assert "\n" not in articles.loc[0, "text"]
    texts = articles.set_index("article_id")["text"]
    for row in split_articles(articles).itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert compare.read_articles(articles)["text"].tolist() == articles["text"].tolist()


def test_quotations_of_a_cut_text_point_into_it():
    text = "The quay was open, said harbour mas-\nter Otto Pike. The mayor said no-\nbody slept at all."
    table = compare.extract_quotes(text)
    assert table["quote"].tolist() == ["The quay was open", "nobody slept at all"]
    assert table["resolved"].tolist() == ["Otto Pike", "The mayor"]
    assert [text[row.start : row.end] for row in table.itertuples()] == ["The quay was open", "no-\nbody slept at all"]


@pytest.mark.medium
def test_a_long_cut_text_is_joined_without_end():
    """Of two million characters, so that whoever makes it take quadratic time waits in vain."""
    joined = unwrapped("the quay was open all day and no-\nbody came\n" * 50_000)
    assert joined.text.count("nobody came") == 50_000
