"""Nobody can put an article together again from a data set without text, or tell that a sentence is in it."""

import csv
import hashlib
import hmac
import re

import pandas as pd
import pytest
from bundle_stories import articles, both, ferry
from coded_runs import fill, rewrite

import compare

LONGEST = 5  # consecutive words of an article that may stand in a data set


def runs(text, length):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}


def contents(bundle):
    """Every file as text: a Parquet file cell by cell, row by row and column by column, and its raw bytes too."""
    for path in bundle.rglob("*"):
        if path.suffix == ".parquet":
            frame = pd.read_parquet(path).astype(object).fillna("").astype(str)
            yield path, "\n".join(" ".join(row) for row in frame.to_numpy().tolist())
            yield path, "\n".join(" ".join(frame[name]) for name in frame)
        if path.is_file():
            yield path, path.read_bytes().decode("utf-8", errors="ignore")


def leaks(bundle, texts, length=LONGEST + 1):
    told = set().union(*(runs(text, length) for text in texts))
    return {(path.name, run) for path, text in contents(bundle) for run in runs(text, length) & told}


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """A corpus with coders' labels, whose remarks quote the articles."""
    folder = tmp_path_factory.mktemp("coded")
    corpus = both()
    sheets = compare.sample_decisions(corpus, 12, coders=2, seed=4).write(folder / "sheets")
    paths = [fill(sheets, f"coder-{number}", lambda unit: "yes" if unit < "u8" else "no") for number in (1, 2)]
    with paths[0].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    remark = "it says that all of them were rescued by fishing boats within the hour"
    rewrite(paths[0], [row | {"note": remark} for row in rows])
    validation = compare.read_sheets(paths)
    assert set(validation.labels["note"]) == {"", remark}
    return corpus, validation


def bundles(folder, demo, coded):
    corpus, validation = coded
    texts = {
        "demo": [*demo.articles["text"], *demo.articles["title"].dropna()],
        "ferry": [f"{one['title']}\n{one['text']}" for one in articles("ferry")],
        "corpus": [f"{one['title']}\n{one['text']}" for one in articles("ferry", "bridge")],
    }
    demo.export(folder / "demo")
    ferry().export(folder / "ferry", publish_key=True)
    corpus.export(folder / "corpus", validation=validation)
    return {folder / name: of for name, of in texts.items()}


@pytest.mark.slow
def test_no_run_of_more_than_five_words_of_any_article_is_in_any_file(demo, coded, tmp_path):
    for bundle, texts in bundles(tmp_path, demo, coded).items():
        assert leaks(bundle, texts) == set()


def test_an_agency_that_nobody_lists_is_the_articles_words(tmp_path):
    told = "The ferry to Ostra Island was cancelled on Monday because of a broken engine. Forty people had to wait."
    given = {"Harbour Post": "Quiet Words From Nowhere", "Ferry Times": "Reuters", "Norrwire": "Norrwire"}
    story = compare.compare_story(
        [{"outlet": outlet, "text": f"OSTRA ({agency}) - {told}"} for outlet, agency in given.items()], reader=None
    )
    assert "Quiet Words From Nowhere" in set(story.wire["agency"])
    bundle = story.export(tmp_path / "out")
    assert not [name for name, text in contents(bundle) if "Quiet Words" in text]
    agencies = set(pd.read_parquet(bundle / "data" / "wire.parquet")["agency"].dropna())
    assert {name for name in agencies if not name.startswith("agency-")} <= {"Reuters", "Norrwire"}
    assert any(name.startswith("agency-") for name in agencies)
    assert compare.reproduce(bundle, story.articles).ok


def test_the_attack_finds_what_is_there(tmp_path):
    """Else the test above would prove nothing."""
    story = ferry()
    texts = story.articles["text"].tolist()
    found = leaks(story.export(tmp_path / "full", text="full"), texts)
    assert {name for name, _ in found} >= {
        "articles.parquet",
        "articles.csv",
        "sentences.csv",
        "claims.csv",
        "quotes.csv",
    }


def test_true_sentences_without_the_key_are_not_recognised(tmp_path):
    story = ferry()
    bundle = story.export(tmp_path / "out")
    key = bytes.fromhex((tmp_path / "out.key").read_text(encoding="ascii"))
    whole = "\n".join(text for _, text in contents(bundle))
    tables = [story.articles["text"], story.articles["title"], story.sentences["text"], story.claims["claim"]]
    tables += [story.quotes[name] for name in ("speaker", "resolved", "cue", "text", "source", "wording")]
    tables += [story.claims["claim_id"], story.quotes["quote_id"], story.articles["article_id"]]
    candidates = {text for column in tables for text in column.dropna() if text}
    assert len(candidates) > 30
    plain = [hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha512, hashlib.blake2b, hashlib.sha3_256]
    guesses = {make(text.encode()).hexdigest()[:16] for text in candidates for make in plain}
    for guess in (b"", b"storydiff", b"\0" * 32, b"ferry"):
        guesses |= {hmac.digest(guess, text.encode(), "sha256").hex()[:16] for text in candidates}
    hexadecimal = set(re.findall(r"[0-9a-f]{12,}", whole))
    starts = {found[at : at + 16] for found in hexadecimal for at in (0, 1)}
    assert not starts & guesses
    right = {hmac.digest(key, text.encode(), "sha256").hex()[:16] for text in candidates}
    assert len(starts & right) > 30, "with the key they are"


@pytest.mark.medium
def test_ids_that_anyone_could_compute_are_in_no_file(coded, tmp_path):
    corpus, validation = coded
    bundle = corpus.export(tmp_path / "out", validation=validation)
    whole = "\n".join(text for _, text in contents(bundle))
    for name in ("claims", "quotes"):
        for identity in corpus.table(name)[f"{name[:-1]}_id"].unique():
            assert identity not in whole
    for identity in [*corpus.articles["article_id"], *validation.labels["unit"]]:
        assert identity not in whole
