import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.language.tokens import stem, words
from compare.language.vectors import sentence_vectors
from compare.matching import evidence, features, match, model, passages
from compare.matching.evidence import EVIDENCE_FEATURES, NUMBERS_COUNT, SHORTER_IS_BETTER, find_evidence
from compare.matching.features import FEATURES, both_ways, pair_features
from compare.matching.passages import Passages

OFFICIAL = "A European intelligence official said that Putin views Trump as someone he can influence."
RETOLD = "In Mr Trump, a European intelligence official believes, Mr Putin has found a man who can be influenced."
OTHER = "Underwriters said the premium on grain cargoes had risen by a tenth since March."


def score(left, right):
    return float(compare.score_pairs([left], [right], reader=None)[0])


def test_a_retelling_scores_above_another_fact():
    assert score(OFFICIAL, RETOLD) > 0.5
    assert score(OFFICIAL, OTHER) < 0.1


def test_the_order_of_a_pair_does_not_matter():
    assert score(OFFICIAL, RETOLD) == pytest.approx(score(RETOLD, OFFICIAL), abs=1e-6)


def test_a_pair_does_not_depend_on_the_other_pairs():
    together = compare.score_pairs([OFFICIAL, OTHER, RETOLD], [RETOLD, RETOLD, OTHER], reader=None)
    assert together[0] == pytest.approx(score(OFFICIAL, RETOLD), abs=1e-6)


def test_other_numbers_lower_the_probability():
    assert score("The blast killed 17 people.", "The blast killed 71 people.") < score(
        "The blast killed 17 people.", "The blast killed seventeen people."
    )


