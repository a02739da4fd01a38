"""A data set is read back as it was, or refused with a reason."""

import json
import shutil
from dataclasses import replace

import pandas as pd
import pytest
from bundle_stories import articles, both, ferry, parquet
from click.testing import CliRunner

import compare
from compare.cli import main
from compare.tables import STORY_TABLES


@pytest.fixture(scope="module")
def story():
    return ferry()


@pytest.fixture(scope="module")
def corpus():
    return both()


@pytest.fixture(scope="module")
def written(story, tmp_path_factory):
    return story.export(tmp_path_factory.mktemp("bundle") / "out", text="full")


@pytest.fixture
def bundle(written, tmp_path):
    return shutil.copytree(written, tmp_path / "bundle")


def refused(folder):
    with pytest.raises(compare.InputError) as error:
        compare.read_bundle(folder)
    return str(error.value)


def test_a_story_comes_back_whole(story, bundle):
    back = compare.read_bundle(bundle)
    for table in STORY_TABLES:
        pd.testing.assert_frame_equal(getattr(back, table.name), getattr(story, table.name))
    assert (back.story_id, back.settings, back.boilerplate) == (story.story_id, story.settings, None)
    pd.testing.assert_frame_equal(back.summary(), story.summary())


def test_settings_and_boilerplate_come_back(tmp_path):
    lines = pd.DataFrame({"outlet": ["Gannet"], "line": ["The company declined to comment."]})
    settings = compare.Settings(carried_at=0.6)
    story = compare.compare_story(articles("ferry"), settings=settings, boilerplate=lines, reader=None)
    back = compare.read_bundle(story.export(tmp_path / "out", text="full"))
    assert back.settings == settings
    assert back.boilerplate[["outlet", "line"]].to_dict("list") == lines.to_dict("list")


@pytest.mark.slow
def test_a_corpus_comes_back_whole(corpus, tmp_path):
    back = compare.read_bundle(corpus.export(tmp_path / "out", text="full"))
    assert back.manifest == corpus.manifest
    assert back.stories == corpus.stories
    for table in STORY_TABLES:
        pd.testing.assert_frame_equal(back.table(table.name), corpus.table(table.name))
        pd.testing.assert_frame_equal(
            getattr(back.story("bridge"), table.name), getattr(corpus.story("bridge"), table.name)
        )
    for name in ("boilerplate", "outlet_stories", "rates", "outlets"):
        pd.testing.assert_frame_equal(getattr(back, name), getattr(corpus, name))
    assert back.report(tmp_path / "record.html").exists()


def test_a_story_that_failed_is_still_told_of(corpus, tmp_path):
    failed = replace(
        corpus,
        manifest=replace(
            corpus.manifest, failed={"lost": "no text"}, stories={**corpus.manifest.stories, "lost": "lost-1"}
        ),
    )
    back = compare.read_bundle(failed.export(tmp_path / "out", text="full"))
    assert back.failed == {"lost": "no text"}
    without = compare.read_bundle(failed.export(tmp_path / "none"))
    assert without.failed == {"lost": "the reason is withheld"}, "it may quote the article"
    assert back.stories == ["ferry", "bridge"]


@pytest.mark.medium
def test_a_story_that_a_stopped_run_did_not_reach_is_not_there(corpus, tmp_path):
    planned = {**corpus.manifest.stories, "later": "later-1"}
    stopped = replace(corpus, manifest=replace(corpus.manifest, stories=planned, finished=False))
    with pytest.warns(compare.InputWarning, match="2 of 3 stories are done"):
        back = compare.read_bundle(stopped.export(tmp_path / "out", text="full"))
    assert back.stories == ["ferry", "bridge"]


def test_without_text_all_but_the_words_comes_back(story, tmp_path):
    back = compare.read_bundle(story.export(tmp_path / "out"))
    assert back.articles["text"].isna().all()
    assert back.claims["claim"].isna().all()
    assert back.articles["text_hmac"].notna().all()
    assert back.matrix().to_numpy().tolist() == story.matrix().to_numpy().tolist()
    pd.testing.assert_frame_equal(back.summary(), story.summary())
    with pytest.raises(compare.InputError, match="was read from a data set without text"):
        back.report(tmp_path / "report.html")
    with pytest.raises(compare.InputError, match="was read from a data set without text"):
        back.track(["A ferry sank."])
    with pytest.raises(compare.InputError, match="was read from a data set without text"):
        compare.compare_story(articles("ferry"), previous=back, reader=None)
    assert "without their text" in back._repr_html_()


@pytest.mark.medium
def test_rates_of_a_corpus_without_text(corpus, tmp_path):
    back = compare.read_bundle(corpus.export(tmp_path / "out"))
    pd.testing.assert_frame_equal(back.rates, corpus.rates)
    pd.testing.assert_frame_equal(back.outlets, corpus.outlets)
    pd.testing.assert_frame_equal(back.differences(), corpus.differences())
    asked = [
        lambda: back.report(tmp_path / "record.html"),
        lambda: compare.sample_decisions(back, 10),
        back.wording.attributions,
        back.wording.passives,
        back.wording.naming,
        lambda: back.wording.terms("Gannet", "Orrery"),
        back.omissions.traits,
        back.omissions.model,
    ]
    for ask in asked:
        with pytest.raises(compare.InputError, match="a data set without"):
            ask()
    assert "2 stories" in back._repr_html_()


