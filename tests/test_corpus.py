import filecmp
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import compare
from compare import runs
from compare.cli import main
from compare.corpus import job, store
from compare.corpus.store import (
    RunManifest,
    begin_run,
    check_free,
    read_manifest,
    story_folder,
    written_by_one,
)
from compare.tables import OUTLETS, STORY_TABLES

TEXTS = {
    "ferry": {
        "Gannet": "The ferry sank off Port Velland on Monday. All 40 passengers were rescued. Brine Lines owns it.",
        "Orrery": "A ferry has sunk off Port Velland. Its owner would not comment.",
        "Ledger": "All 40 passengers of the ferry were rescued. An inquiry into the sinking begins on Friday.",
    },
    "bridge": {
        "Gannet": "The Ostrow bridge will close for two years. Repairs cost 12 million crowns.",
        "Orrery": "Repairs of the Ostrow bridge will cost 12 million crowns. Shopkeepers fear for their trade.",
    },
    "school / roof": {
        "Orrery": "Snow broke the roof of the school in Tarn on Sunday. Nobody was in the building.",
        "Ledger": "Nobody was in the building when the roof of the school in Tarn broke. An inspection begins.",
    },
}
ARTICLES = [
    {"story_id": story, "outlet": outlet, "text": text}
    for story, texts in TEXTS.items()
    for outlet, text in texts.items()
]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus") / "run"
    compare.compare_corpus(ARTICLES, store=folder, reader=None)
    return folder


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def refused(*arguments, **options):
    with pytest.raises(compare.StorydiffError) as error:
        compare.compare_corpus(*arguments, **options)
    return str(error.value)


def test_a_run_is_read_back_as_it_was_compared(run):
    corpus = compare.open_run(run)
    assert corpus.stories == list(TEXTS)
    again, here = (
        corpus.story("ferry"),
        compare.compare_story([a for a in ARTICLES if a["story_id"] == "ferry"], reader=None),
    )
    for table in STORY_TABLES:
        pd.testing.assert_frame_equal(getattr(again, table.name), getattr(here, table.name))
    assert again.settings == here.settings
    assert len(again.track(["Everybody on the ferry was rescued."])) == 3


class Echo:
    """A reader of one's own, which finds everything carried."""

    def read(self, pairs):
        return [1.0] * len(pairs)


CLAIM = ["The repair of the bridge is dear."]


@pytest.mark.medium
def test_words_alone_and_what_a_run_was_made_with_are_two_things(tmp_path):
    folder, bundle = tmp_path / "run", tmp_path / "bundle"
    made = compare.compare_corpus(ARTICLES, store=folder, reader=Echo())
    made.story("bridge").export(bundle, text="full")
    name = f"{__name__}.Echo"
    told = (
        f"this was made with the reader {name}, which is not here: give it as reader= where this is opened, or "
        "reader=None to go by words alone."
    )

    def of_run(**options):
        return compare.open_run(folder, **options).story("bridge")

    def of_bundle(**options):
        return compare.read_bundle(bundle, **options)

    for opened in (of_run, of_bundle):
        with pytest.raises(compare.InputError) as error:
            opened().track(CLAIM)
        assert str(error.value) == told
        alone, with_it = opened(reader=None).track(CLAIM), opened(reader=Echo()).track(CLAIM)
        assert (alone["probability"] < with_it["probability"]).all()
        assert {opened(**options).reader_name for options in ({}, {"reader": None}, {"reader": Echo()})} == {name}
    track = CliRunner().invoke(main, ["track", str(folder), "--claim", CLAIM[0]])
    assert (track.exit_code, track.stderr) == (
        2,
        f"storydiff: run: was made with {name}; name a reader with --reader, or use open_run(..., reader=...) in "
        "Python.\n",
    )
    assert CliRunner().invoke(main, ["track", str(folder), "--claim", CLAIM[0], "--reader", "none"]).exit_code == 0
    missing = compare.reproduce(bundle)
    assert f"was made with the reader {name}; give it: reproduce(..., reader=...)" in "".join(missing.checks["detail"])
    assert compare.reproduce(bundle, reader=Echo()).ok


