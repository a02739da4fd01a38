"""The generator of corpora: what its truth says is what its articles print."""

import importlib
import json
import re
from collections import Counter
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest

from compare.language.split import split_text

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def corpora():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "benchmarks")
        yield importlib.import_module("corpora")


def figures(text):
    return set(re.findall(r"\d[\d,]*", text))


def test_stories_are_the_same_however_many_are_made(corpora):
    assert list(corpora.stories(3)) == list(islice(corpora.stories(10**9), 3))
    assert list(corpora.stories(1, seed=2)) != list(corpora.stories(1, seed=1))


def test_articles_have_about_as_many_sentences_as_asked(corpora):
    lengths = [len(split_text(one["text"])) for story in corpora.stories(10) for one in story.articles]
    assert len(lengths) == 100
    assert 27 <= sum(lengths) / 100 <= 33


@pytest.mark.parametrize("sentences", [1, 200])
def test_few_and_many_sentences(corpora, sentences):
    story = next(corpora.stories(1, 2, sentences))
    assert len({row["fact_id"] for row in story.truth}) == round(sentences / corpora.CARRIES)
    assert all(article["text"] for article in story.articles)


def test_an_altered_figure_is_not_the_true_one(corpora):
    right, wrong = corpora.Outlet("Right Post", 0.99), corpora.Outlet("Wrong Post", 0.99, alters=1)
    seen = 0
    for number in range(5):
        story = corpora.make(number, [right, wrong], 30, 1)
        texts = {article["outlet"]: figures(article["text"]) for article in story.articles}
        claims = {row["fact_id"]: row["claim"] for row in story.truth}
        often = Counter(figure for claim in claims.values() for figure in figures(claim))
        state = {(row["fact_id"], row["outlet"]): row["state"] for row in story.truth}
        for fact, claim in claims.items():
            assert state[fact, "Right Post"] != "altered"
            figure = figures(claim)
            changed = state[fact, "Right Post"] == "carried" and state[fact, "Wrong Post"] == "altered"
            # A figure of three digits or more that no other fact has.
            if changed and len(figure) == 1 and len(min(figure)) > 2 and often[min(figure)] == 1:
                assert figure <= texts["Right Post"]
                assert not figure & texts["Wrong Post"]
                seen += 1
    assert seen >= 20


def test_what_is_omitted_is_not_printed(corpora):
    story = corpora.make(1, [corpora.Outlet("Short Post", 0.01)], 30, 1)
    omitted = [row["fact_id"] for row in story.truth if row["state"] == "omitted"]
    assert len(story.truth) - len(omitted) == len(split_text(story.articles[0]["text"])) < 10


def test_copies_of_the_agency_print_its_sentences(corpora):
    clients = [corpora.Outlet(name, 0.5, copies=1) for name in ("First Post", "Second Post")]
    story = corpora.make(1, clients, 30, 1)
    texts = [article["text"].removeprefix("(Longwave) ") for article in story.articles]
    first, second = ([text[start:end] for start, end in split_text(text)] for text in texts)
    assert first[: len(second)] == second[: len(first)]
    assert {row["copy_of"] for row in story.truth} == {"Longwave"}


def test_files_hold_the_articles_and_the_truth(corpora, tmp_path):
    made = list(corpora.stories(2))
    corpora.write_lines(iter(made), tmp_path / "corpus.jsonl")
    lines = (tmp_path / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [row for story in made for row in story.articles]
    corpora.write_shards(iter(made), tmp_path / "shards")
    truth = pd.read_parquet(tmp_path / "shards.truth")
    assert truth.to_dict("records") == [row for story in made for row in story.truth]