@pytest.mark.medium
def test_a_corpus_without_text_with_stories_that_have_no_quotations_or_no_claims(tmp_path):
    rows = [("x", "A", "The port is closed."), ("x", "B", "The port is shut."), ("y", "A", "Yes."), ("y", "B", "!!!")]
    corpus = compare.compare_corpus(
        [dict(zip(("story_id", "outlet", "text"), row, strict=True)) for row in rows], reader=None
    )
    back = compare.read_bundle(corpus.export(tmp_path / "out"))
    assert back.story("y").quotes.empty
    assert back.story("x").claims["claim_hmac"].notna().all()
    pd.testing.assert_frame_equal(back.rates, corpus.rates)


def test_what_is_no_bundle(tmp_path):
    said = f"{tmp_path}: is not a data set (it has no storydiff.json); give the folder that an export wrote."
    assert refused(tmp_path) == said
    assert refused(tmp_path / "nowhere").startswith(f"{tmp_path / 'nowhere'}: is not a data set")


def test_a_missing_a_truncated_and_an_edited_file(bundle):
    path = bundle / "data" / "coverage.parquet"
    content = path.read_bytes()
    ending = f"; download it again, or see: storydiff reproduce {bundle}"
    path.write_bytes(content[:-10])
    assert refused(bundle) == f"{path}: is cut off: {len(content) - 10:,} of {len(content):,} bytes{ending}"
    path.write_bytes(content[:-10] + b"0123456789")
    assert refused(bundle) == f"{path}: was changed after it was written{ending}"
    path.unlink()
    assert refused(bundle) == f"{path}: is missing{ending}"


def test_a_link_is_not_followed(bundle, tmp_path):
    path = bundle / "data" / "claims.parquet"
    shutil.move(path, tmp_path / "claims.parquet")
    path.symlink_to(tmp_path / "claims.parquet")
    assert refused(bundle).startswith(f"{path}: is a link, and a data set has none")
    path.unlink()
    shutil.move(tmp_path / "claims.parquet", path)
    shutil.move(bundle / "data", tmp_path / "data")
    (bundle / "data").symlink_to(tmp_path / "data")
    assert "is a link, and a data set has none" in refused(bundle)


def edited(bundle, **values):
    path = bundle / "storydiff.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | values), encoding="utf-8")
    return manifest


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "data/../../secret", "C:\\secret", "..\\secret", ""])
def test_a_path_that_climbs_out_of_the_folder(bundle, path):
    files = edited(bundle)["files"]
    edited(bundle, files=[{**files[0], "path": path}, *files[1:]])
    assert refused(bundle) == f"{bundle}: names the file {path!r}, which is outside of it; do not trust this data set."


def test_another_format(bundle):
    edited(bundle, format=99, storydiff="9.0.0")
    assert refused(bundle) == (
        f"{bundle}: is of format 99, written by storydiff 9.0.0; this version reads format 6: install the version that "
        "wrote it."
    )


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 6}', "\ufffd"])
def test_a_manifest_that_is_none(bundle, text):
    (bundle / "storydiff.json").write_text(text, encoding="utf-8")
    said = refused(bundle)
    assert said == f"{bundle / 'storydiff.json'}: is not the manifest of a data set; download the data set again."


@pytest.mark.parametrize("value", [None, [], {}, "x", -1, {"a": 1}])
@pytest.mark.parametrize("name", ["kind", "text", "run", "files"])
def test_a_manifest_of_odd_values(bundle, name, value):
    edited(bundle, **{name: value})
    assert refused(bundle).startswith(f"{bundle / 'storydiff.json'}: is not the manifest of a data set")
    with pytest.raises(compare.InputError):
        compare.reproduce(bundle)


@pytest.mark.medium
def test_a_manifest_that_names_a_folder_elsewhere_is_not_followed(corpus, tmp_path):
    bundle = corpus.export(tmp_path / "out", text="full")
    run = json.loads((bundle / "storydiff.json").read_text(encoding="utf-8"))["run"]
    edited(bundle, run=run | {"stories": {"ferry": "../../elsewhere", "bridge": "/elsewhere"}})
    back = compare.read_bundle(bundle)
    assert back.manifest == corpus.manifest


@pytest.mark.parametrize(("change", "what"), [("more", "a column that is unknown: mood"), ("less", "no column: state")])
def test_a_table_with_another_column_and_its_hash_mended(bundle, change, what):
    from compare.export.manifest import file_of

    frame = parquet(bundle, "coverage")
    frame = frame.assign(mood="grim") if change == "more" else frame.drop(columns="state")
    frame.to_parquet(bundle / "data" / "coverage.parquet", index=False)
    mended = file_of(bundle, "data/coverage.parquet")
    files = edited(bundle)["files"]
    sound = [one for one in files if one["path"] != mended.path]
    edited(
        bundle, files=[*sound, {"path": mended.path, "sha256": mended.sha256, "size": mended.size, "table": "coverage"}]
    )
    path = bundle / "data" / "coverage.parquet"
    assert refused(bundle) == f"{path}: has {what}; storydiff did not write it so; download it again."


def test_labels_that_are_not_there(bundle):
    with pytest.raises(compare.InputError, match="has no coders' labels: nobody has checked these decisions"):
        compare.read_validation(bundle)


def test_a_single_table_of_a_bundle_without_text_is_read_with_its_types(story, tmp_path):
    bundle = story.export(tmp_path / "out")
    for name in ("articles", "claims", "coverage", "quotes"):
        of_csv = compare.read_table(bundle / "csv" / f"{name}.csv")
        pd.testing.assert_frame_equal(of_csv, compare.read_table(bundle / "data" / f"{name}.parquet"))


def test_a_verb_for_articles_says_that_this_is_a_data_set(bundle):
    done = CliRunner().invoke(main, ["claims", str(bundle)])
    assert (done.exit_code, done.stderr) == (
        2,
        f"storydiff: {bundle}: is a data set; check it with: storydiff reproduce {bundle}, or read it in Python with "
        "compare.read_bundle.\n",
    )