def test_the_shipped_reader_is_at_hand_unless_words_alone_are_asked_for(run, monkeypatch):
    manifest = json.loads((run / "run.json").read_text(encoding="utf-8"))
    assert manifest["reader"] is None
    assert compare.open_run(run).reader is None
    monkeypatch.setattr(
        "compare.runs.read_manifest", lambda path: replace(read_manifest(path), reader="small 1a2b3c4d")
    )
    assert compare.open_run(run).reader == "small"
    assert compare.open_run(run, reader=None).reader is None
    assert compare.open_run(run, reader=None).story("ferry").reader_name == "small 1a2b3c4d"


def test_tables_of_all_stories_stand_one_below_the_other(run):
    corpus = compare.open_run(run)
    assert corpus.articles["story_id"].tolist() == [article["story_id"] for article in ARTICLES]
    assert corpus.articles["outlet"].tolist() == [article["outlet"] for article in ARTICLES]
    coverage = corpus.table("coverage", ["outlet", "state"])
    assert list(coverage) == ["story_id", "outlet", "state"]
    assert len(coverage) == sum(len(corpus.story(story).coverage) for story in TEXTS)
    with pytest.raises(compare.InputError, match="there is no table 'claim'; there are articles, "):
        corpus.table("claim")
    with pytest.raises(compare.InputError, match="table wire has no column 'states'; it has article_id, "):
        corpus.table("wire", ["states"])


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_in_either_engine(run, tmp_path):
    compare.compare_corpus(ARTICLES, store=tmp_path / "again", reader=None)
    compare.compare_corpus(ARTICLES, store=tmp_path / "processes", engine="processes", workers=2, reader=None)
    names = files(run)
    assert len(names) == 5 + len(TEXTS) * (len(STORY_TABLES) + 2), "the counts and what is done, too"
    for other in ("again", "processes"):
        assert files(tmp_path / other) == names
        assert filecmp.cmpfiles(run, tmp_path / other, names, shallow=False)[0] == names


@pytest.mark.medium
def test_the_manifest_says_what_was_compared_and_with_what(run, tmp_path):
    manifest = json.loads((run / "run.json").read_text(encoding="utf-8"))
    assert manifest["storydiff"] == compare.__version__
    assert manifest["seed"] == 0
    strict = compare.compare_corpus(
        ARTICLES, store=tmp_path / "strict", settings=compare.Settings(carried_at=0.8), seed=7, reader=None
    )
    assert strict.manifest.seed == 7
    assert strict.manifest.settings != manifest["settings"]
    assert strict.manifest.data == manifest["data"]
    fewer = compare.compare_corpus(ARTICLES[:-1], store=tmp_path / "fewer", reader=None)
    assert fewer.manifest.data != manifest["data"]
    assert compare.open_run(tmp_path / "strict").settings.carried_at == 0.8


@pytest.mark.medium
def test_without_a_folder_a_corpus_keeps_its_stories_only_while_it_lives():
    corpus = compare.compare_corpus(ARTICLES, reader=None)
    folder = corpus.folder
    assert corpus.story("bridge").outlets == ["Gannet", "Orrery"]
    assert folder.exists()
    del corpus
    assert not folder.exists()


def test_a_story_that_fails_does_not_lose_the_others(tmp_path, monkeypatch):
    def breaks(articles, **options):
        if articles["story_id"].iat[0] == "bridge":
            raise ZeroDivisionError("nothing to divide by")
        return compare.compare_story(articles, **options)

    monkeypatch.setattr(runs, "compare_story", breaks)
    with pytest.warns(compare.InputWarning) as caught:
        corpus = compare.compare_corpus(ARTICLES, store=tmp_path / "run", reader=None)
    assert [str(one.message) for one in caught] == [
        "1 of 3 stories could not be compared and is in no figure: 'bridge' (ZeroDivisionError: nothing to divide by)"
    ]
    again = compare.open_run(tmp_path / "run")
    assert corpus.stories == again.stories == ["ferry", "school / roof"]
    assert again.failed == {"bridge": "ZeroDivisionError: nothing to divide by"}
    assert repr(again) == "<Corpus of 2 stories, 1 failed; not validated>"
    with pytest.raises(compare.InputError, match="story 'bridge' could not be compared: ZeroDivisionError"):
        again.story("bridge")


