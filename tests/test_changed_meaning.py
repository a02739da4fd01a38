"""The benchmark of changed meaning: the file is what the generator makes, and every pair is clean."""

import importlib
import random
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATASET = ROOT / "datasets" / "changed-meaning"


@pytest.fixture(scope="module")
def generator():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "benchmarks")
        yield importlib.import_module("changed_meaning")


@pytest.fixture(scope="module")
def reader(generator):  # noqa: ARG001  # which makes the folder importable
    return importlib.import_module("sentence_frames")


@pytest.fixture(scope="module")
def pairs(generator):
    return generator.read_pairs(DATASET / "pairs.csv")


@pytest.mark.medium
def test_the_file_is_what_the_generator_makes(generator):
    assert (DATASET / "pairs.csv").read_bytes() == generator.as_csv(generator.make_pairs())


def test_every_kind_has_its_pairs_in_both_splits(generator, pairs):
    counts = Counter((pair["kind"], pair["split"]) for pair in pairs)
    for kind in generator.CHANGED.values():
        assert counts[kind, "dev"] == counts[kind, "test"] >= 100
    for kind in generator.BENIGN.values():
        assert counts[kind, "dev"] == counts[kind, "test"] >= 75
    assert len(counts) == 2 * (len(generator.CHANGED) + len(generator.BENIGN))
    assert {(pair["kind"], pair["changed"]) for pair in pairs} == {
        *((kind, "true") for kind in generator.CHANGED.values()),
        *((kind, "false") for kind in generator.BENIGN.values()),
    }


def test_no_pair_stands_there_twice_in_either_order(pairs):
    assert len({frozenset((pair["left"], pair["right"])) for pair in pairs}) == len(pairs)
    assert len({pair["pair_id"] for pair in pairs}) == len(pairs)
    assert all(pair["left"] != pair["right"] for pair in pairs)


def test_a_frame_is_in_one_split_only(pairs):
    frames = {split: {pair["frame"] for pair in pairs if pair["split"] == split} for split in ("dev", "test")}
    assert not frames["dev"] & frames["test"]
    assert min(map(len, frames.values())) >= 75
    assert max(Counter(pair["frame"] for pair in pairs).values()) <= len(pairs) / 50


def test_half_of_the_changes_come_with_a_benign_edit(pairs):
    changed = [pair for pair in pairs if pair["changed"] == "true"]
    assert sum(pair["also"] != "" for pair in changed) >= 0.4 * len(changed)


def test_every_text_is_a_clean_sentence(pairs):
    unclean = re.compile(r"[{}\[\]|]|\s\s|\s[,.;:]|[,.;:]{2}|^\W*[a-z]|^\s|[^.]$|\ba [AEIOaeio]\w|\b(\w+) \1\b")
    texts = {text for pair in pairs for text in (pair["left"], pair["right"])}
    assert [text for text in texts if unclean.search(text)] == []
    assert {len(text.split()) for text in texts} <= set(range(12, 41))


def test_all_wordings_of_a_site_hold_the_same_changed_sites(generator, reader):
    """Otherwise a pair that is called benign might differ in a number or a negation as well."""
    assert [(frame.name, site) for frame in generator.read_frames() for site in reader.unequal_sites(frame)] == []


def test_the_check_finds_a_voice_that_hides_a_negation(reader):
    text = "[voice: They did [negation: not | ] pay it | It was [negation: never | ] paid]."
    frame = reader.Frame("hidden", "dev", text, {}, {})
    assert [site.kind for site in reader.unequal_sites(frame)] == ["voice"]


def test_a_frame_is_read_twice_with_one_site_apart(generator):
    frame = generator.Frame(
        "bakery",
        "dev",
        "The old bakery in {town1} near the bridge [negation: did not close | closed] in the spring of 1987.",
        {"town": ["Ludmere"]},
        {},
    )
    pair = generator.make_pair(frame, "negation", False, random.Random(1))  # noqa: S311  # a fixed draw
    assert sorted((pair["left"], pair["right"])) == [
        "The old bakery in Ludmere near the bridge closed in the spring of 1987.",
        "The old bakery in Ludmere near the bridge did not close in the spring of 1987.",
    ]
    assert (pair["changed"], pair["kind"], pair["split"], pair["also"]) == ("true", "negation", "dev", "")


@pytest.mark.parametrize("text", ["[date: on 3 March]", "[dates: a | b]", "a | b", "a } b"])
def test_wrong_mark_up_is_refused(reader, text):
    with pytest.raises(ValueError, match=r"site with one wording|no such kind|stray bracket"):
        reader.parse(text)


def test_the_datasheet_states_the_counts(generator, pairs):
    datasheet = (DATASET / "README.md").read_text(encoding="utf-8")
    counts = Counter((pair["kind"], pair["split"]) for pair in pairs)
    frames = {(pair["kind"], pair["split"], pair["frame"]) for pair in pairs}
    with_frames = Counter((kind, split) for kind, split, _ in frames)
    for kind in [*generator.CHANGED.values(), *generator.BENIGN.values()]:
        row = [counts[kind, split] for split in ("dev", "test")] + [
            with_frames[kind, split] for split in ("dev", "test")
        ]
        assert re.search(rf"\| {kind} +\| +{' +[|] +'.join(map(str, row))} +\|", datasheet), (kind, row)
    assert f"{len(pairs):,} pairs from {len({pair['frame'] for pair in pairs})} frames" in datasheet
