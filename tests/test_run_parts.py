"""Runs of many stories: some stories are one part, written whole, on every engine alike."""

import filecmp
import shutil

import pandas as pd
import pytest

import compare
from compare import runs
from compare.corpus import cluster, job, store
from compare.corpus.store import parts_of, read_manifest
from compare.tables import STORY_TABLES

PLACES = ("Aldwick", "Orlo", "Hesper", "Tarn", "Ostrow", "Velland", "Sandvik", "Harwick", "Hollin", "Norland")


def articles_of(places):
    return [
        {"story_id": place.lower(), "outlet": outlet, "article_id": f"{place}-{outlet}", "text": text}
        for number, place in enumerate(PLACES)
        if place in places
        for outlet, text in (
            ("Gannet", f"The ferry sank off {place} on Monday. All {40 + number} passengers were rescued."),
            ("Orrery", f"A ferry has sunk off {place}. Its owner would not comment on the loss."),
            ("Ledger", f"All {40 + number} passengers of the ferry were rescued. An inquiry begins in {place}."),
        )
    ]


ARTICLES = articles_of(PLACES)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(store, "_PARTS", 3)


def compared(folder, articles=ARTICLES, **options):
    return compare.compare_corpus(articles, store=folder, reader=None, **options)


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def same_bytes(one, other):
    return files(one) == files(other) and filecmp.cmpfiles(one, other, files(one), shallow=False)[1:] == ([], [])


def test_stories_that_follow_each_other_are_a_part_and_keep_it():
    stories = [place.lower() for place in PLACES]
    parts = parts_of(stories)
    assert [list(parts.values()).count(part) for part in dict.fromkeys(parts.values())] == [4, 4, 2]
    more = parts_of(["before", *stories, "after"], parts)
    assert {story: more[story] for story in stories} == parts
    assert list(more) == ["before", *stories, "after"]


@pytest.mark.parametrize(("stories", "most"), [(1000, 1), (1001, 2), (100_000, 100), (1_000_000, 100)])
def test_a_part_has_at_most_a_hundred_stories(monkeypatch, stories, most):
    monkeypatch.undo()
    parts = pd.Series(parts_of([str(number) for number in range(stories)]))
    assert parts.value_counts().max() == most


def test_a_run_in_parts_is_the_run_story_by_story(tmp_path, monkeypatch):
    parts = compared(tmp_path / "parts")
    monkeypatch.setattr(store, "_PARTS", 1000)
    single = compared(tmp_path / "single")
    assert len(list((tmp_path / "parts" / "stories").iterdir())) == 3
    assert len(list((tmp_path / "single" / "stories").iterdir())) == 10
    assert parts.stories == single.stories == [place.lower() for place in PLACES]
    for table in STORY_TABLES:
        pd.testing.assert_frame_equal(parts.table(table.name), single.table(table.name))
        pd.testing.assert_frame_equal(
            getattr(parts.story("tarn"), table.name), getattr(single.story("tarn"), table.name)
        )
    pd.testing.assert_frame_equal(parts.outlet_stories, single.outlet_stories)
    pd.testing.assert_frame_equal(parts.rates, single.rates)


@pytest.mark.slow
def test_processes_write_the_same_bytes(tmp_path):
    compared(tmp_path / "serial")
    compared(tmp_path / "processes", engine="processes", workers=2)
    assert same_bytes(tmp_path / "serial", tmp_path / "processes")


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "parts"), [(1, 3), (2, 1000)])
def test_dask_writes_the_same_bytes(tmp_path, monkeypatch, workers, parts):
    monkeypatch.setattr(store, "_PARTS", parts)
    monkeypatch.setattr(cluster, "_STORIES", 1)  # more tasks than workers ask for at once
    compared(tmp_path / "serial")
    compared(tmp_path / "dask", engine="dask", workers=workers)
    assert same_bytes(tmp_path / "serial", tmp_path / "dask")


def stories_compared(monkeypatch, folder, articles, **options):
    """Go on with a run, and return the stories that were compared."""
    done = []

    def counting(given, **how):
        done.append(given["story_id"].iat[0])
        return compare.compare_story(given, **how)

    monkeypatch.setattr(runs, "compare_story", counting)
    compared(folder, articles, resume=True, **options)
    return done


def test_a_new_article_has_its_story_compared_again_and_leaves_the_others_of_its_part(tmp_path, monkeypatch):
    compared(tmp_path / "run")
    new = [*ARTICLES, {"story_id": "orlo", "outlet": "Pennant", "article_id": "n", "text": "Orlo mourns its ferry."}]
    assert stories_compared(monkeypatch, tmp_path / "run", new) == ["orlo"]
    compared(tmp_path / "anew", new)
    assert same_bytes(tmp_path / "run", tmp_path / "anew")