ODD = [
    "",
    " ",
    "word",
    "12",
    "https://example.org/a?b=c",
    "🙂🙂",
    "שלום עולם",
    "停火谈判停滞不前",
    "!!!",
    "\x00",
    "word " * 10_000,
    " ".join(f"w{k}" for k in range(10_000)),
]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_gets_a_defined_probability_without_a_warning(text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scores = compare.score_pairs([text, text, OFFICIAL], [OFFICIAL, text, text], reader=None)
    assert np.isfinite(scores).all()
    assert ((scores >= 0) & (scores <= 1)).all()
    assert scores[0] == pytest.approx(scores[2], abs=1e-6)


def test_a_text_without_words_is_like_nothing():
    assert max(compare.score_pairs(["", "!!!", OFFICIAL], ["", "!!!", ""], reader=None)) < 0.1


def test_identical_sentences_a_thousand_times():
    scores = compare.score_pairs([OFFICIAL] * 1000, [OFFICIAL] * 1000, reader=None)
    assert scores.min() == scores.max() > 0.9


def test_no_pairs_give_no_scores():
    assert compare.score_pairs([], [], reader=None).shape == (0,)


def test_lists_of_different_length_are_refused():
    with pytest.raises(compare.InputError, match="1 sentence on the left and 2 on the right"):
        compare.score_pairs(["a"], ["a", "b"], reader=None)


def test_something_that_is_no_sentence_is_refused():
    with pytest.raises(compare.InputError, match=r"score_pairs: right\[1\] is None"):
        compare.score_pairs(["a", "b"], ["a", None], reader=None)


def one_pair(left, right):
    values = pair_features(Passages.of([left, right]), np.array([0]), np.array([1]))[0]
    return dict(zip(FEATURES, values.tolist(), strict=True))


def test_features_are_what_they_say():
    found = one_pair("17 ships left Odesa", "On Monday 17 ships left the port of Odesa")
    assert found["word_recall"] == pytest.approx(1)
    assert found["number_recall"] == 1
    assert found["name_recall"] == pytest.approx(1)
    assert found["number_conflict"] == 0
    assert found["length"] == pytest.approx(np.log(5))
    back = one_pair("On Monday 17 ships left the port of Odesa", "17 ships left Odesa")
    assert back["word_recall"] < 1
    assert back["ngram_cosine"] == pytest.approx(found["ngram_cosine"])


def slow_soft_recall(left, right):
    """The definition, word by word: each left word counts as much as its nearest right word."""
    batch = Passages.of([left, right])
    rows = [batch.content.indices[batch.content.indptr[k] : batch.content.indptr[k + 1]] for k in (0, 1)]
    if not len(rows[0]) or not len(rows[1]):
        return 0.0
    total = 0.0
    for a in rows[0]:
        nearest = 0.0
        for b in rows[1]:
            cosine = float(batch.word_vectors[a] @ batch.word_vectors[b])
            nearest = max(nearest, 1.0 if batch.stem_of[a] == batch.stem_of[b] else cosine if cosine >= 0.3 else 0.0)
        total += nearest * float(batch.weights[a])
    return total / float(batch.weights[rows[0]].sum())


sentences = st.lists(
    st.sampled_from("the of troops soldiers Kyiv 17 71 left attacked attack ceasefire truce talks said not".split()),
    max_size=9,
).map(" ".join)


@pytest.mark.medium
@given(sentences, sentences)
@settings(max_examples=150)
def test_soft_recall_is_its_slow_definition(left, right):
    assert one_pair(left, right)["soft_recall"] == pytest.approx(slow_soft_recall(left, right), abs=1e-5)


@pytest.mark.medium
@given(st.lists(st.text(max_size=40), min_size=2, max_size=6))
@settings(max_examples=100)
def test_features_of_any_text_are_finite_and_independent_of_the_batch(texts):
    batch = Passages.of(texts)
    left, right = np.zeros(len(texts) - 1, dtype=np.int64), np.arange(1, len(texts))
    together = pair_features(batch, left, right)
    assert np.isfinite(together).all()
    alone = pair_features(Passages.of([texts[0], texts[-1]]), np.array([0]), np.array([1]))
    assert together[-1] == pytest.approx(alone[0], abs=1e-5)


@pytest.mark.medium
@given(st.lists(sentences, min_size=2, max_size=12), st.randoms())
@settings(max_examples=30)
def test_pairs_are_compared_alike_in_any_order_and_any_number(texts, random):
    batch = Passages.of(texts)
    pairs = [(a, b) for a in range(len(texts)) for b in range(len(texts))]
    random.shuffle(pairs)
    left, right = np.array(pairs).T
    one_by_one = np.vstack([pair_features(batch, left[k : k + 1], right[k : k + 1]) for k in range(len(left))])
    forth, back = both_ways(batch, left, right)
    np.testing.assert_allclose(pair_features(batch, left, right), one_by_one, atol=1e-6)
    np.testing.assert_allclose(forth, one_by_one, atol=1e-6)
    np.testing.assert_allclose(back, pair_features(batch, right, left), atol=1e-6)


def test_two_sentences_together_are_the_text_of_both():
    one, other = "Seven ships left Odesa on Monday.", "The port of Odesa had been closed since May."
    joined = f"{one} {other}"
    put = Passages.of([OFFICIAL, one, other, joined]).with_pairs(
        np.array([1]), np.array([2]), sentence_vectors([joined])
    )
    claim = np.zeros(2, dtype=np.int64)
    counted_anew, put_together = pair_features(put, claim, np.array([3, 4]))
    np.testing.assert_allclose(put_together, counted_anew, atol=1e-6)


def slow_evidence(claim, article):
    """Compare a claim with every sentence and every two neighbours: how near each is, where it stands, its features."""
    spans = [(k, k + width) for k in range(len(article)) for width in (0, 1) if k + width < len(article)]
    rows = [one_pair(claim, " ".join(article[a : b + 1])) for a, b in spans]
    near = []
    for row, (a, b) in zip(rows, spans, strict=True):
        words = row["soft_recall"] + (row["sentence_cosine"] + row["ngram_cosine"]) / 2
        numbers = NUMBERS_COUNT * row["number_recall"] * (1 - row["no_numbers"])
        near.append(round(words + numbers - SHORTER_IS_BETTER * (b > a), 4))
    return near, spans, rows


# No word in two forms, no sentence of function words alone: of these, two sentences hold more than their joined text.
plain = st.lists(st.sampled_from("troops soldiers Kyiv 17 71 left ceasefire truce".split()), max_size=6).map(" ".join)


@pytest.mark.slow
@given(
    st.lists(plain, min_size=1, max_size=3), st.lists(st.lists(plain, min_size=1, max_size=4), min_size=1, max_size=3)
)
@settings(max_examples=30)
def test_evidence_is_the_nearest_of_all_passages(claims, articles):
    told = [sentence for article in articles for sentence in article]
    article_of = np.repeat(np.arange(len(articles)), [len(article) for article in articles])
    found = find_evidence(claims, told, article_of)
    assert list(zip(found.claim, found.article, strict=True)) == list(np.ndindex(len(claims), len(articles)))
    for claim, article, first, last, row in zip(
        found.claim, found.article, found.first, found.last, found.features, strict=True
    ):
        begin = int(np.flatnonzero(article_of == article)[0])
        near, spans, rows = slow_evidence(claims[claim], articles[article])
        at = spans.index((first - begin, last - begin))
        assert near[at] == pytest.approx(max(near), abs=2e-3)
        whole = one_pair(claims[claim], " ".join(articles[article]))
        slow = [rows[at][name] for name in FEATURES] + [whole["word_recall"], whole["soft_recall"]]
        np.testing.assert_allclose(row, slow, atol=1e-5)


def test_only_wanted_cells_are_looked_at():
    wanted = np.array([[True, False], [False, True]])
    found = find_evidence([OFFICIAL, OTHER], [RETOLD, OTHER, OTHER], np.array([0, 0, 1]), wanted)
    assert found.claim.tolist() == [0, 1]
    assert found.article.tolist() == [0, 1]
    assert found.first.tolist() == found.last.tolist() == [0, 2]


def test_an_encoder_of_your_own_gives_the_sentence_vectors():
    class Same:
        def encode(self, texts):
            return np.ones((len(texts), 3), dtype=np.float32)

    assert compare.score_pairs([OFFICIAL], [OTHER], encoder=Same(), reader=None) != compare.score_pairs(
        [OFFICIAL], [OTHER], reader=None
    )


def test_the_shipped_model_weighs_every_feature():
    stored = json.loads(Path(compare.__file__).with_name("matching").joinpath("model.json").read_text(encoding="utf-8"))
    assert list(stored["same"]["weights"]) == list(FEATURES)
    names = [f"{length} {name}" for length in ("short", "long") for name in EVIDENCE_FEATURES]
    assert list(stored["carries"]["weights"]) == names


def test_words_are_folded_and_stemmed():
    assert [stem(word) for word in words("Seventeen soldiers’ leaders, Zelenskyy's 1,978 falls; it stalled.")] == (
        ["17", "soldier", "leader", "zelenskyy", "1978", "fall", "it", "stall"]
    )


def test_of_a_word_without_end_only_the_beginning_counts():
    assert stem("é" * 2_000_000) == "e" * len(stem("é" * 1000)) != ""


def test_compound_number_words_are_one_number():
    assert [stem(word) for word in words("Thirty-seven ships")] == ["37", "ship"]


def test_the_passage_with_the_claims_number_is_its_evidence():
    told = [
        "The union of the dockers wants more money.",
        "Rain is expected in the north.",
        "Some 2,300 of them walked out.",
    ]
    found = find_evidence(["2,300 dockers have stopped work."], told, np.zeros(3, dtype=np.int64))
    assert found.last.tolist() == [2]


def test_one_sentence_is_enough_where_the_next_adds_but_a_word():
    claim = "Seven ships carrying grain left the port of Odesa on Monday."
    told = ["Seven ships full of grain left Odesa on Monday.", "The port was quiet in the evening."]
    found = find_evidence([claim], told, np.zeros(2, dtype=np.int64))
    assert (found.first.tolist(), found.last.tolist()) == ([0], [0])


@pytest.mark.slow
def test_the_size_of_blocks_changes_nothing(monkeypatch):
    demo = compare.read_demo().head(3)
    whole = compare.compare_story(demo, reader=None)
    for module, names in (
        (evidence, ["_CELLS_AT_A_TIME", "_PASSAGES_AT_A_TIME"]),
        (match, ["_CELLS_AT_A_TIME", "_PASSAGES_AT_A_TIME"]),
        (features, ["_PAIRS_AT_A_TIME", "_ENTRIES_AT_A_TIME", "_MOST_CELLS", "_WORDS_OF_A_BLOCK"]),
        (passages, ["_CELLS_AT_A_TIME", "_REMEMBERED_CELLS"]),
        (model, ["_PAIRS_AT_A_TIME"]),
    ):
        for name in names:
            monkeypatch.setattr(module, name, 7)
    cut = compare.compare_story(demo, reader=None)
    for table in ("matches", "claims", "coverage"):
        pd.testing.assert_frame_equal(getattr(cut, table), getattr(whole, table), atol=2e-4)


@pytest.mark.slow
def test_what_an_article_repeats_is_matched_once():
    line = "The ferry company will sell two ships. "
    articles = [{"outlet": "Odder Post", "text": line * 3000}, {"outlet": "Coast Radio", "text": line * 3000}]
    assert len(compare.compare_story(articles, reader=None).matches) == 1


def test_one_text_is_no_list_of_sentences():
    with pytest.raises(compare.InputError, match=r"score_pairs: left is one text; give a list of sentences"):
        compare.score_pairs("The port is closed.", ["The port is shut."])
