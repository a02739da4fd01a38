"""A report's findings as a sheet: marks are read back without a key, and say how often the findings are right."""

import csv
import io
import warnings

import pytest
from test_findings import BRIDGE, FERRY, SURE, story

import compare
from compare.cli.terminal import validation_as_text
from compare.errors import InputError
from compare.report.story.findings import brief_of
from compare.report.story.payload import marks_sheet
from compare.report.story.view import view_of
from compare.validation.marks import COLUMNS

CELLS = {FERRY: f"{SURE} ..05", BRIDGE: "=.99 ~.95 ~.93 ?.40 !.90"}


@pytest.fixture
def sheet():
    view = view_of(story(CELLS))
    return marks_sheet(view, brief_of(view, []).decisions)


def filled(sheet, path, *codes, coder="ada"):
    """Write the sheet as the page does, with a code and a note of right or wrong in each row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sheet["columns"])
    for row, code in zip(sheet["rows"], codes, strict=True):
        told = {"coder": coder, "code": code, "note": code and ("right" if code == row["code"] else "wrong")}
        writer.writerow([told.get(name, cell) for name, cell in zip(sheet["columns"], row["cells"], strict=True)])
    path.write_text("\ufeff" + out.getvalue(), encoding="utf-8", newline="")
    return path


def read(*paths):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compare.read_sheets(paths)


def test_a_row_for_every_decision_says_what_whoever_agrees_would_say(sheet):
    cells = [dict(zip(COLUMNS, row["cells"], strict=True)) for row in sheet["rows"]]
    assert [(row["claim"], row["outlet"], row["code"]) for row in sheet["rows"]] == [(1, 4, "part"), (0, 4, "no")]
    assert [(one["outlet"], one["state"], one["probability"]) for one in cells] == [
        ("Beacon", "altered", 0.9),
        ("Beacon", "omitted", 0.05),
    ]
    assert sheet["findings"] == [[0], [1]]
    assert len({one["unit"] for one in cells}) == 2
    assert {one["coder"] + one["article"] + one["code"] for one in cells} == {""}


def test_marks_are_read_back_without_a_key(sheet, tmp_path):
    found = read(filled(sheet, tmp_path / "marks.csv", "yes", "no"))
    assert found.decisions["truth"].tolist() == [1, 0]
    assert "Of 2 decisions that marked findings rest on, 1 is called right." in validation_as_text(found)
    assert found.accuracy().set_index("measure").loc["omission precision", "estimate"].tolist() == [1, 1]


def test_two_readers_marks_of_one_report_agree_or_not(sheet, tmp_path):
    one = filled(sheet, tmp_path / "ada.csv", "no", "part")
    other = filled(sheet, tmp_path / "bo.csv", "yes", "part", coder="bo")
    agreement = read(one, other).agreement(draws=0).set_index(["measure", "codes"])["estimate"]
    assert agreement["percent agreement", "all"] == 0.5


def test_marks_of_two_reports_or_with_a_decision_that_is_none_are_refused(sheet, tmp_path):
    view = view_of(story(CELLS | {FERRY: f"{SURE} ..06"}))
    other = marks_sheet(view, brief_of(view, []).decisions)
    paths = [filled(sheet, tmp_path / "a.csv", "no", "part"), filled(other, tmp_path / "b.csv", "no", "part")]
    with pytest.raises(InputError, match="are marks of different reports"):
        read(*paths)
    broken = paths[0].read_text(encoding="utf-8").replace("omitted", "ommitted")
    paths[0].write_text(broken, encoding="utf-8", newline="")
    with pytest.raises(InputError, match="'ommitted' and probability"):
        read(paths[0])