def test_new_stories_come_in_parts_of_their_own(tmp_path, monkeypatch):
    compared(tmp_path / "run", articles_of(PLACES[1:]))
    assert stories_compared(monkeypatch, tmp_path / "run", ARTICLES) == ["aldwick"]
    corpus, anew = compare.open_run(tmp_path / "run"), compared(tmp_path / "anew")
    assert corpus.stories == anew.stories
    pd.testing.assert_frame_equal(corpus.table("coverage"), anew.table("coverage"))


def test_a_run_that_stopped_goes_on_with_the_part_that_it_was_at(tmp_path, monkeypatch):
    def stopped(given, **how):
        if given["story_id"].iat[0] == "velland":
            raise KeyboardInterrupt
        return compare.compare_story(given, **how)

    monkeypatch.setattr(runs, "compare_story", stopped)
    with pytest.raises(KeyboardInterrupt):
        compared(tmp_path / "run")
    with pytest.warns(compare.InputWarning, match="this run is not finished: 4 of 10 stories are done"):
        assert compare.open_run(tmp_path / "run").stories == ["aldwick", "orlo", "hesper", "tarn"]
    assert stories_compared(monkeypatch, tmp_path / "run", ARTICLES) == [place.lower() for place in PLACES[4:]]
    compared(tmp_path / "whole")
    assert same_bytes(tmp_path / "run", tmp_path / "whole")


def test_a_part_that_was_lost_is_compared_again(tmp_path, monkeypatch):
    compared(tmp_path / "run")
    compared(tmp_path / "whole")
    shutil.rmtree(tmp_path / "run" / "stories" / read_manifest(tmp_path / "run").stories["tarn"])
    assert stories_compared(monkeypatch, tmp_path / "run", ARTICLES) == ["aldwick", "orlo", "hesper", "tarn"]
    assert same_bytes(tmp_path / "run", tmp_path / "whole")


def test_a_story_that_fails_is_left_out_of_its_part_named_with_its_reason_and_tried_again(tmp_path, monkeypatch):
    def failing(given, **how):
        if given["story_id"].iat[0] == "orlo":
            raise compare.InputError("it has no sentence")
        return compare.compare_story(given, **how)

    monkeypatch.setattr(runs, "compare_story", failing)
    with pytest.warns(compare.InputWarning, match="1 of 10 stories could not be compared"):
        corpus = compared(tmp_path / "run")
    assert corpus.failed == {"orlo": "it has no sentence"}
    assert pd.read_parquet(tmp_path / "run" / "failures.parquet").to_numpy().tolist() == [
        ["orlo", "it has no sentence"]
    ]
    assert "orlo" not in corpus.stories
    monkeypatch.undo()
    monkeypatch.setattr(store, "_PARTS", 3)
    assert stories_compared(monkeypatch, tmp_path / "run", ARTICLES) == ["orlo"]
    compared(tmp_path / "whole")
    assert same_bytes(tmp_path / "run", tmp_path / "whole")


def test_a_full_disk_stops_the_run_which_can_go_on(tmp_path, monkeypatch):
    written = []
    write = job.write_part

    def full(folder, part, *tables):
        if written:
            raise compare.InputError(f"{part}: cannot be written (No space left on device); nothing was changed.")
        written.append(part)
        write(folder, part, *tables)

    monkeypatch.setattr(job, "write_part", full)
    with pytest.raises(compare.InputError, match="No space left on device"):
        compared(tmp_path / "run")
    monkeypatch.undo()
    monkeypatch.setattr(store, "_PARTS", 3)
    assert len(stories_compared(monkeypatch, tmp_path / "run", ARTICLES)) == 6
    compared(tmp_path / "whole")
    assert same_bytes(tmp_path / "run", tmp_path / "whole")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "no address"])
def test_a_scheduler_that_does_not_answer_is_told(tmp_path, monkeypatch, address):
    monkeypatch.setattr(cluster, "_TO_ANSWER", 0.2)
    with pytest.raises(compare.InputError, match=f"the scheduler {address} does not answer"):
        compared(tmp_path / "run", engine="dask", scheduler=address)
    with pytest.raises(compare.InputError, match='add engine="dask"'):
        compared(tmp_path / "run", scheduler=address)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("stories.parquet", lambda path: path.write_bytes(path.read_bytes()[:100])),
        ("stories.parquet", lambda path: pd.read_parquet(path).assign(part="../up").to_parquet(path)),
        ("stories.parquet", lambda path: pd.read_parquet(path).drop(columns="part").to_parquet(path)),
        ("stories.parquet", lambda path: pd.concat([pd.read_parquet(path)] * 2).to_parquet(path)),
        ("failures.parquet", lambda path: path.unlink()),
        ("failures.parquet", lambda path: pd.DataFrame({"story_id": [3], "reason": ["x"]}).to_parquet(path)),
    ],
)
def test_a_damaged_list_of_stories_is_told(tmp_path, name, damage):
    compared(tmp_path / "run")
    damage(tmp_path / "run" / name)
    with pytest.raises(compare.InputError, match=r"run\.json: is not the manifest of a run|the run is damaged"):
        compare.open_run(tmp_path / "run")
