"""Tables for SPSS and Stata: what a statistics program finds in the files."""

import builtins
import resource
import signal

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.cli import main
from compare.errors import InputError, InputWarning, MissingExtraError
from compare.export.labelled import PROGRAMS
from compare.tables import ARTICLES, COVERAGE, SENTENCES, STATES

FORMS = {"sav": pyreadstat.read_sav, "dta": pyreadstat.read_dta}
ROW = {"claim_id": "c1", "outlet": "Gannet", "changes": "", "probability": 0.25}


def written(table, path, **options):
    """The cells and the description of a file, as another program reads it."""
    return FORMS[path.suffix[1:]](compare.write_table(table, path, **options))


@pytest.mark.parametrize("form", FORMS)
def test_a_coverage_table_has_labels_and_labelled_numbers(tmp_path, form):
    coverage = COVERAGE.frame(
        [ROW | {"state": state, "evidence": "Ein Fährunglück – „alle gerettet“."} for state in STATES]
    )
    cells, about = written(coverage, tmp_path / f"coverage.{form}")
    assert cells["state"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert about.variable_value_labels == {"state": dict(enumerate(STATES, start=1))}
    labels = about.column_names_to_labels
    assert labels["state"] == "how the outlet treats the claim"
    assert labels["probability"] == "probability that the outlet carries the claim (0..1)"
    assert cells["evidence"].tolist() == coverage["evidence"].tolist()
    assert cells["probability"].tolist() == [0.25] * len(STATES)
    assert cells["position"].isna().all()
    assert cells["sentence_id"].tolist() == [""] * len(STATES), "neither program tells missing text from empty"
    assert about.file_label == f"storydiff {compare.__version__}"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.filterwarnings("ignore:.*of a label:compare.InputWarning")
def test_every_table_of_a_story_can_be_written(demo, tmp_path, form):
    for name, table in demo.tables.items():
        cells, about = written(table, tmp_path / f"{name}.{form}")
        assert about.column_names == list(table.columns)
        for column in table:
            if table[column].dtype == "str" and column not in about.variable_value_labels:
                assert cells[column].tolist() == table[column].fillna("").tolist(), (name, column)
            elif table[column].dtype == "float64":
                np.testing.assert_array_equal(cells[column], table[column])
        if name == "wire":
            assert about.variable_value_labels["cut"] == {1: "none", 2: "tail", 3: "middle", 4: "both"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.filterwarnings("ignore:.*of a label:compare.InputWarning")
def test_true_and_false_times_and_whole_numbers(tmp_path, form):
    sentence = {"sentence_id": "s:0", "article_id": "s", "index": 0, "start": 0, "end": 2**40, "text": "x"}
    sentences = SENTENCES.frame([sentence | {"quoted": True, "boilerplate": False}])
    cells, about = written(sentences, tmp_path / f"sentences.{form}")
    assert cells.loc[0, ["quoted", "boilerplate", "end"]].tolist() == [1, 0, 2**40]
    assert about.variable_value_labels["quoted"] == {0: "no", 1: "yes"}
    times = [pd.Timestamp("2026-11-22T23:59:59Z"), None]
    article = {"article_id": "a", "story_id": "s", "outlet": "o", "text": "t"}
    articles = ARTICLES.frame([article | {"published": time} for time in times])
    cells, _ = written(articles, tmp_path / f"articles.{form}")
    assert cells["published"].iat[0] == pd.Timestamp("2026-11-22T23:59:59")
    assert pd.isna(cells["published"].iat[1])
    local = articles.assign(published=articles["published"].dt.tz_convert("Asia/Tokyo"))
    assert written(local, tmp_path / f"local.{form}")[0]["published"].iat[0] == pd.Timestamp("2026-11-22T23:59:59")


@pytest.mark.parametrize("form", FORMS)
def test_a_wide_table_has_the_claims_wordings_as_labels(tmp_path, form):
    unit = {"article_id": ["1", "2", "3"], "story_id": "quay", "outlet": "Gannet"}
    carried = pd.DataFrame(unit | {"sank": pd.array([1, 0, None], dtype="Int64")})
    cells, about = written(carried, tmp_path / f"wide.{form}", labels={"sank": "The ferry sank."})
    assert cells["sank"].tolist()[:2] == [1, 0]
    assert pd.isna(cells["sank"].iat[2])
    assert about.column_names_to_labels["sank"] == "The ferry sank."
    assert about.variable_value_labels["sank"] == {0: "omitted", 1: "carried"}
    states = pd.DataFrame(unit | {"sank": ["omitted", "verbatim", None]})
    cells, about = written(states, tmp_path / f"wide.{form}")
    assert cells["sank"].tolist()[:2] == [7, 1]
    assert about.variable_value_labels["sank"][7] == "omitted"


@pytest.mark.parametrize(
    ("form", "renamed"),
    [
        (
            "sav",
            {
                "2024 claim": "v_2024_claim",
                "with": "with_",
                "A": "A",
                "a": "a_2",
                "Ä": "v_",
                "_n": "v_n",
                "long": "long",
            },
        ),
        ("dta", {"2024 claim": "v_2024_claim", "with": "with_", "str8": "str8_", "long": "long_", "=1": "v_1"}),
    ],
)
def test_names_that_a_program_refuses_are_changed_and_named(tmp_path, form, renamed):
    table = pd.DataFrame([range(len(renamed))], columns=list(renamed))
    with pytest.warns(InputWarning, match="does not take every column's name") as warned:
        _, about = written(table, tmp_path / f"own.{form}")
    assert about.column_names == list(renamed.values())
    for old, new in renamed.items():
        assert about.column_names_to_labels[new] == (None if old == new else old)
    assert "'2024 claim' is v_2024_claim, 'with' is with_" in str(warned[0].message)


LONG = {
    "the_ministry_confirmed_that_the_bridge_was_closed_on_monday": "the_ministry_confirmed_on_monday",
    "the_ministry_confirmed_that_the_bridge_was_closed_on_friday": "the_ministry_confirmed_on_friday",
    "the_ministry_confirmed_that_a_ferry_was_closed_on_monday": "the_ministry_on_monday_2",
    "hafenbehoerdensprecherinnenaussage": "hafenbehoerdensprecherinnenaussa",
    "hafenbehoerdensprecherinnenaussagen": "hafenbehoerdensprecherinnenaus_2",
}


def test_long_names_are_short_and_apart_in_stata_and_whole_in_their_labels(tmp_path):
    table = pd.DataFrame([range(len(LONG))], columns=list(LONG))
    meanings = dict.fromkeys(LONG, "share of articles")
    with pytest.warns(InputWarning, match="Stata does not take every column's name"):
        compare.write_table(table, tmp_path / "own.dta", labels=meanings)
    with pd.io.stata.StataReader(tmp_path / "own.dta") as reader:
        cells, labels = reader.read(), reader.variable_labels()
    assert cells.columns.tolist() == list(LONG.values())
    assert max(map(len, cells.columns)) <= 32
    assert cells.iloc[0].tolist() == list(range(len(LONG)))
    for whole, short in LONG.items():
        assert labels[short].startswith(f"{whole}: share")


def test_names_up_to_64_bytes_are_whole_in_spss(tmp_path):
    long = "the_ministry_confirmed_" * 3 + "twice"
    with pytest.warns(InputWarning, match="SPSS does not take every column's name"):
        _, about = written(pd.DataFrame([range(6)], columns=[*LONG, long]), tmp_path / "own.sav")
    assert about.column_names[:-1] == list(LONG)
    assert about.column_names[-1] == "the_ministry_confirmed_the_ministry_the_ministry_confirmed_twice"
    assert len(about.column_names[-1].encode()) == 64
    assert about.column_names_to_labels[about.column_names[-1]] == long


@pytest.mark.medium
@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(FORMS)), st.lists(st.text(max_size=70), min_size=1, max_size=5, unique=True))
@pytest.mark.filterwarnings("ignore::compare.InputWarning")
def test_any_names_can_be_written_and_each_stays_another(tmp_path_factory, form, names):
    table = pd.DataFrame([range(len(names))], columns=names)
    cells, about = written(table, tmp_path_factory.mktemp("names") / f"own.{form}")
    assert cells.iloc[0].tolist() == list(range(len(names)))
    assert len({name.lower() for name in about.column_names}) == len(names)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from("ä日😀 "), max_size=300))
