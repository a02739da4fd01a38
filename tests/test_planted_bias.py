"""The corpus with a planted bias: the files are what the generator makes, and what they say of each other is right."""

import importlib
import json
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
DATASET = ROOT / "datasets" / "planted-bias"


@pytest.fixture(scope="module")
def generator():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "benchmarks")
        yield importlib.import_module("planted_bias")


@pytest.fixture(scope="module")
def articles():
    lines = (DATASET / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {article["article_id"]: article for article in map(json.loads, lines)}


def table(name):
    return pd.read_csv(DATASET / f"{name}.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def truth():
    return table("truth")


@pytest.fixture(scope="module")
def sentences(articles):
    spans = table("sentences")
    spans["text"] = [articles[row.article_id]["text"][row.start : row.end] for row in spans.itertuples()]
    spans["outlet"] = spans["article_id"].map(lambda name: articles[name]["outlet"])
    return spans


def test_the_files_are_what_the_generator_makes(generator):
    made = generator.as_files(generator.make_corpus())
    assert {path.name for path in DATASET.iterdir()} == {*made, "README.md"}
    assert [name for name, content in made.items() if (DATASET / name).read_bytes() != content] == []


def test_eighty_stories_at_six_outlets_some_of_which_miss_some(articles):
    per_story = Counter(article["story_id"] for article in articles.values())
    assert len(per_story) == 80
    assert max(per_story.values()) == 6
    assert min(per_story.values()) >= 2
    assert len({article["outlet"] for article in articles.values()}) == 6
    assert len({(article["story_id"], article["outlet"]) for article in articles.values()}) == len(articles)


def test_each_sentence_stands_where_the_table_says_and_nothing_stands_between(articles, sentences):
    clean = re.compile(r"“?[A-Z0-9].*[.”]")
    assert [
        text for text in sentences["text"] if not clean.fullmatch(text) or re.search(r"[{}]|\s\s| ,|,,", text)
    ] == []
    for article_id, spans in sentences.groupby("article_id"):
        text = articles[article_id]["text"]
        for start, end in sorted(zip(spans["start"], spans["end"], strict=True), reverse=True):
            text = text[:start] + text[end:]
        assert re.fullmatch(r"([A-Z ]+ \(Longwave\) — )?\s*", text), article_id


def test_an_article_has_a_sentence_for_each_fact_that_it_carries_and_for_no_other(truth, sentences):
    carried = truth[truth["state"] != "omitted"]
    assert not sentences.duplicated(["outlet", "fact_id"]).any()
    assert set(zip(sentences["outlet"], sentences["fact_id"], strict=True)) == set(
        zip(carried["outlet"], carried["fact_id"], strict=True)
    )
    assert set(truth["state"]) == {"carried", "altered", "omitted"}
    facts = truth.groupby("story_id")["fact_id"].nunique()
    assert (facts.min(), facts.max()) == (9, 14)


def test_what_the_truth_says_of_a_wording_is_in_the_sentence(truth, sentences):
    said = sentences.merge(truth, on=["outlet", "fact_id"])
    labelled = said[said["label"] != ""]
    assert all(label in text.lower() for label, text in zip(labelled["label"], labelled["text"], strict=True))
    quoted = said[said["kind"] == "quote"]
    assert all(cue in text for cue, text in zip(quoted["cue"], quoted["text"], strict=True))
    # A trimmed quotation is the beginning of a whole one of another outlet.
    marks = re.compile(r"“([^”]*?)[,.]”")
    whole = quoted[quoted["change"] == ""]
    words = {fact: " ".join(marks.findall(text)) for fact, text in zip(whole["fact_id"], whole["text"], strict=True)}
    trimmed = quoted[(quoted["change"] == "trimmed quote") & quoted["fact_id"].isin(words)]
    assert len(trimmed) > 100
    for fact, text in zip(trimmed["fact_id"], trimmed["text"], strict=True):
        cut = " ".join(marks.findall(text))
        assert re.sub(r"\W", "", words[fact]).startswith(re.sub(r"\W", "", cut))
        assert len(cut) < len(words[fact])


def test_facts_of_a_story_differ_and_outlets_word_them_in_several_ways(sentences):
    wordings = sentences.groupby("fact_id")["text"].agg(["nunique", "size"])
    told_often = wordings[wordings["size"] >= 5]
    assert (told_often["nunique"] >= 3).mean() > 0.9
    story = sentences["fact_id"].str.rsplit("-", n=1).str[0]
    assert sentences.groupby([story, "text"])["fact_id"].nunique().max() == 1


def test_the_planted_habits_came_out(truth, articles):
    """Within what chance allows; the datasheet states the planted values."""
    copies = {(a["story_id"], a["outlet"]) for a in articles.values() if "(Longwave)" in a["text"]}
    told = truth[truth["state"] != "omitted"].set_index(["story_id", "outlet"], drop=False)
    told = told[~told.index.isin(copies)].reset_index(drop=True)
    harsh = told["label"].isin(["rioters", "agitators", "militants"])
    habits = {
        "Fellgate Herald": harsh[told["label"] != ""],
        "Upmoor Mirror": (told["voice"] == "passive")[told["voice"] != ""],
        "Quayside Ledger": (told["change"] == "trimmed quote")[told["kind"] == "quote"],
        "Cormorant Gazette": (told["cue"] == "claimed")[told["speaker"] == "korrin"],
    }
    for outlet, follows in habits.items():
        shares = follows.groupby(told["outlet"]).mean()
        assert shares[outlet] > 0.75, outlet
        assert shares.drop(outlet).max() < 0.25, outlet


def test_copies_are_equal_to_the_letter(articles):
    copies = [article for article in articles.values() if "(Longwave)" in article["text"]]
    texts = Counter(article["text"] for article in copies)
    assert set(texts.values()) == {2}
    assert {article["outlet"] for article in copies} == {"Cormorant Gazette", "Lantern Row Post"}
    assert f"({len(texts)} stories)" in (DATASET / "README.md").read_text(encoding="utf-8")


def test_the_datasheet_states_the_counts_and_the_planted_values(generator, articles, truth, sentences):
    datasheet = (DATASET / "README.md").read_text(encoding="utf-8")
    for count, things in ((len(articles), "articles"), (len(sentences), "sentences"), (len(truth), "rows")):
        assert f"{count:,} {things}" in datasheet
    assert f"{truth['fact_id'].nunique():,} facts" in datasheet
    assert f"({(truth['change'] == 'number').sum()} times)" in datasheet
    came_out = truth.assign(carried=truth["state"] != "omitted", quoted=truth["kind"] == "quote")
    came_out = came_out[came_out["kind"] != "lead"].groupby(["outlet", "quoted"])["carried"].mean()
    for outlet in generator.OUTLETS:
        rates = [outlet.rate, came_out[outlet.name, False], outlet.quotations, came_out[outlet.name, True]]
        row = " +[|] +".join(re.escape(f"{rate:.2f}".removeprefix("0")) for rate in rates)
        assert re.search(rf"\| {outlet.name} +\| {outlet.leaning} +\| +{row} ", datasheet), (outlet.name, rates)
    for value in (generator.HABIT, generator.SLIP, generator.COVERS, generator.COVERS_DULL, generator.COPIES):
        assert f"{value:g}".removeprefix("0") in datasheet
