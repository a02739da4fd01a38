"""Sheets read back in every form; what is missing, foreign or contradictory is said."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner
from coded_runs import fill, rewrite, rows_of, run, true_code
from stored_runs import stored

import compare
from compare.cli import main
from compare.errors import InputError, InputWarning

TABLES = run(stories=3)


@pytest.fixture
def sample():
    return compare.sample_decisions(TABLES, 60, overlap=20)


@pytest.fixture
def folder(sample, tmp_path):
    return sample.write(tmp_path / "sheets")


@pytest.fixture
def filled(sample, folder):
    """Both coders answer rightly."""
    return [fill(folder, coder, lambda unit: true_code(sample, TABLES.truth, unit)) for coder in sample.assigned]


def refusal(*arguments, **options):
    with pytest.raises(InputError) as error:
        compare.read_sheets(*arguments, **options)
    return str(error.value)


def warnings_of(*arguments):
    with pytest.warns(InputWarning):
        return compare.read_sheets(*arguments).warnings


def test_coders_who_are_right_agree_and_measure_the_toolkit(filled):
    validation = compare.read_sheets(filled)
    assert validation.warnings == ()
    agreement = validation.agreement().set_index(["measure", "codes"])["estimate"]
    assert agreement["Krippendorff's alpha, nominal", "carried or not"] == 1
    accuracy = validation.accuracy().query("stratum == 'all'").set_index("measure")
    called = TABLES.coverage["state"] == "paraphrased"
    cells = zip(TABLES.coverage["claim_id"], TABLES.coverage["outlet"], strict=True)
    truth = pd.Series([TABLES.truth[cell] for cell in cells])
    for measure, true in (("precision", truth[called].mean()), ("recall", called[truth].mean())):
        row = accuracy.loc[measure]
        assert row["low"] <= true <= row["high"], measure
    assert validation.sentence.startswith("validated: 60 of 108 decisions coded, alpha 1.00, precision 1.00")


@pytest.mark.medium
def test_all_decisions_coded_are_a_plain_count(tmp_path):
    sample = compare.sample_decisions(TABLES, 200, coders=["anna", "ben"], overlap=200)
    folder = sample.write(tmp_path / "all")
    paths = [fill(folder, coder, lambda unit: true_code(sample, TABLES.truth, unit)) for coder in sample.assigned]
    validation = compare.read_sheets(paths)
    table = validation.decisions
    called, truth = table["state"] == "paraphrased", table["truth"] == 1
    rows = validation.accuracy().query("stratum == 'all'").set_index("measure")
    assert rows.loc["precision", "estimate"] == pytest.approx(truth[called].mean())
    assert rows.loc["recall", "estimate"] == pytest.approx(called[truth].mean())
    assert rows.loc["precision", "low"] == rows.loc["precision", "high"] == rows.loc["precision", "estimate"]
    rates = compare.corrected_rates(validation).set_index("group")["estimate"]
    assert rates.to_dict() == pytest.approx(truth.groupby(table["outlet"]).mean().to_dict())


def test_precision_is_weighted_by_hand(filled):
    # Horvitz-Thompson: each coded decision counts as many times as its stratum's decisions per coded one.
    validation = compare.read_sheets(filled)
    key = pd.read_parquet(filled[0].parent / "key.parquet")
    drawn = key.dropna(subset=["unit"])
    weight = 1 / drawn["sampling_probability"]
    called = drawn["state"] == "paraphrased"
    right = pd.Series(
        [TABLES.truth[k] for k in zip(drawn["claim_id"], drawn["outlet"], strict=True)], index=drawn.index
    )
    by_hand = (weight * (called & right)).sum() / (weight * called).sum()
    found = validation.accuracy().query("stratum == 'all' and measure == 'precision'")["estimate"].iloc[0]
    assert found == pytest.approx(by_hand)


def test_errors_are_listed_with_evidence_and_who_said_what(sample, folder):
    wrong = {"yes": "no", "no": "yes"}
    paths = [fill(folder, c, lambda unit: wrong[true_code(sample, TABLES.truth, unit)]) for c in sample.assigned]
    errors = compare.read_sheets(paths).confusions()
    first = errors.iloc[0]
    assert first["error"] in {"called carried", "called omitted"}
    assert first["evidence"].startswith("evidence")
    assert first["coders"].startswith("coder-")
    assert set(errors["error"]) == {"called carried", "called omitted", "undecided"}


def test_part_counts_as_carried_unless_it_is_not_wanted(sample, folder):
    paths = [fill(folder, coder, lambda _: "part") for coder in sample.assigned]
    assert (compare.read_sheets(paths).decisions["truth"].dropna() == 1).all()
    assert (compare.read_sheets(paths, carried=["yes"]).decisions["truth"].dropna() == 0).all()
    assert "give codes of no, part, yes" in refusal(paths, carried=["maybe"])


def test_every_form_gives_the_same_labels(sample, folder, tmp_path):
    code = {unit: true_code(sample, TABLES.truth, unit) for unit in sample.units["unit"]}
    sheet = fill(folder, "coder-1", code.get)
    rows = rows_of(sheet)
    answers = [{"unit": row["unit"], "code": row["code"], "note": ""} for row in rows]
    form = {"storydiff": "answers", "sample": sample.sample_id, "coder": "coder-1", "answers": answers}
    saved = tmp_path / "form.json"
    saved.write_text(json.dumps(form), encoding="utf-8")
    for path in (sheet, saved):
        with pytest.warns(InputWarning):  # the other coder's sheet is missing
            labels = compare.read_sheets(path, folder / "key.parquet").labels
        assert dict(zip(labels["unit"], labels["code"], strict=True)) == {row["unit"]: row["code"] for row in rows}
        assert set(labels["coder"]) == {"coder-1"}


def test_a_spreadsheet_may_save_with_semicolons_capitals_and_a_byte_order_mark(filled):
    text = filled[0].read_text(encoding="utf-8")
    rows = rows_of(filled[0])
    lines = ["sample;coder;unit;code"] + [f"{r['sample']};{r['coder']};{r['unit']}; {r['code'].upper()} " for r in rows]
    before = compare.read_sheets(filled).labels["code"].tolist()
    filled[0].write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")
    assert filled[0].read_text(encoding="utf-8") != text
    assert compare.read_sheets(filled).labels["code"].tolist() == before


def test_labels_of_another_run_are_refused(filled, tmp_path):
    other = compare.sample_decisions(run(stories=3, seed=2), 60).write(tmp_path / "other")
    said = refusal(filled, other / "key.parquet")
    assert said.startswith(f"{filled[0]}, line 2: belongs to sample ")
    assert "labels of another run or sample cannot be used" in said


def test_a_unit_that_is_not_in_the_sample_is_refused(filled):
    rows = rows_of(filled[0])
    rows[0]["unit"] = "u0"
    assert "line 2: unit 'u0' is not in the sample" in refusal([rewrite(filled[0], rows), filled[1]])


def test_an_unknown_code_is_refused(filled):
    rows = rows_of(filled[1])
    rows[2]["code"] = "maybe"  # each article before it takes three lines
    said = refusal([filled[0], rewrite(filled[1], rows)])
    assert said == f'{filled[1]}, line 8: the code "maybe" is unknown; codes are no, part, yes and unsure, or nothing.'


def test_contradicting_labels_of_one_coder_are_refused(filled, folder):
    rows = rows_of(filled[0])
    again = {**rows[0], "code": {"yes": "no", "no": "yes"}[rows[0]["code"]]}
    said = refusal([rewrite(filled[0], [*rows, again]), filled[1]])
    assert f"coder-1 codes unit {rows[0]['unit']} as {again['code']}, but as {rows[0]['code']} in " in said
    same = rewrite(folder / "same.csv", [*rows, rows[0]])
    assert len(compare.read_sheets([same, filled[1]]).labels) == len(rows) + len(rows_of(filled[1]))


def test_missing_rows_are_counted(filled):
    rows = rows_of(filled[0])
    path = rewrite(filled[0], rows[3:])
    assert warnings_of([path, filled[1]])[0] == f"coder-1: 3 of {len(rows)} rows are missing"
    path = rewrite(filled[0], rows[1:])
    assert warnings_of([path, filled[1]])[0] == f"coder-1: 1 of {len(rows)} rows is missing"
    path = rewrite(filled[0], [{**rows[0], "code": ""}, *rows[1:]])
    assert warnings_of([path, filled[1]])[0] == f"coder-1: 1 of {len(rows)} units has no code"


@pytest.mark.medium
def test_a_coder_who_answered_nothing_is_left_out_and_agreement_says_so(filled, folder):
    empty = fill(folder, "coder-2", lambda _: "")
    said = warnings_of([filled[0], empty])
    assert said[0] == "coder-2: answered nothing and is left out"
    assert "one coder only: agreement cannot be computed" in said
    with pytest.warns(InputWarning):
        validation = compare.read_sheets([filled[0], empty])
    assert "alpha unknown" in validation.sentence
    assert (validation.agreement()["note"].str.startswith("undefined: one coder only")).all()


def test_sheets_without_any_answer_are_refused(folder):
    assert refusal([folder / "coder-1.csv"]).startswith("no unit is answered in ")


def test_no_overlap_is_said(tmp_path):
    sample = compare.sample_decisions(TABLES, 60, overlap=0)
    folder = sample.write(tmp_path / "apart")
    paths = [fill(folder, coder, lambda unit: true_code(sample, TABLES.truth, unit)) for coder in sample.assigned]
    assert warnings_of(paths) == ("no unit was coded by two coders: agreement cannot be computed",)


def test_the_same_code_everywhere_is_a_figure_with_a_reason_and_no_silent_gap(folder):
    paths = [fill(folder, coder, lambda _: "no") for coder in ("coder-1", "coder-2")]
    validation = compare.read_sheets(paths)
    for table in (validation.agreement(), validation.accuracy(), compare.corrected_rates(validation)):
        gaps = table[table[["estimate", "low", "high"]].isna().any(axis=1)]
        assert (gaps["note"] != "").all()
    rows = validation.accuracy().query("stratum == 'all'").set_index("measure")
    assert rows.loc["precision", "estimate"] == 0
    assert rows.loc["precision", "high"] > 0
    assert rows.loc["recall", "note"] == "no coded unit counts for this"
    assert "alpha unknown" in validation.sentence
    assert "recall unknown" in validation.sentence


def test_unsure_is_a_missing_code(sample, folder):
    first = sample.assigned["coder-1"][0]
    paths = [
        fill(folder, coder, lambda unit: "unsure" if unit == first else true_code(sample, TABLES.truth, unit))
        for coder in sample.assigned
    ]
    with pytest.warns(InputWarning, match="unsure"):
        validation = compare.read_sheets(paths)
    assert validation.decisions["truth"].notna().sum() == 59


def test_strata_with_hardly_a_label_join_their_neighbour(sample, folder):
    stratum = sample.decisions.set_index("unit")["stratum"]
    paths = [
        fill(folder, c, lambda unit: "" if stratum[unit] == "0.35 to 0.50" else true_code(sample, TABLES.truth, unit))
        for c in sample.assigned
    ]
    assert any("strata 0.35 to 0.50, 0.50 to 0.80 share one weight" in said for said in warnings_of(paths))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.txt", "yes", "x.txt: is not a sheet; give filled CSV sheets"),
        ("x.json", "{", "x.json: is not JSON"),
        ("x.json", '{"a": 1}', "x.json: holds no answers"),
        ("x.json", '[{"unit": "u", "code": "yes"}]', "x.json: holds no answers"),
        ("x.csv", "unit,code\nu1,yes\n", 'x.csv: has no column "sample"'),
    ],
)
def test_files_that_are_no_sheets_are_said(folder, tmp_path, name, content, message):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert message in refusal([path], folder / "key.parquet")


def test_a_key_that_is_none_is_said(filled, tmp_path):
    assert "there is no such key" in refusal(filled, tmp_path / "key.parquet")
    TABLES.coverage.to_parquet(tmp_path / "table.parquet")
    assert "is not the key of a sample" in refusal(filled, tmp_path / "table.parquet")
    assert "is a folder; name the sheets in it" in refusal(filled[0].parent, filled[0].parent / "key.parquet")
    assert refusal([]) == "there are no sheets; name at least one file."


@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_sheet_is_said_to_be_empty(folder, tmp_path, content):
    path = tmp_path / "coder-1.csv"
    path.write_text(content, encoding="utf-8")
    assert (
        refusal([path], folder / "key.parquet")
        == f"{path}: is empty; give the sheet with its answers, or leave it out."
    )


@pytest.mark.medium
def test_agree_takes_a_folder_of_sheets(filled):
    both, each = (CliRunner().invoke(main, ["agree", *map(str, sheets)]) for sheets in ([filled[0].parent], filled))
    assert both.exit_code == 0, both.output
    assert both.stdout == each.stdout


def test_what_is_no_validation_is_refused(tmp_path):
    sentence = "validation is text: give what compare.read_sheets(...) returns for the coders' sheets."
    story = compare.compare_story([{"outlet": "Gannet", "text": "A ferry sank off Port Velland."}], reader=None)
    with pytest.raises(compare.InputError) as error:
        story.report(tmp_path / "r.html", validation="sheets")
    assert str(error.value) == sentence
    with pytest.raises(compare.InputError) as error:
        stored(tmp_path / "run").corpus.with_validation("sheets")
    assert str(error.value) == sentence


@pytest.mark.medium
def test_the_command_line_from_articles_to_corrected_rates(tmp_path):
    articles = tmp_path / "ferry"
    articles.mkdir()
    (articles / "Gannet.txt").write_text(
        "A ferry sinks\n\nThe ferry sank off Port Velland on Monday. All 40 passengers were rescued.", encoding="utf-8"
    )
    (articles / "Orrery.txt").write_text(
        "Ferry lost\n\nA ferry has sunk off Port Velland. Its owner would not comment.", encoding="utf-8"
    )
    drawn = CliRunner().invoke(main, ["sample", str(articles), "-o", str(tmp_path / "sheets"), "--coders", "anna,ben"])
    assert drawn.exit_code == 0, drawn.output
    assert "keep key.parquet" in drawn.stdout
    paths = [
        str(fill(tmp_path / "sheets", coder, lambda unit: "yes" if unit > "u8" else "no")) for coder in ("anna", "ben")
    ]
    read = CliRunner().invoke(main, ["agree", *paths, "-o", str(tmp_path / "out")])
    assert read.exit_code == 0, read.output
    assert read.stdout.startswith("Validated: ")
    assert "nan" not in read.stdout
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"agreement.csv", "accuracy.csv", "confusions.csv", "rates.csv", "differences.csv", "labels.csv"} == written
    again = CliRunner().invoke(main, ["sample", str(articles), "-o", str(tmp_path / "sheets")])
    assert again.exit_code == 2
    assert "sheets are never overwritten" in again.stderr