def test_if_all_stories_fail_it_is_an_error(monkeypatch):
    def breaks(articles, **_):
        raise compare.InputError(f"{articles['story_id'].iat[0]} is unreadable.")

    monkeypatch.setattr(runs, "compare_story", breaks)
    assert refused(ARTICLES) == "none of the 3 stories can be compared; the first, 'ferry': ferry is unreadable."


@pytest.mark.medium
def test_what_is_odd_in_a_story_is_said_with_its_name():
    odd = [*ARTICLES, {"story_id": "bridge", "outlet": "Ledger", "text": "Sign up for our newsletter."}]
    with pytest.warns(compare.InputWarning, match="^story bridge: no sentence to compare was found") as caught:
        compare.compare_corpus(odd, reader=None)
    assert len(caught) == 1


def test_a_run_that_stopped_is_read_with_a_warning(run, tmp_path):
    stopped = tmp_path / "stopped"
    shutil.copytree(run, stopped)
    shutil.rmtree(next((stopped / "stories").glob("bridge*")))
    with pytest.warns(compare.InputWarning, match="this run is not finished: 2 of 3 stories are done"):
        corpus = compare.open_run(stopped)
    assert corpus.stories == ["ferry", "school / roof"]
    assert set(corpus.outlet_stories["story_id"]) == {"ferry", "school / roof"}
    with pytest.raises(compare.InputError, match="the run has no story 'bridge'; it has ferry, school / roof"):
        corpus.story("bridge")


def test_articles_of_one_story_are_no_corpus():
    assert refused(ARTICLES[:3]) == (
        "there is one story ('ferry'), of 3 articles: compare it by itself (storydiff report ARTICLES), or give every "
        "article the story_id of its story if there are several."
    )


@pytest.mark.medium
def test_articles_without_a_story_among_others_do_not_become_one():
    nameless = [
        {"outlet": "Pennant", "text": "Rain is due."},
        {"outlet": "Ledger", "text": "A bull ran.", "story_id": " "},
    ]
    with pytest.warns(compare.InputWarning, match="2 articles were without a story_id, .* 2 made 2 more stories"):
        corpus = compare.compare_corpus([*ARTICLES, *nameless], reader=None)
    assert corpus.stories[:3] == list(TEXTS)
    assert len(corpus.stories) == 5


@pytest.mark.medium
@pytest.mark.parametrize(
    ("articles", "sentence"),
    [
        (
            [{**article, "story_id": f"{number}"} for number, article in enumerate(ARTICLES)],
            "no story has two outlets: nothing can be compared; are the story ids right?",
        ),
        (
            [article for article in ARTICLES if article["outlet"] == "Orrery"],
            "all articles are of one outlet ('Orrery'): nothing can be compared; give articles of others, too.",
        ),
    ],
)
def test_a_corpus_in_which_nothing_can_be_compared_says_so(articles, sentence):
    with pytest.warns(compare.InputWarning) as caught:
        compare.compare_corpus(articles, reader=None)
    assert [(str(one.message), one.filename) for one in caught] == [(sentence, __file__)]


