"""The coders' form in a real browser: keys, saving, loading, drafts, a phone, hostile text, no network."""

import json

import pytest
from coded_runs import run

import compare
from compare.errors import InputWarning

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'\u2028<b>&lt;"


@pytest.fixture
def folder(tmp_path):
    tables = run(stories=2)
    tables.claims.loc[:, "claim"] = tables.claims["claim"] + HOSTILE
    tables.articles.loc[:, "text"] = tables.articles["text"] + HOSTILE
    return compare.sample_decisions(tables, 20, overlap=20).write(tmp_path / "sheets")


@pytest.fixture
def visit(browser, folder):
    """Open coder-1's form; whatever the page complains about, asks or fetches fails the test."""
    complaints, contexts = [], []

    def opened(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith(("file:", "blob:")) or complaints.append(request.url))
        page.goto((folder / "coder-1.html").as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def saved(page, path):
    with page.expect_download() as download:
        page.locator("#save").click()
    assert download.value.suggested_filename == "coder-1.answers.json"
    download.value.save_as(path)
    return path


def test_a_coder_codes_by_keyboard_saves_and_the_file_is_read_back(visit, folder, tmp_path):
    page = visit()
    for number in range(20):
        page.keyboard.press("1" if number % 2 else "3")
        page.keyboard.press("Enter")
    assert "20 of 20 answered" in page.locator("#progress").text_content()
    assert "All units are answered" in page.locator("#message").text_content()
    path = saved(page, tmp_path / "coder-1.answers.json")
    with pytest.warns(InputWarning):  # the other coder's sheet is missing
        labels = compare.read_sheets(path, folder / "key.parquet").labels
    assert labels["code"].tolist() == ["no", "yes"] * 10


def test_the_keys_work_at_once_and_after_a_click_on_the_article(visit):
    page = visit()
    page.keyboard.press("2")
    assert page.locator("input[name=code]:checked").get_attribute("value") == "part"
    page.locator("#text").click()
    page.keyboard.press("3")
    assert page.locator("input[name=code]:checked").get_attribute("value") == "no"
    page.locator("#guide summary").focus()
    page.keyboard.press("1")
    assert page.locator("input[name=code]:checked").get_attribute("value") == "no"
    assert page.evaluate("window.scrollY") == 0


def test_every_control_is_named_and_those_of_a_unit_are_reached_by_tab(visit):
    page = visit()
    names = page.evaluate(
        "[...document.querySelectorAll('button, input, textarea')].map(e => "
        "(e.labels && e.labels.length ? e.labels[0].textContent : e.textContent).trim())"
    )
    assert all(names), names
    page.locator("#claim").focus()
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.name"))
    assert reached == ["code", "note", "next", "open"]


def test_a_note_with_digits_chooses_nothing(visit, tmp_path):
    page = visit()
    page.locator("#note").fill("")
    page.locator("#note").press_sequentially("12 of 3")
    path = saved(page, tmp_path / "a.json")
    first = json.loads(path.read_text(encoding="utf-8"))["answers"][0]
    assert (first["code"], first["note"]) == ("", "12 of 3")


def test_saved_answers_are_loaded_into_a_fresh_form_and_others_are_refused(visit, tmp_path):
    page = visit()
    page.get_by_label("part", exact=False).first.check()
    path = saved(page, tmp_path / "a.json")
    fresh = visit()
    assert "0 of 20" in fresh.locator("#progress").text_content()
    fresh.set_input_files("#load", path)
    fresh.get_by_text("Loaded: 1 of 20 are answered.").wait_for()
    assert fresh.locator("#number").text_content() == "Unit 2 of 20"
    other = json.loads(path.read_text(encoding="utf-8")) | {"sample": "another"}
    path.write_text(json.dumps(other), encoding="utf-8")
    fresh.set_input_files("#load", path)
    fresh.get_by_text("nothing was changed").wait_for()


def test_a_closed_window_loses_nothing(visit):
    page = visit()
    page.get_by_label("yes", exact=False).first.check()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert "1 of 20 answered" in page.locator("#progress").text_content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(visit, scheme):
    page = visit(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page.locator("#guide summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_hostile_text_stays_text(visit):
    page = visit()
    assert HOSTILE in page.locator("#claim").text_content()
    assert HOSTILE in page.locator("#text").text_content()
    assert page.locator("img, b:not(label b), iframe").count() == 0
    assert page.locator("script").count() == 2


def test_without_javascript_it_names_the_csv_file(visit):
    page = visit(java_script_enabled=False)
    assert page.get_by_text("use the CSV file of the same name").is_visible()
    assert page.locator("#main").is_hidden()
