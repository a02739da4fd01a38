from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.language.quotes.stream import quoted_share
from compare.language.split import split_text


def quoted(text):
    """The text's letters that count as quoted, words kept apart."""
    shares = quoted_share(text, [(at, at + 1) for at in range(len(text))])
    return " ".join("".join(c if share else " " for c, share in zip(text, shares, strict=True)).split())


def shares(text):
    return [round(share, 2) for share in quoted_share(text, split_text(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “We go” and left.", "We go"),
        ('He said "We go" and left.', "We go"),
        ("He said ‘We go’ and left.", "We go"),
        ("He said 'We go' and left.", "We go"),
        ("Er sagte „Wir gehen“ und ging.", "Wir gehen"),
        ("Er sagte „Wir gehen” und ging.", "Wir gehen"),
        ("Il dit « Nous partons » et partit.", "Nous partons"),
        ("Er sagte »Wir gehen« und ging.", "Wir gehen"),
        ("Han sa ”Vi går” och gick.", "Vi går"),
        ("彼は「行く」と述べた。", "行く"),
        ('"We go," he said, "and you stay."', "We go and you stay"),
        ("“He told me ‘no’ twice,” she said.", "He told me no twice"),
        ("‘He told me “no” twice,’ she said.", "He told me no twice"),
        ('He said:"We go."', "We go"),
        ('“We go" he said.', "We go"),
    ],
)
def test_marks_of_many_kinds(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We don’t know and they don't care.",
        "The workers’ union and the teachers' union met.",
        "It began in the '90s and ended in the ’00s.",
        "‘Tis the season, and 'til then get 'em while rock 'n' roll lasts.",
        "The 'burbs are quiet.",
        'He is 6\'2" tall and it is 5" wide.',
        "He left.” She stayed.",
        "",
        "”",
    ],
)
def test_what_is_no_quotation(text):
    assert quoted(text) == ""


def test_a_plural_apostrophe_does_not_close_a_quotation():
    assert quoted("‘The workers’ union is strong,’ he said.") == "The workers union is strong"
    assert quoted("'The workers' union is strong,' he said.") == "The workers union is strong"
    assert quoted("The ‘friends’ of Lee said ‘yes,’ he said.") == "friends yes"


def test_a_quotation_runs_over_sentences():
    text = "“We go. We all go. Nobody stays,” the minister told us. He left."
    assert shares(text) == [1.0, 1.0, 0.39, 0.0]


def test_a_quotation_opens_anew_in_each_paragraph():
    text = "“We go. We all go.\n\n“Nobody stays. It is late.\n\n“Good night,” he said. He left."
    assert shares(text) == [1.0, 1.0, 1.0, 1.0, 0.6, 0.0]


@pytest.mark.parametrize("mark", ["“", '"', "‘", "„", "«"])
def test_a_mark_that_is_never_closed_ends_with_its_paragraph(mark):
    assert shares(f"{mark}We go. We stay.\nThey slept.") == [1.0, 1.0, 0.0]
    assert shares(f"{mark}We go. We stay.\n\nThey slept.") == [1.0, 1.0, 0.0]


def test_the_share_counts_letters_only():
    assert quoted_share("“1,000!” ab", [(0, 11), (0, 8)]) == [0.0, 0.0]
    assert quoted_share("“ab” cd 123", [(0, 11)]) == [0.5]


@given(st.text(alphabet="aS .,\n“”‘’'\"«»„0😀é"))
def test_shares_are_shares_of_each_span(text):
    spans = split_text(text)
    found = quoted_share(text, spans)
    assert len(found) == len(spans)
    assert all(0 <= share <= 1 for share in found)


@given(st.text(alphabet="aS .,“”‘’'\"«»„0"), st.text(alphabet="aS .,“”‘’'\"«»„0"))
def test_a_paragraph_is_read_on_its_own(left, right):
    both = quoted_share(f"{left}\n{right}", [(0, len(left)), (len(left) + 1, len(left) + 1 + len(right))])
    assert both == quoted_share(left, [(0, len(left))]) + quoted_share(right, [(0, len(right))])


@pytest.mark.medium
@pytest.mark.parametrize("unit", ["“We go,” he said. ", "“", "'a ", "‘s’ a ", '"a', "“a.” b\n"])
def test_time_grows_linearly(unit):
    def seconds(length):
        text = unit * (length // len(unit))
        spans = split_text(text)
        started = time.process_time()
        quoted_share(text, spans)
        return time.process_time() - started

    assert seconds(320_000) < max(24 * seconds(40_000), 1.0)