def test_a_folder_that_holds_something_is_left_alone(run, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert refused(ARTICLES, store=tmp_path) == (
        f"{tmp_path}: holds other files (notes.txt); give a new or an empty folder."
    )
    assert refused(ARTICLES, store=run) == (
        f"{run}: holds a run already; go on with it (--resume, in Python resume=True), or give another folder."
    )
    assert refused(ARTICLES, store=tmp_path / "notes.txt") == (
        f"{tmp_path / 'notes.txt'}: is a file; give the name of a folder to write."
    )


def test_what_cannot_be_is_refused():
    assert refused(ARTICLES, engine="dusk") == "there is no engine 'dusk'; there are serial, processes, dask."
    assert refused(ARTICLES, engine="processes", workers=0) == "workers is 0: give a whole number from 1 on."
    assert refused(ARTICLES, seed=-1) == "seed is -1: give a whole number from 0 on."
    assert refused(ARTICLES, boilerplate=["Read more"]).startswith("boilerplate is not a table")


class Unsendable:
    def encode(self, sentences):
        raise NotImplementedError

    def __reduce__(self):
        raise TypeError("it holds a lock")


def test_an_encoder_that_cannot_go_to_another_process_is_refused():
    assert refused(ARTICLES, engine="processes", encoder=Unsendable()) == (
        'engine "processes" hands your encoder and reader to other processes, and they cannot be pickled '
        '(it holds a lock); use engine="serial".'
    )


class Fatal:
    def encode(self, _):
        os._exit(1)


def test_a_worker_that_dies_is_told_from_a_story_that_fails(tmp_path):
    said = refused(ARTICLES, store=tmp_path / "run", engine="processes", workers=1, encoder=Fatal())
    assert said.startswith("a worker process ended before its story was done: memory may have run out")
    assert not (tmp_path / "run").exists(), "no story was done"


def test_what_is_no_run_is_refused(tmp_path):
    with pytest.raises(compare.InputError, match=r"is not a run folder \(it has no run.json\)"):
        compare.open_run(tmp_path)
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(compare.InputError, match="is not the manifest of a run; compare the articles again"):
        compare.open_run(tmp_path)
    (tmp_path / "run.json").write_text('{"format": 99, "storydiff": "9.0"}', encoding="utf-8")
    with pytest.raises(compare.InputError, match=r"was written by storydiff 9\.0 in a form that this version"):
        compare.open_run(tmp_path)


def test_a_run_without_its_manifest_is_a_damaged_run_and_no_folder_of_articles(run, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(run, broken)
    (broken / "run.json").write_text('{"format": 1, "stor', encoding="utf-8")
    done = CliRunner().invoke(main, ["report", str(broken)])
    assert (done.exit_code, done.stderr) == (
        2,
        f"storydiff: {broken / 'run.json'}: is not the manifest of a run; compare the articles again.\n",
    )
    (broken / "run.json").unlink()
    done = CliRunner().invoke(main, ["report", str(broken)])
    assert done.stderr == f"storydiff: {broken}: has no run.json; the run is damaged: compare its articles again.\n"


def test_a_damaged_run_says_which_file(run, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(run, broken)
    path = next((broken / "stories").glob("ferry*")) / "coverage.parquet"
    path.write_bytes(b"half of it")
    with pytest.raises(compare.InputError, match=r"ferry-\w+/coverage.parquet: cannot be read; the run is damaged"):
        _ = compare.open_run(broken).coverage
    counts = path.with_name("outlet_stories.parquet")
    counts.write_bytes(b"half of it")
    with pytest.raises(compare.InputError, match=r"ferry-\w+/outlet_stories.parquet: cannot be read"):
        _ = compare.open_run(broken).outlets


def test_the_record_of_a_corpus(run):
    corpus = compare.open_run(run)
    outlets = corpus.outlets
    assert list(outlets) == OUTLETS.names
    printed = outlets[outlets["version"] == "printed"].set_index("outlet")
    assert printed["stories"].to_dict() == {"Gannet": 2, "Orrery": 3, "Ledger": 2}
    assert (printed["carried"] + printed["undecided"] + printed["omitted"] == printed["claims"]).all()
    assert not outlets["validated"].any()
    assert corpus.covered().loc["bridge"].to_dict() == {"Gannet": True, "Orrery": True, "Ledger": False}
    pd.testing.assert_frame_equal(compare.open_run(run).outlets, outlets)


@pytest.mark.medium
def test_the_verb_writes_a_run_and_prints_the_record(tmp_path):
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    done = CliRunner().invoke(main, ["corpus", str(source), "-o", str(tmp_path / "run")])
    assert done.exit_code == 0, done.output
    assert "3 stories, 3 outlets." in done.stdout
    assert "not validated" in done.stdout
    assert compare.open_run(tmp_path / "run").stories == list(TEXTS)
    again = CliRunner().invoke(main, ["corpus", str(source), "-o", str(tmp_path / "run")])
    assert again.exit_code == 2
    assert again.stderr.startswith(f"storydiff: {tmp_path / 'run'}: holds a run already")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("ferry", "none of the 3 stories was done; start it again as it was."),
        (
            "bridge",
            "1 of 3 stories is done and in RUN; `storydiff report RUN` reads it, "
            "and the same command with --resume goes on.",
        ),
    ],
)
def test_the_verb_says_what_is_done_when_it_is_stopped(tmp_path, monkeypatch, at, said):
    source, run = tmp_path / "articles.jsonl", tmp_path / "run"
    source.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")

    def stopped(articles, **options):
        if articles["story_id"].iat[0] == at:
            raise KeyboardInterrupt
        return compare.compare_story(articles, **options)

    monkeypatch.setattr(runs, "compare_story", stopped)
    done = CliRunner().invoke(main, ["corpus", str(source), "-o", str(run)])
    assert done.exit_code == 130
    assert done.stderr.replace(str(run), "RUN") == f"storydiff: stopped; {said}\n"
    assert sum(path.is_dir() for path in (run / "stories").iterdir()) == (at == "bridge")
    monkeypatch.undo()
    again = CliRunner().invoke(main, ["corpus", str(source), "-o", str(run)])
    assert again.exit_code == (0 if at == "ferry" else 2)
    if at == "ferry":
        assert compare.open_run(run).stories == list(TEXTS)
    else:
        with pytest.warns(compare.InputWarning, match="1 of 3 stories is done"):
            assert compare.open_run(run).stories == ["ferry"]
        ferry = (run / "stories" / story_folder("ferry") / "claims.parquet").stat().st_mtime_ns
        resumed = CliRunner().invoke(main, ["corpus", str(source), "-o", str(run), "--resume"])
        assert (resumed.exit_code, compare.open_run(run).stories) == (0, list(TEXTS)), resumed.stderr
        assert (run / "stories" / story_folder("ferry") / "claims.parquet").stat().st_mtime_ns == ferry


def compared_anew(monkeypatch, *arguments, **options):
    """Go on with a run, and give the stories that were compared."""
    compared = []

    def counting(articles, **how):
        compared.append(articles["story_id"].iat[0])
        return compare.compare_story(articles, **how)

    monkeypatch.setattr(runs, "compare_story", counting)
    compare.compare_corpus(*arguments, resume=True, reader=None, **options)
    monkeypatch.undo()
    return compared


def test_a_run_that_goes_on_is_the_one_that_was_not_stopped(run, tmp_path, monkeypatch):
    folder = tmp_path / "run"
    assert compared_anew(monkeypatch, ARTICLES, store=folder) == list(TEXTS), "there was none to go on with"
    shutil.rmtree(folder / "stories" / story_folder("bridge"))
    assert compared_anew(monkeypatch, ARTICLES, store=folder) == ["bridge"]
    assert files(folder) == files(run)
    assert filecmp.cmpfiles(run, folder, files(run), shallow=False)[0] == files(run)
    assert compared_anew(monkeypatch, ARTICLES, store=folder) == []


def test_new_articles_have_their_stories_alone_compared_again(run, tmp_path, monkeypatch):
    folder = tmp_path / "run"
    shutil.copytree(run, folder)
    new = [
        {"story_id": "bridge", "outlet": "Ledger", "text": "The Ostrow bridge closes in May for two years."},
        {"story_id": "mine", "outlet": "Ledger", "text": "The mine at Hollin has been shut since Monday."},
    ]
    assert compared_anew(monkeypatch, [*ARTICLES, *new], store=folder) == ["bridge", "mine"]
    corpus = compare.open_run(folder)
    assert corpus.stories == [*TEXTS, "mine"]
    assert corpus.story("bridge").articles["outlet"].tolist() == ["Gannet", "Orrery", "Ledger"]
    assert corpus.story("ferry").coverage.equals(compare.open_run(run).story("ferry").coverage)


def test_an_article_that_is_cut_now_has_its_story_compared_again(run, tmp_path, monkeypatch):
    folder = tmp_path / "run"
    shutil.copytree(run, folder)
    cut = [{**ARTICLES[0], "complete": "cut"}, *ARTICLES[1:]]
    assert compared_anew(monkeypatch, cut, store=folder) == ["ferry"]
    assert compare.open_run(folder).story("ferry").articles["complete"].tolist()[0] == "cut"


def test_a_story_that_is_out_of_date_does_not_pass_for_done(run, tmp_path, monkeypatch):
    folder = tmp_path / "run"
    shutil.copytree(run, folder)
    new = [*ARTICLES, {"story_id": "bridge", "outlet": "Ledger", "text": "The Ostrow bridge closes in May."}]

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, "compare_story", stopped)
    with pytest.raises(KeyboardInterrupt):
        compare.compare_corpus(new, store=folder, reader=None, resume=True)
    monkeypatch.undo()
    with pytest.warns(compare.InputWarning, match="is not finished: 2 of 3 stories are done"):
        assert compare.open_run(folder).stories == ["ferry", "school / roof"]
    assert [name for name in files(folder) if "outdated" in name] == []
    assert compared_anew(monkeypatch, new, store=folder) == ["bridge"]


