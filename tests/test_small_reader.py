"""The reader that ships with the toolkit: whole, the same everywhere, and unshaken by odd texts."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import compare
from compare.cli import main
from compare.matching.reader import late, opinion, small

HOME = Path(small.__file__).parent
FILES = ("small.onnx", "small.late.onnx", "small.tokenizer.json")
PAIRS = [
    ("The boats will stop running for good.", "The ferry line is to be wound up at the end of May."),
    ("Nobody was hurt in the fire.", "Everyone escaped unharmed from the burning warehouse, the fire service said."),
    ("The bridge will be closed on Monday.", "Rain is expected in the north."),
    ("All of the hostages have been freed.", "Some of the hostages have been freed."),
]
ODD = {
    "empty": "",
    "one word": "Ferries",
    "very long": "The ferry company will sell two ships. " * 1500,
    "one long word": "A" * 20_000,
    "not Latin": "政府は二隻の船を売却すると発表した。",
    "right to left": "قالت الشركة إنها ستبيع سفينتين",
    "emoji": "🚢🚢 ➡️ 💶!!! 🙈",
    "control characters": "The ferry\x00\x07 company \ud83d sells".encode("utf-8", "ignore").decode(),
}


@pytest.fixture(scope="module")
def reader():
    return small.small_reader()


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_get_probabilities_too(reader, text):
    answers = reader.read([(text, PAIRS[0][1]), (PAIRS[0][0], text), (text, text)])
    assert np.isfinite(answers).all()
    assert answers.sum(axis=1) == pytest.approx(1)
    assert 0 <= compare.score_pairs([text], [PAIRS[0][0]])[0] <= 1


def test_a_pair_gets_the_same_answer_alone_among_others_and_in_any_order(reader):
    together = reader.read(PAIRS * 5)
    alone = np.vstack([reader.read([pair]) for pair in PAIRS] * 5)
    assert np.array_equal(together, alone)
    assert np.array_equal(reader.read(PAIRS[::-1])[::-1], together[: len(PAIRS)])


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_are_encoded_too(reader, text):
    encoded = reader.encode([text, PAIRS[0][0]])
    assert len(encoded.begins) == 3
    assert encoded.begins[1] > 0, "a text without words has a vector all the same"
    signs = late.held(encoded, encoded, np.arange(2)).signs
    assert np.isfinite(signs).all()
    assert signs[0, 0, 2] == pytest.approx(1, abs=1e-2), "every text is like itself"


@pytest.mark.medium
def test_a_text_is_encoded_alike_alone_and_among_others(reader):
    texts = [text for pair in PAIRS for text in pair]
    together = reader.encode(texts)
    fresh = small.SmallReader()
    for at, text in enumerate(texts):
        alone = fresh.encode([text])
        span = slice(together.begins[at], together.begins[at + 1])
        assert np.array_equal(alone.tokens, together.tokens[span])
        assert np.array_equal(alone.weight, together.weight[span])


def test_what_an_article_holds_is_what_its_sentences_hold(reader):
    claims, sentences = (reader.encode([pair[side] for pair in PAIRS]) for side in (0, 1))
    one_each = late.held(claims, sentences, np.arange(len(PAIRS)))
    row, column = (grid.ravel() for grid in np.meshgrid(range(len(PAIRS)), range(len(PAIRS)), indexing="ij"))
    by_pairs = late.held_by_pairs(claims, sentences, row, column)
    assert one_each.signs.reshape(-1, 5) == pytest.approx(by_pairs, abs=1e-5)
    assert one_each.sentence == pytest.approx(one_each.signs[:, :, 0], abs=1e-5)
    together = late.held(claims, sentences, np.zeros(len(PAIRS), dtype=np.int64))
    assert (together.signs[:, 0, 0] >= one_each.sentence.max(axis=1) - 1e-5).all(), "tokens may come from several"
    assert together.signs[:, 0, 2] == pytest.approx(one_each.signs[:, :, 2].max(axis=1), abs=1e-5)


def test_blocks_of_claims_change_nothing(reader, monkeypatch):
    claims, sentences = (reader.encode([pair[side] for pair in PAIRS * 3]) for side in (0, 1))
    whole = late.held(claims, sentences, np.repeat(range(3), len(PAIRS)))
    monkeypatch.setattr(late, "_CELLS_AT_A_TIME", 1)
    one_by_one = late.held(claims, sentences, np.repeat(range(3), len(PAIRS)))
    assert one_by_one.signs == pytest.approx(whole.signs, abs=1e-6)
    assert one_by_one.sentence == pytest.approx(whole.sentence, abs=1e-6)


def test_it_reads_what_words_cannot(reader):
    carried, changed, absent = reader.read(PAIRS).T
    assert absent[1] < 0.5 < absent[2]
    assert changed[3] > carried[3]
    by_words = compare.score_pairs(*zip(*PAIRS, strict=True), reader=None)
    read = compare.score_pairs(*zip(*PAIRS, strict=True))
    assert (read[:2] > by_words[:2]).all()


def test_which_of_two_sentences_comes_first_does_not_matter():
    left, right = zip(*PAIRS, strict=True)
    assert compare.score_pairs(left, right) == pytest.approx(compare.score_pairs(right, left), abs=1e-6)


@pytest.mark.slow
def test_a_story_and_a_claim_tracked_through_it_agree():
    story = compare.compare_story(compare.read_demo())
    picked = story.claims.head(12)
    tracked = story.track(list(picked["claim"]))
    wording = dict(zip(picked["claim"], picked["claim_id"], strict=True))
    tracked["claim_id"] = tracked["claim"].map(wording)
    both = tracked.merge(story.coverage, on=["claim_id", "outlet"], suffixes=("", "_of_story"), validate="1:1")
    assert len(both) == 12 * 8
    # At the article that words it, the story knows that the claim is told; who tracks it does not.
    told = both["probability_of_story"] > both["probability"]
    assert told.sum() <= 12
    assert (both.loc[told, "probability"] > 0.9).all()
    assert both.loc[~told, "probability"].to_numpy() == pytest.approx(
        both.loc[~told, "probability_of_story"].to_numpy()
    )


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A folder with the reader's files that may be broken; what is asked for the shipped reader takes it."""
    for name in (*FILES, "small.json"):
        (tmp_path / name).symlink_to(HOME / name)
    monkeypatch.setattr(opinion, "_STORED", tmp_path / "small.json")
    monkeypatch.setattr(small, "small_reader", lambda: small.SmallReader(tmp_path))
    opinion.stored.cache_clear()
    yield tmp_path
    opinion.stored.cache_clear()


