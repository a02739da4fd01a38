"""Cuts from the end and from elsewhere; "x" is a sentence that a copy has, "." one that it lacks."""

import numpy as np
import pytest

from compare.coverage.wire import SLIP, cut_of


def kept(pattern):
    return np.array([sign == "x" for sign in pattern])


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("xxxxxxxxxx", "none"),
        ("xxxxxx....", "tail"),
        ("xx........", "tail"),
        ("xxx...xxxx", "middle"),
        ("xx..xx....", "both"),
        ("...xxxxxxx", "middle"),
    ],
)
def test_where_a_copy_is_cut(pattern, kind):
    cut = cut_of(kept(pattern), np.full(10, 20))
    assert (cut.kind, cut.sentences) == (kind, pattern.count("."))


def test_the_p_value_is_the_chance_of_as_many_words_by_slips():
    words = np.array([20, 5, 30, 10])
    assert cut_of(kept("xxx."), words).p_value == 1
    assert cut_of(kept(".xxx"), words).p_value == pytest.approx(p_of(20, words))
    # Either the third is lost, or it is the fourth that was kept though the text ends after the second.
    assert cut_of(kept("xx.x"), words).p_value == pytest.approx(p_of(10, words))


def p_of(least, words):
    """All patterns of slips, one by one."""
    total = 0.0
    for pattern in range(2 ** len(words)):
        slipped = np.array([pattern >> bit & 1 for bit in range(len(words))], dtype=bool)
        if words[slipped].sum() >= least:
            total += SLIP ** slipped.sum() * (1 - SLIP) ** (~slipped).sum()
    return total