@pytest.mark.parametrize(
    ("articles", "options", "said"),
    [
        (
            ARTICLES,
            {"boilerplate": pd.DataFrame({"outlet": ["Orrery"], "line": ["A ferry."]})},
            "was begun with other lines of boilerplate; go on",
        ),
        (ARTICLES, {"seed": 7}, "was begun with the seed 0, not 7; go on with the same"),
        (ARTICLES, {"reader": Echo()}, f"was begun with the reader none, not {__name__}.Echo; go on with the same"),
        (
            ARTICLES,
            {"settings": compare.Settings(carried_at=0.6)},
            "was begun with other settings; go on with the same",
        ),
        (
            ARTICLES[:-2],
            {},
            "the run has 1 story of which no article is given (school / roof); give all of its articles",
        ),
        (ARTICLES[1:], {}, '" of "Gannet" in story "ferry", which is not among the articles, or reads otherwise there'),
        (
            [{**ARTICLES[0], "text": "The ferry floats."}, *ARTICLES[1:]],
            {},
            '" of "Gannet" in story "ferry", which is not among the articles, or reads otherwise there',
        ),
    ],
)
def test_a_run_goes_on_only_as_it_was_begun(run, articles, options, said):
    before = {name: (run / name).read_bytes() for name in files(run)}
    assert said in refused(articles, store=run, resume=True, **{"reader": None, **options})
    assert before == {name: (run / name).read_bytes() for name in files(run)}
    assert refused(articles, resume=True) == "a run that goes on is in a folder; name it: store=."


