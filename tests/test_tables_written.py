"""Single tables in the formats of others: nothing is lost on the way there and back, and what cannot go says so."""

import pandas as pd
import pyreadstat
import pytest
from bundle_stories import both, ferry
from coded_runs import fill
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.saving import read_csv, write_csv
from compare.tables import STORY_TABLES

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=12)
RISKY = st.builds("{}{}{}".format, st.sampled_from(["", "'", "''"]), st.sampled_from("=+-@\t'"), TEXT)


@pytest.fixture(scope="module")
def story():
    return ferry()


@given(st.lists(TEXT | RISKY, min_size=1), TEXT | RISKY)
def test_the_guard_of_csv_is_undone_on_reading(tmp_path_factory, cells, name):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    table = pd.DataFrame({f"{name} ": cells, "number": "0"}, dtype="str")
    write_csv(table, path)
    pd.testing.assert_frame_equal(read_csv(path), table)
    for line in path.read_text(encoding="utf-8").replace('"', "").split("\n"):
        assert not line.startswith(("=", "+", "-", "@", "\t")), "a spreadsheet would run it"


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("name", [table.name for table in STORY_TABLES])
def test_every_table_comes_back_with_its_types(story, tmp_path, name, kind):
    table = getattr(story, name)
    path = compare.write_table(table, tmp_path / f"{name}.{kind}")
    pd.testing.assert_frame_equal(compare.read_table(path), table)


def test_a_table_of_a_data_set_without_text_comes_back_too(story, tmp_path):
    bundle = story.export(tmp_path / "out")
    for name in ("articles", "coverage", "quotes"):
        of_csv = compare.read_table(bundle / "csv" / f"{name}.csv")
        pd.testing.assert_frame_equal(of_csv, compare.read_table(bundle / "data" / f"{name}.parquet"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("coverage.xlsx", "", "is no kind of table that can be read; give a .csv, .jsonl or .parquet file."),
        ("coverage.csv", "", "is no table that storydiff wrote (No columns to parse from file)."),
        ("coverage.parquet", "PAR1", "is no table that storydiff wrote"),
        ("coverage.csv", "claim_id,probability\r\nc1,high\r\n", "column probability is not as storydiff writes it"),
        ("coverage.csv", None, "cannot be read (No such file or directory); check the path."),
    ],
)
def test_what_cannot_be_read(tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8", newline="")
    with pytest.raises(compare.InputError) as error:
        compare.read_table(path)
    assert str(error.value).startswith(f"{path}: {said}")


@pytest.mark.parametrize(("kind", "read"), [("sav", pyreadstat.read_sav), ("dta", pyreadstat.read_dta)])
def test_spss_and_stata_get_states_as_labelled_numbers(story, tmp_path, kind, read):
    path = compare.write_table(story.coverage, tmp_path / f"coverage.{kind}")
    table, about = read(str(path))
    labels = about.variable_value_labels["state"]
    assert list(labels.values()) == ["verbatim", "paraphrased", "partial", "altered", "undecided", "omitted"]
    assert table["state"].map(labels).tolist() == story.coverage["state"].tolist()
    assert table["probability"].tolist() == story.coverage["probability"].tolist()
    assert table["position"].isna().tolist() == story.coverage["position"].isna().tolist()
    assert about.column_names_to_labels["probability"] == "that the claim is carried"


@pytest.mark.parametrize("kind", ["sav", "dta"])
@pytest.mark.parametrize("name", [table.name for table in STORY_TABLES])
def test_every_table_can_go_to_spss_and_stata(story, tmp_path, name, kind):
    table = getattr(story, name)
    path = compare.write_table(table, tmp_path / f"{name}.{kind}")
    back, _ = (pyreadstat.read_sav if kind == "sav" else pyreadstat.read_dta)(str(path))
    assert list(back.columns) == list(table.columns)
    assert len(back) == len(table)
    if name == "articles":
        assert back["text"].tolist() == table["text"].tolist()
        assert back["published"].tolist() == table["published"].dt.tz_localize(None).tolist()


def test_names_that_they_refuse_become_labels(story, tmp_path):
    claims = {"1": "A ferry sank.", "by": "All were rescued.", "a" * 40: "An inquiry begins.", "a" * 41: "x"}
    book = pd.DataFrame({"claim_id": claims.keys(), "claim": claims.values()})
    wide = compare.to_wide(story.track(book))
    path = compare.write_table(wide, tmp_path / "wide.dta")
    back, about = pyreadstat.read_dta(str(path))
    names = ["v_1", "v_by", "a" * 32, f"{'a' * 30}_2"]
    assert list(back.columns) == ["article_id", "story_id", "outlet", *names]
    assert [about.column_names_to_labels[name] for name in names] == list(claims)


def test_a_text_that_is_too_long_for_spss(tmp_path):
    table = pd.DataFrame({"text": ["x" * 40_000]}, dtype="str")
    path = tmp_path / "long.sav"
    with pytest.raises(compare.InputError) as error:
        compare.write_table(table, path)
    assert "column text has a text of 40,000 bytes, and a .sav file takes 32,767" in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_without_pyreadstat_the_way_to_get_it_is_named(story, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyreadstat", None)
    with pytest.raises(compare.MissingExtraError, match=r"storydiff\[spss\]"):
        compare.write_table(story.coverage, tmp_path / "coverage.sav")


def test_the_long_format_has_coders_and_the_toolkit_as_one_of_them(tmp_path):
    import krippendorff

    corpus = both()
    sheets = compare.sample_decisions(corpus, 12, coders=2, seed=4).write(tmp_path / "sheets")
    paths = [fill(sheets, f"coder-{number}", lambda unit: "yes" if unit < "u8" else "no") for number in (1, 2)]
    validation = compare.read_sheets(paths)
    long = compare.to_long(validation)
    assert set(long["coder"]) == {"coder-1", "coder-2", "storydiff"}
    assert len(long) == 3 * 12
    grid = long.pivot(index="unit", columns="coder", values="code")
    coders = grid[["coder-1", "coder-2"]]
    alpha = krippendorff.alpha(value_counts=coders.apply(pd.Series.value_counts, axis=1).fillna(0).to_numpy())
    assert alpha == pytest.approx(1.0)
    decisions = corpus.coverage.assign(unit=lambda table: table["claim_id"] + ":" + table["outlet"])
    every = compare.to_long(corpus.coverage).set_index("unit")
    assert (
        every.loc[decisions["unit"], "code"].tolist()
        == decisions["state"]
        .map(
            {
                "verbatim": "yes",
                "paraphrased": "yes",
                "altered": "yes",
                "partial": "part",
                "undecided": "unsure",
                "omitted": "no",
            }
        )
        .tolist()
    )


def test_the_long_format_of_tracked_claims_names_the_articles(story):
    tracked = story.track(["A ferry sank off Port Velland.", "The company made a profit."])
    long = compare.to_long(tracked)
    assert long["doc_id"].tolist() == tracked["article_id"].tolist()
    assert long["unit"].is_unique


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ([1], "to_long: a list holds no codings; give a Validation or a table."),
        (pd.DataFrame({"claim_id": ["c"]}), "to_long: the table has no column outlet, state; give coverage, or what"),
        (
            pd.DataFrame({"claim_id": ["c", "c"], "outlet": ["A", "A"], "state": ["omitted", "omitted"]}),
            "to_long: c:A is judged twice; keep one row of each.",
        ),
    ],
)
def test_what_holds_no_codings(given_, said):
    with pytest.raises(compare.InputError) as error:
        compare.to_long(given_)
    assert str(error.value).startswith(said)