BROKEN = {
    "missing": None,
    "cut off": lambda content: content[:-5],
    "empty": lambda _: b"",
    "another": lambda _: b"{}",
    "overwritten": lambda content: b"\xff" + content[1:],
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("name", [*FILES, "small.json"])
def test_a_broken_file_is_named_with_the_way_out(copied, name, how):
    content = (copied / name).read_bytes()
    (copied / name).unlink()
    if BROKEN[how]:
        (copied / name).write_bytes(BROKEN[how](content))
    article = copied / "Odder Post.txt"
    article.write_text(PAIRS[0][1], encoding="utf-8")
    done = CliRunner().invoke(main, ["track", str(article), "--claim", PAIRS[0][0]])
    what = "is damaged" if BROKEN[how] else "cannot be read (No such file or directory)"
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        f"storydiff: {copied / name}: the reader's file {what}; install storydiff again, or compare without it: "
        "reader=None, on the command line --reader none.\n"
    )


@pytest.mark.parametrize("lost", ["late", "carried", "changed", "same", "sha256"])
def test_weights_that_miss_something_are_damaged(copied, lost):
    known = opinion.stored()
    opinion.stored.cache_clear()
    short = {**known[lost], "weights": known[lost]["weights"][:-1]} if "weights" in known[lost] else []
    for broken in ({name: known[name] for name in known if name != lost}, {**known, lost: short}, [known]):
        (copied / "small.json").unlink()
        (copied / "small.json").write_text(json.dumps(broken), encoding="utf-8")
        with pytest.raises(compare.InputError, match="the reader's file is damaged"):
            opinion.stored()


def test_a_run_of_many_stories_ends_at_a_broken_file_and_leaves_nothing(copied):
    (copied / "small.onnx").unlink()
    article, run = copied / "Odder Post.txt", copied / "run"
    article.write_text(PAIRS[0][1], encoding="utf-8")
    done = CliRunner().invoke(main, ["corpus", str(article), "-o", str(run)])
    assert done.exit_code == 2
    assert done.stderr.startswith(f"storydiff: {copied / 'small.onnx'}: the reader's file cannot be read")
    assert not run.exists()


def test_its_weights_are_those_that_the_files_were_calibrated_with():
    stored = opinion.stored()
    assert set(stored["sha256"]) == set(FILES)
    assert stored["calibrated_with"] == [stored["sha256"][name] for name in ("small.onnx", "small.late.onnx")]
    assert [len(stored[name]["weights"]) for name in ("late", "carried", "changed", "same")] == [5, 5, 1, 3]
    assert min(stored["carried"]["weights"]) > 0, "whoever of the two is surer, the claim is more probable"


@pytest.mark.medium
def test_no_model_is_loaded_before_it_is_asked():
    """Neither that of the reader, nor that of languages, which English does without."""
    code = (
        "import sys, compare; compare.compare_story(compare.read_demo(), reader=None); "
        "print({'onnxruntime', 'tokenizers', 'py3langid'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"