def test_a_run_with_a_lost_story_ends_with_the_code_3(tmp_path, monkeypatch):
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")

    def failing(articles, **options):
        if articles["story_id"].iat[0] == "bridge":
            raise compare.InputError("its articles hold no sentence")
        return compare.compare_story(articles, **options)

    monkeypatch.setattr(runs, "compare_story", failing)
    done = CliRunner().invoke(main, ["corpus", str(source), "-o", str(tmp_path / "run"), "--reader", "none"])
    assert (done.exit_code, "2 stories, 3 outlets." in done.stdout) == (3, True)
    monkeypatch.undo()
    assert compared_anew(monkeypatch, source, store=tmp_path / "run") == ["bridge"]
    assert compare.open_run(tmp_path / "run").failed == {}


def begun(folder, **manifest):
    """The start of a run that was killed before its first story was done."""
    stories = {name: story_folder(name) for name in ("ferry", "quay")}
    made = dict.fromkeys(("storydiff", "settings", "data", "boilerplate"), "") | {"encoder": None, "reader": None}
    started = RunManifest(**made | {"seed": 0, "stories": stories} | manifest)
    begin_run(folder, started, compare.Settings(), compare.learn_boilerplate(ARTICLES))
    (folder / ".run.json.a1_b2c3d").mkdir()
    (folder / "stories" / ".ferry-0a1b2c3d.a1_b2c3d").mkdir()
    return started


