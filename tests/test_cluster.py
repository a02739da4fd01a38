import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.claims.group import cluster
from compare.claims.phrasing import central
from compare.settings import Settings

SETTINGS = Settings(match_from=0, claim_floor=0.4, claim_link=0.5)


def groups(count, pairs):
    left, right, probability = ([pair[k] for pair in pairs] for k in range(3))
    labels = cluster(count, np.array(left, int), np.array(right, int), np.array(probability, float), SETTINGS)
    return [np.flatnonzero(labels == k).tolist() for k in range(labels.max() + 1)]


def test_sentences_that_match_become_one_group():
    assert groups(3, [(0, 1, 0.9), (0, 2, 0.8), (1, 2, 0.7)]) == [[0, 1, 2]]


def test_a_chain_is_cut_at_its_weakest_link():
    assert groups(3, [(0, 1, 0.9), (1, 2, 0.8)]) == [[0, 1], [2]]


def test_one_pair_below_the_floor_keeps_groups_apart():
    assert groups(3, [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.3)]) == [[0, 1], [2]]


def test_copies_are_grouped_as_if_each_stood_alone():
    text = np.array([0, 1, 0, 1, 0, 2])
    likeness = {(0, 0): 0.95, (1, 1): 0.93, (0, 1): 0.8, (0, 2): 0.3, (1, 2): 0.9}
    left, right = np.triu_indices(len(text), 1)
    probability = np.array([likeness[tuple(sorted((text[a], text[b])))] for a, b in zip(left, right, strict=True)])
    assert cluster(6, left, right, probability, SETTINGS, text).tolist() == [0, 1, 0, 1, 0, 1]
    assert cluster(6, left, right, probability, SETTINGS).tolist() == [0, 1, 0, 1, 0, 1]


def test_copies_that_do_not_all_match_do_not_begin_as_one():
    text = np.zeros(3, int)
    assert cluster(3, np.array([0]), np.array([1]), np.array([0.9]), SETTINGS, text).tolist() == [0, 0, 1]


def test_no_sentences_make_no_groups():
    labels = cluster(0, np.zeros(0, int), np.zeros(0, int), np.zeros(0), SETTINGS)
    assert labels.tolist() == []


@st.composite
def stories(draw):
    n = draw(st.integers(1, 14))
    chosen = [(i, j) for i in range(n) for j in range(i + 1, n) if draw(st.booleans())]
    return n, [(i, j, draw(st.integers(0, 100)) / 100) for i, j in chosen]


@pytest.mark.medium
@given(stories())
@settings(max_examples=300)
def test_every_two_sentences_of_a_group_match_above_the_floor(story):
    count, pairs = story
    probability = {(a, b): p for a, b, p in pairs}
    for members in groups(count, pairs):
        for a in members:
            for b in members:
                assert a >= b or probability.get((a, b), 0) >= 0.4


def test_the_majority_words_a_claim_and_not_the_outlet_that_altered_it():
    texts = np.array(["71 people died.", "17 people died.", "Seventeen people died."], dtype=object)
    alike = np.array([[1.0, 0.9, 0.9], [0.9, 1.0, 0.7], [0.9, 0.7, 1.0]])
    differ = np.array([[False, True, True], [True, False, False], [True, False, False]])
    assert central(texts, texts, alike, differ) == 1
    assert central(texts, texts, alike, np.zeros((3, 3), dtype=bool)) == 0


def test_of_two_outlets_that_differ_neither_is_the_majority():
    texts = np.array(["71 people died.", "17 people died."], dtype=object)
    assert central(texts, texts, np.ones((2, 2)), ~np.eye(2, dtype=bool)) == 0


def test_who_altered_a_number_is_called_altered():
    told = {
        "Odder Post": "The blast at the mill in Tarn killed 71 people on Monday.",
        "Coast Radio": "The blast at the mill in Tarn killed 17 people on Monday.",
        "The Gannet": "On Monday a blast killed 17 people at the mill in Tarn.",
    }
    two_are_enough = compare.Settings(majority_voices=2, majority_share=0.6)
    for order in (list(told), list(told)[::-1]):
        articles = [{"outlet": outlet, "text": told[outlet]} for outlet in order]
        story = compare.compare_story(articles, reader=None, settings=two_are_enough)
        changes = story.coverage.set_index("outlet")["changes"].to_dict()
        assert changes == {"Odder Post": "number", "Coast Radio": "", "The Gannet": ""}
