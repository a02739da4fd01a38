"""Findings marked right or wrong in the page, saved, and given to `storydiff agree`.

Needs Chromium and the playwright package; without them the tests are skipped, except in CI.
"""

import csv

import pytest
from click.testing import CliRunner
from test_findings import BRIDGE, FERRY, SURE, story

from compare.cli import main
from compare.report.story.page import write_page
from compare.validation.marks import COLUMNS

DOCKS = "Harlow council has sold the empty docks at Tarnley for 12 million pounds."


@pytest.fixture
def page(open_page, tmp_path):
    told = {FERRY: f"{SURE} ..05", DOCKS: "=.99 ~.95 ~.93 ..05 ..06", BRIDGE: "=.99 ~.95 ~.93 ?.40 !.90"}
    path = write_page(story(told), tmp_path / "page.html", plotly=False)
    return open_page(path, viewport={"width": 360, "height": 800})


def finding(page, words):
    return page.locator(".findings > li", has_text=words)


def mark(page, words, how):
    button = finding(page, words).get_by_role("button", name=how)
    button.click()
    return button


def saved(page, path):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save marks").click()
    assert download.value.suggested_filename == "marks.csv"
    download.value.save_as(path)
    assert page.locator("#marked").inner_text() == "Your marks are in marks.csv, in your browser’s download folder."
    return path


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_findings_are_marked_saved_and_read_by_agree(page, tmp_path):
    assert page.locator("#marked").inner_text() == "0 of 3 marked."
    assert mark(page, "Selwick ferry", "Right").get_attribute("aria-pressed") == "true"
    mark(page, "old bridge", "Wrong")
    finding(page, "old bridge").get_by_label("Beacon on").select_option("yes")
    mark(page, "empty docks", "Wrong")
    finding(page, "empty docks").get_by_label("Pilot on").select_option("part")
    page.get_by_label("Your name").fill("ada")
    assert page.locator("#marked").inner_text() == "3 of 3 marked."
    path = saved(page, tmp_path / "marks.csv")
    found = rows(path)
    assert list(found[0]) == list(COLUMNS)
    assert {(row["claim"], row["outlet"]): (row["code"], row["note"]) for row in found} == {
        (FERRY, "Beacon"): ("no", "right"),
        (BRIDGE, "Beacon"): ("yes", "wrong"),
        (DOCKS, "Pilot"): ("part", "wrong"),
        (DOCKS, "Beacon"): ("", ""),
    }
    assert {(row["coder"], row["article"]) for row in found} == {("ada", "A sentence")}
    told = CliRunner().invoke(main, ["agree", str(path)])
    assert told.exit_code == 0, told.output
    assert "3 of 4 decisions coded" in told.output
    assert "Of 3 decisions that marked findings rest on, 1 is called right." in told.output


def test_a_mark_is_taken_back_and_what_else_the_article_says_is_asked_only_of_what_is_wrong(page, tmp_path):
    instead = finding(page, "Selwick ferry").get_by_label("Beacon on")
    assert not instead.is_visible()
    wrong = mark(page, "Selwick ferry", "Wrong")
    assert instead.is_visible()
    assert [option[:20] for option in instead.locator("option").all_inner_texts()] == [
        "The article says thi",
        "The article says a p",
        "It cannot be told fr",
    ], "not what the finding says"
    wrong.click()
    assert not instead.is_visible()
    assert wrong.get_attribute("aria-pressed") == "false"
    assert {row["code"] for row in rows(saved(page, tmp_path / "marks.csv"))} == {""}


def test_marking_works_by_keyboard_and_nothing_is_wider_than_a_phone(page):
    right = finding(page, "Selwick ferry").get_by_role("button", name="Right")
    right.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    buttons = finding(page, "Selwick ferry").locator(".judge button").all()
    assert [button.get_attribute("aria-pressed") for button in buttons] == ["false", "true"]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    heights = [box.bounding_box()["height"] for box in page.locator(".judge button:visible").all()]
    assert min(heights) >= 24, "large enough for a finger"