def test_a_run_that_was_only_begun_makes_room_where_it_is(tmp_path, monkeypatch):
    (tmp_path / "run").mkdir()
    monkeypatch.chdir(tmp_path / "run")
    started = begun(Path())
    begin_run(Path(), started, compare.Settings(), compare.learn_boilerplate(ARTICLES))
    assert sorted(path.name for path in Path().rglob("*")) == [
        "boilerplate.parquet",
        "failures.parquet",
        "run.json",
        "settings.toml",
        "stories",
        "stories.parquet",
    ]


@pytest.mark.parametrize(
    "other", [".git/HEAD", ".env", "notes/a.txt", "stories/.gitkeep", "stories/run.json", "stories/s1/claims.parquet"]
)
@pytest.mark.parametrize("with_manifest", [True, False])
def test_nothing_is_deleted_that_no_run_wrote(tmp_path, other, with_manifest):
    folder = tmp_path / "project"
    if with_manifest:
        begun(folder)
    (folder / other).parent.mkdir(parents=True, exist_ok=True)
    (folder / "stories").mkdir(exist_ok=True)
    (folder / other).write_text("mine", encoding="utf-8")
    with pytest.raises(compare.InputError, match="holds a run already" if with_manifest else "holds other files"):
        check_free(folder)
    assert (folder / other).read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot hold a folder")
def test_a_folder_has_one_writer_at_a_time(tmp_path):
    folder = tmp_path / "run"
    with written_by_one(folder):
        begun(folder)
        with pytest.raises(compare.InputError, match="is being written by another run"):
            compare.compare_corpus(ARTICLES, store=folder)
        assert read_manifest(folder).stories
    check_free(folder)


def test_a_run_that_fails_before_its_first_story_leaves_nothing(tmp_path, monkeypatch):
    def full(*_, **__):
        raise compare.InputError("no space left on device; nothing was changed.")

    monkeypatch.setattr(store, "write_manifest", full)
    for made in (False, True):
        folder = tmp_path / "run"
        if made:
            folder.mkdir()
        with pytest.raises(compare.InputError, match="no space left"):
            compare.compare_corpus(ARTICLES, store=folder)
        assert folder.exists() == made
        assert not list(tmp_path.rglob("*.*"))
    monkeypatch.undo()
    monkeypatch.setattr(job, "write_part", full)
    with pytest.raises(compare.InputError, match="no space left"):
        compare.compare_corpus(ARTICLES, store=tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_settings_of_ones_own_are_not_the_start_of_a_run(tmp_path):
    (tmp_path / "stories").mkdir()
    (tmp_path / "settings.toml").write_text(compare.Settings().to_toml(), encoding="utf-8")
    with pytest.raises(compare.InputError, match="holds other files"):
        check_free(tmp_path)


@pytest.mark.parametrize("ended", [{"finished": True}, {"failed": {"ferry": "nothing to divide by"}}])
def test_a_run_of_which_no_story_could_be_compared_is_kept(tmp_path, ended):
    begun(tmp_path / "run", **ended)
    with pytest.raises(compare.InputError, match="holds a run already"):
        check_free(tmp_path / "run")


def test_a_run_stopped_while_articles_are_read_has_left_nothing(tmp_path, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, "ArticleRows", stopped)
    done = CliRunner().invoke(main, ["corpus", "articles.jsonl", "-o", str(tmp_path / "run")])
    assert (done.exit_code, done.stderr) == (130, "storydiff: stopped; no story was done.\n")