def test_a_label_is_whole_or_ends_in_an_ellipsis(text):
    for program in PROGRAMS.values():
        label, whole = program.label(text)
        size = len(label.encode()) if program.label_bytes else len(label)
        assert size <= program.label_length
        line = " ".join(text.replace("\0", "\ufffd").split())
        assert label == line if whole else line.startswith(label.removesuffix("…"))
        assert whole or label.endswith("…")


@pytest.mark.parametrize(("form", "length"), [("sav", 255), ("dta", 80)])
def test_labels_that_are_too_long_are_cut_and_named(tmp_path, form, length):
    table = pd.DataFrame({"article_id": ["1"], "story_id": ["s"], "outlet": ["o"], "sank": [0.5]})
    with pytest.warns(InputWarning, match="so the labels of sank end in '…'"):
        _, about = written(table, tmp_path / f"wide.{form}", labels={"sank": "x" * 256})
    label = about.column_names_to_labels["sank"]
    assert label.endswith("x…")
    assert len(label.encode() if form == "sav" else label) == length


@pytest.mark.parametrize("form", FORMS)
def test_long_texts_are_whole_or_refused(tmp_path, form):
    limit = 32_767
    table = pd.DataFrame({"text": ["ä" * (limit // 2), "", "x\r\ny"], "n": [1, 2, 3]})
    assert written(table, tmp_path / f"own.{form}")[0]["text"].tolist() == table["text"].tolist()
    table.loc[0, "text"] = "ä" * limit
    if form == "dta":
        assert written(table, tmp_path / "own.dta")[0]["text"].tolist() == table["text"].tolist()
        return
    before = (tmp_path / "own.sav").read_bytes()
    with pytest.raises(InputError) as error:
        compare.write_table(table, tmp_path / "own.sav")
    assert str(error.value) == (
        f"{tmp_path}/own.sav: column text holds a text of 65,534 bytes, and SPSS takes 32,767; "
        "leave the column out, or write .dta or .parquet."
    )
    assert (tmp_path / "own.sav").read_bytes() == before


@pytest.mark.parametrize("form", FORMS)
def test_what_would_end_a_text_or_is_no_value_is_said(tmp_path, form):
    with pytest.warns(InputWarning, match="column text holds NUL characters"):
        cells, _ = written(pd.DataFrame({"text": ["be\0fore"]}), tmp_path / f"own.{form}")
    assert cells["text"].tolist() == ["be\ufffdfore"]
    with pytest.warns(InputWarning, match="column state holds what is none of its values"):
        cells, about = written(COVERAGE.frame([ROW | {"state": "new"}]), tmp_path / f"coverage.{form}")
    assert cells["state"].tolist() == ["new"]
    assert about.variable_value_labels == {}
    with pytest.raises(InputError, match=r"column n has an infinite number, which \w+ cannot store"):
        compare.write_table(pd.DataFrame({"n": [np.inf]}), tmp_path / f"own.{form}")
    with pytest.raises(InputError, match="the table has no columns; there is nothing to write"):
        compare.write_table(pd.DataFrame(), tmp_path / f"own.{form}")


@pytest.mark.parametrize("form", FORMS)
def test_a_table_without_rows_keeps_its_variables(tmp_path, form):
    cells, about = written(COVERAGE.frame([]), tmp_path / f"coverage.{form}")
    assert len(cells) == 0
    assert about.column_names == COVERAGE.names


@pytest.mark.parametrize(("rows", "room"), [(10_000, 1000), (20, 0), (20, 550)])
def test_a_full_disk_leaves_the_old_file_whole(tmp_path, rows, room):
    table = pd.DataFrame({"n": np.arange(float(rows))})
    for form in FORMS:
        path = tmp_path / f"own.{form}"
        path.write_text("old", encoding="utf-8")
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
        try:
            with pytest.raises(InputError, match="written"):
                compare.write_table(table, path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, ignored)
        assert path.read_text(encoding="utf-8") == "old"


def test_without_pyreadstat_the_extra_is_named(tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **options):
        if name == "pyreadstat":
            raise ImportError(name)
        return real(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r'^Writing \.sav needs .* pip install "storydiff\[spss\]"'):
        compare.write_table(COVERAGE.frame([]), tmp_path / "coverage.sav")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_command_line_writes_them(tmp_path, form):
    article = tmp_path / "Gannet.txt"
    article.write_text("Ferry\n\nThe ferry sank off the quay on Monday. All 40 passengers were rescued.", "utf-8")
    book = tmp_path / "book.csv"
    book.write_text("claim_id,claim\nsank,The ferry sank.\n2nd,Everybody was rescued.\n", "utf-8")
    output = tmp_path / f"coverage.{form}"
    asked = ["track", str(article), "--codebook", str(book), "-o", str(output)]
    done = CliRunner().invoke(main, asked)
    assert (done.exit_code, done.stdout) == (0, f"2 rows: {output}\n")
    assert FORMS[form](output)[1].variable_value_labels["state"][7] == "omitted"
    done = CliRunner().invoke(main, [*asked, "--format", "wide"])
    assert done.exit_code == 0
    assert f"storydiff: {output}: " in done.stderr
    assert "'2nd' is v_2nd; the variable's label begins with the column's name.\n" in done.stderr
    assert FORMS[form](output)[1].column_names_to_labels["v_2nd"] == "2nd: Everybody was rescued."
    done = CliRunner().invoke(main, [*asked[:-1], str(tmp_path / "coverage.xlsx")])
    assert done.exit_code == 2
    assert done.stderr == (
        f"storydiff: {tmp_path}/coverage.xlsx: cannot be written in this format; "
        "end the name in .csv, .jsonl, .parquet, .sav (SPSS) or .dta (Stata).\n"
    )
