import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.claims.cluster import cluster
from compare.settings import Settings

SETTINGS = Settings(match_from=0, claim_floor=0.4, claim_link=0.5)


def groups(articles, pairs):
    left, right, probability = ([pair[k] for pair in pairs] for k in range(3))
    labels = cluster(
        np.array(articles), np.array(left, int), np.array(right, int), np.array(probability, float), SETTINGS
    )
    return [np.flatnonzero(labels == k).tolist() for k in range(labels.max() + 1)]


def test_sentences_that_match_become_one_group():
    assert groups([0, 1, 2], [(0, 1, 0.9), (0, 2, 0.8), (1, 2, 0.7)]) == [[0, 1, 2]]


def test_a_chain_is_cut_at_its_weakest_link():
    assert groups([0, 1, 2], [(0, 1, 0.9), (1, 2, 0.8)]) == [[0, 1], [2]]


def test_one_pair_below_the_floor_keeps_groups_apart():
    assert groups([0, 1, 2], [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.3)]) == [[0, 1], [2]]


def test_two_sentences_of_an_article_are_never_one_claim():
    assert groups([0, 1, 1], [(0, 1, 0.9), (0, 2, 0.8)]) == [[0, 1], [2]]


def test_no_sentences_make_no_groups():
    labels = cluster(*(np.zeros(0, int) for _ in range(3)), np.zeros(0), SETTINGS)
    assert labels.tolist() == []


@st.composite
def stories(draw):
    n = draw(st.integers(1, 14))
    articles = draw(st.lists(st.integers(0, 4), min_size=n, max_size=n))
    pairs = [
        (i, j, draw(st.integers(0, 100)) / 100)
        for i in range(n)
        for j in range(i + 1, n)
        if articles[i] != articles[j] and draw(st.booleans())
    ]
    return articles, pairs


@given(stories())
@settings(max_examples=300)
def test_every_two_sentences_of_a_group_match_above_the_floor(story):
    articles, pairs = story
    probability = {(a, b): p for a, b, p in pairs}
    for members in groups(articles, pairs):
        assert len({articles[k] for k in members}) == len(members)
        for a in members:
            for b in members:
                assert a >= b or probability.get((a, b), 0) >= 0.4
