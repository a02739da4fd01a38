"""A data set is computed again, and what differs is named."""

import json
import shutil

import pandas as pd
import pytest
from bundle_stories import articles, both, ferry, parquet
from click.testing import CliRunner
from coded_runs import fill

import compare
from compare.cli import main
from compare.export.manifest import file_of

pytestmark = pytest.mark.slow  # pages, bundles or draws by the hundred: not for the edit loop


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A data set of each kind, by kind and text."""
    folder = tmp_path_factory.mktemp("made")
    for text in ("full", "none"):
        ferry().export(folder / f"story-{text}", text=text)
        both().export(folder / f"corpus-{text}", text=text)
    return folder


@pytest.fixture
def bundles(made, tmp_path):
    shutil.copytree(made, tmp_path / "bundles")
    return tmp_path / "bundles"


def results(done):
    return dict(zip(done.checks["what"], done.checks["result"], strict=True))


def detail(done, what):
    return done.checks.set_index("what").loc[what, "detail"]


def changed(bundle, table, row, column, value):
    """Change one cell, and mend the hash as a forger would."""
    frame = parquet(bundle, table)
    frame.loc[row, column] = value
    frame.to_parquet(bundle / "data" / f"{table}.parquet", index=False)
    path = bundle / "storydiff.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for file in manifest["files"]:
        if file["path"] == f"data/{table}.parquet":
            now = file_of(bundle, file["path"])
            file |= {"sha256": now.sha256, "size": now.size}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return frame


@pytest.mark.parametrize("kind", ["story", "corpus"])
@pytest.mark.parametrize("text", ["full", "none"])
def test_every_table_is_the_same_byte_for_byte(bundles, kind, text):
    given = articles("ferry", "bridge") if text == "none" else None
    done = compare.reproduce(bundles / f"{kind}-{text}", given)
    assert done.ok
    assert set(results(done).values()) == {"same"}
    assert {detail(done, f"table {name}") for name in ("articles", "matches", "claims", "coverage", "quotes")} == {
        "computed again from the articles, byte for byte"
    }
    assert ("table rates" in results(done)) == (kind == "corpus")


@pytest.mark.slow
def test_in_processes_as_well(bundles):
    assert set(results(compare.reproduce(bundles / "corpus-full", workers=2)).values()) == {"same"}


@pytest.mark.parametrize("text", ["full", "none"])
def test_a_single_flipped_probability_is_named(bundles, text):
    bundle = bundles / f"story-{text}"
    frame = changed(bundle, "coverage", 4, "probability", 0.1234)
    done = compare.reproduce(bundle, articles("ferry"))
    assert not done.ok
    was = ferry().coverage["probability"][4]
    assert detail(done, "table coverage") == (
        f"claim_id · outlet {frame['claim_id'][4]} · {frame['outlet'][4]}: probability is 0.1234, computed again {was}"
    )
    assert [what for what, result in results(done).items() if result == "differs"] == ["table coverage"]


def test_a_flipped_rate_is_named_without_the_articles(bundles):
    frame = changed(bundles / "corpus-none", "rates", 0, "rate", 0.987)
    done = compare.reproduce(bundles / "corpus-none")
    assert detail(done, "table rates").startswith(
        f"outlet · version · measure {frame['outlet'][0]} · printed · {frame['measure'][0]}: rate is 0.987, computed"
    )
    assert results(done)["table differences"] == "same"
    assert results(done)["table coverage"] == "not checked"


def test_missing_and_added_rows_a_changed_order_and_an_added_column(bundles):
    bundle = bundles / "story-full"
    path = bundle / "data" / "coverage.parquet"
    frame = parquet(bundle, "coverage")
    for forged, said in (
        (frame.drop(index=2), "is not in the data set"),
        (pd.concat([frame, frame.tail(1).assign(outlet="Nowhere")]), "· Nowhere should not be there"),
        (frame[::-1], "its rows are in another order"),
        (frame.assign(mood="grim"), "its columns are claim_id, outlet, state"),
        (pd.concat([frame, frame.tail(1)]), "rows have the same claim_id, outlet"),
    ):
        forged.to_parquet(path, index=False)
        done = compare.reproduce(bundle)
        assert said in detail(done, "table coverage")
        assert results(done)["data/coverage.parquet"] == "differs"


def test_many_differences_are_counted(bundles):
    changed(bundles / "story-full", "coverage", slice(None), "probability", 0.1234)
    done = compare.reproduce(bundles / "story-full")
    assert detail(done, "table coverage").count("probability is 0.1234") == 5
    assert detail(done, "table coverage").endswith(f"and {len(ferry().coverage) - 5} more differences")


def test_other_bytes_with_the_same_cells_are_the_same(bundles):
    changed(bundles / "story-full", "coverage", 0, "position", ferry().coverage["position"][0])
    frame = parquet(bundles / "story-full", "coverage")
    frame.to_parquet(bundles / "story-full" / "data" / "coverage.parquet", index=False, compression="gzip")
    done = compare.reproduce(bundles / "story-full")
    assert results(done)["table coverage"] == "same"
    assert detail(done, "table coverage") == "every cell; the bytes differ, as other versions write them"


@pytest.mark.parametrize(("moved", "same"), [(0.0001, True), (0.014, True), (0.05, False)])
def test_on_another_machine_numbers_may_be_a_little_off_and_states_not(bundles, moved, same):
    bundle = bundles / "story-full"
    path = bundle / "storydiff.json"
    manifest = json.loads(path.read_text("utf-8"))
    assert manifest["environment"]["pyarrow"]
    was = round(float(ferry().coverage["probability"][4]), 4)
    changed(bundle, "coverage", 4, "probability", was - moved)
    assert results(compare.reproduce(bundle))["table coverage"] == "differs"  # here the last digit counts
    path.write_text(json.dumps(manifest | {"environment": manifest["environment"] | {"pyarrow": "1.0"}}), "utf-8")
    done = compare.reproduce(bundle)
    assert results(done)["table coverage"] == ("same" if same else "differs")
    assert "pyarrow 1.0 (here " in detail(done, "table coverage")
    assert ("within 0.02 of each other" in detail(done, "table coverage")) == same
    frame = parquet(bundle, "coverage")
    changed(bundle, "coverage", 4, "state", "omitted" if frame["state"][4] != "omitted" else "altered")
    assert results(compare.reproduce(bundle))["table coverage"] == "differs"


@pytest.mark.parametrize(("moved", "same"), [(0.00005, True), (0.01, False)])
def test_statistics_that_are_a_little_off_elsewhere_are_said_to_be(bundles, moved, same):
    bundle = bundles / "corpus-full"
    rate = parquet(bundle, "rates")["rate"]
    changed(bundle, "rates", rate.first_valid_index(), "rate", rate.dropna().iloc[0] - moved)
    assert results(compare.reproduce(bundle))["table rates"] == "differs"
    path = bundle / "storydiff.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(manifest | {"environment": manifest["environment"] | {"scipy": "1.0"}}), "utf-8")
    done = compare.reproduce(bundle)
    assert results(done)["table rates"] == ("same" if same else "differs")
    said = "computed again from the tables, with numbers within 0.0001 of each other; it was made with scipy 1.0 (here "
    assert detail(done, "table rates").startswith(said) == same


def test_a_table_without_rows_whose_key_has_several_parts(bundles):
    bundle = bundles / "story-full"
    empty = parquet(bundle, "wire").head(0)
    empty.to_parquet(bundle / "data" / "wire.parquet", index=False, compression="gzip")
    assert "is not in the data set" in detail(compare.reproduce(bundle), "table wire")


def test_damaged_files_are_named_and_the_rest_is_checked(bundles):
    bundle = bundles / "story-full"
    (bundle / "csv" / "wire.csv").unlink()
    (bundle / "README.md").write_text("mine", encoding="utf-8")
    (bundle / "notes.txt").write_text("mine", encoding="utf-8")
    (bundle / "data" / "quotes.parquet").write_bytes(b"PAR1")
    done = compare.reproduce(bundle)
    found = results(done)
    assert detail(done, "csv/wire.csv") == "is missing"
    assert found["README.md"] == found["data/quotes.parquet"] == found["table quotes"] == "differs"
    assert found["notes.txt"] == "not checked"
    assert found["table coverage"] == "same"
    assert detail(done, "table wire") == "csv/wire.csv does not hold the same as data/wire.parquet"


def test_without_text_it_needs_the_articles_and_the_key(bundles):
    bundle = bundles / "story-none"
    done = compare.reproduce(bundle)
    assert done.ok
    assert detail(done, "table claims") == "needs the articles"
    assert done.sentence == "reproduced: 1 check passed; 10 not checked"
    key = (bundles / "story-none.key").rename(bundles / "kept.key")
    done = compare.reproduce(bundle, articles("ferry"))
    assert detail(done, "table claims") == "needs the articles and the authors' key"
    assert compare.reproduce(bundle, articles("ferry"), key=key).sentence == "reproduced: 11 checks passed"


def test_a_published_key_is_found(tmp_path):
    bundle = ferry().export(tmp_path / "out", publish_key=True)
    (tmp_path / "out.key").unlink()
    assert set(results(compare.reproduce(bundle, articles("ferry"))).values()) == {"same"}


def test_the_key_of_another_data_set(bundles):
    key = bundles / "corpus-none.key"
    with pytest.raises(compare.InputError) as error:
        compare.reproduce(bundles / "story-none", articles("ferry"), key=key)
    assert str(error.value) == (
        f"{key}: is the key of another data set; ask the authors for the key of {bundles / 'story-none'}."
    )


def test_articles_that_are_missing_or_were_edited_are_named(bundles):
    given = articles("ferry")
    given[1]["text"] += " More follows."
    done = compare.reproduce(bundles / "story-none", given)
    assert not done.ok
    said = detail(done, "articles")
    assert said.startswith("1 of 3 articles: a")
    assert said.endswith(" of Orrery is not among the articles")
    assert results(done)["table claims"] == "not checked"


def test_ids_of_other_articles_do_no_harm(bundles):
    given = [{**one, "article_id": f"mine-{at}"} for at, one in enumerate(articles("ferry", "bridge"))]
    assert set(results(compare.reproduce(bundles / "story-none", given)).values()) == {"same"}


def test_boilerplate_that_was_given_is_found_again(tmp_path):
    lines = pd.DataFrame({"outlet": ["Gannet"], "line": ["The company declined to comment."]})
    story = compare.compare_story(articles("ferry"), boilerplate=lines, reader=None)
    done = compare.reproduce(story.export(tmp_path / "out"), articles("ferry"))
    assert results(done).pop("table boilerplate") == "not checked"
    assert done.sentence == "reproduced: 11 checks passed; 1 not checked"


def test_boilerplate_of_other_articles_does_no_harm(tmp_path):
    lines = pd.DataFrame({"outlet": "Gannet", "line": ["The company declined to comment.", "Sign up for our letter."]})
    story = compare.compare_story(articles("ferry"), boilerplate=lines, reader=None)
    done = compare.reproduce(story.export(tmp_path / "out"), articles("ferry"))
    assert done.sentence == "reproduced: 11 checks passed; 1 not checked"


def test_one_text_under_two_headlines_in_two_stories_is_told_apart(tmp_path):
    given = articles("ferry", "bridge")
    given.append({**given[0], "story_id": "bridge", "title": "Another headline"})
    bundle = compare.compare_corpus(given, reader=None).export(tmp_path / "out")
    assert compare.reproduce(bundle, given).sentence == "reproduced: 16 checks passed"


def test_links_are_not_read(bundles):
    path = bundles / "story-full" / "data" / "claims.parquet"
    path.rename(bundles / "claims.parquet")
    path.symlink_to(bundles / "claims.parquet")
    with pytest.raises(compare.InputError, match="is a link, and a data set has none; do not trust this data set"):
        compare.reproduce(bundles / "story-full")


@pytest.mark.slow
def test_validation_is_computed_anew(tmp_path):
    corpus = both()
    sheets = compare.sample_decisions(corpus, 12, coders=2, seed=4).write(tmp_path / "sheets")
    paths = [fill(sheets, f"coder-{number}", lambda unit: "yes" if unit < "u8" else "no") for number in (1, 2)]
    bundle = corpus.export(tmp_path / "out", validation=compare.read_sheets(paths))
    done = compare.reproduce(bundle, articles("ferry", "bridge"))
    assert set(results(done).values()) == {"same"}
    assert {"table agreement", "table accuracy", "table corrected_rates", "table rates"} <= set(results(done))
    changed(bundle, "accuracy", 0, "estimate", 0.999)
    assert results(compare.reproduce(bundle))["table accuracy"] == "differs"


def test_an_encoder_of_ones_own_is_asked_for(tmp_path):
    class Words:
        name = "words"

        def encode(self, texts):
            import numpy as np

            return np.array([[len(text), text.count("e"), 1.0] for text in texts])

    story = compare.compare_story(articles("ferry"), encoder=Words(), reader=None)
    bundle = story.export(tmp_path / "out", text="full")
    done = compare.reproduce(bundle)
    assert "was made with the encoder" in detail(done, "articles")
    assert set(results(compare.reproduce(bundle, encoder=Words())).values()) == {"same"}


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.slow
def test_from_articles_to_a_checked_data_set_in_two_commands(tmp_path):
    source = tmp_path / "articles.jsonl"
    source.write_text("".join(json.dumps(one) + "\n" for one in articles("ferry", "bridge")), encoding="utf-8")
    out = tmp_path / "bundle"
    written = run("export", source, "-o", out)
    assert written.exit_code == 0, written.stderr
    assert written.stdout == (
        f"The data set: {out}\nThe key of its fingerprints: {out}.key (keep it; the data set can be checked only with "
        "it)\n"
    )
    checked = run("reproduce", out, "--articles", source)
    assert checked.exit_code == 0
    assert checked.stdout.endswith(f"{out}: reproduced: 16 checks passed.\n")
    again = run("export", source, "-o", out)
    assert (again.exit_code, again.stderr) == (
        2,
        f"storydiff: {out}: holds a data set already; give another folder, or --force to replace it.\n",
    )
    changed(out, "coverage", 0, "probability", 0.1234)
    wrong = run("reproduce", out, "--articles", source)
    assert wrong.exit_code == 1
    assert "probability is 0.1234" in wrong.stdout
    assert run("reproduce", tmp_path).exit_code == 2
