"""The codebook in the page: what a reader unticks, merges and rewords is saved as the toolkit's own file.

Needs Chromium and the playwright package; without them the tests are skipped, except in CI.
"""

import pytest
from report_stories import small_story, synthetic_story

from compare.claims.codebook import read_claims, write_codebook


@pytest.fixture
def panel(open_page, tmp_path):
    """Open a story's report and unfold the claims that can be edited."""

    def opened(story, **options):
        page = open_page(story.report(tmp_path / "page.html"), **options)
        page.locator("#codebook summary").click()
        return page

    return opened


def saved(page, path):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save codebook.csv").click()
    assert download.value.suggested_filename == "codebook.csv"
    download.value.save_as(path)
    return path


def test_what_nobody_edited_is_saved_as_the_toolkit_writes_it(panel, tmp_path):
    story = small_story(lambda text: text.replace("Rain is expected.", '=Rain, he "said",\nis expected.'))
    page = panel(story)
    assert (
        saved(page, tmp_path / "page.csv").read_bytes()
        == write_codebook(story.codebook(), tmp_path / "codebook.csv").read_bytes()
    )
    assert page.locator("#saved").inner_text() == "The claims are in codebook.csv, in your browser’s download folder."


def test_claims_are_dropped_merged_and_reworded(panel, tmp_path):
    page = panel(small_story())
    page.get_by_label("keep claim 5").uncheck()
    page.get_by_label("wording of claim 3").fill(' The port is "closed". ')
    merge = page.get_by_label("claim 2 is the same as")
    merge.focus()
    assert [text[:2] for text in merge.locator("option").all_inner_texts()] == ["no", "1 ", "3 ", "4 "]
    merge.select_option("0")
    other = page.get_by_label("claim 1 is the same as")
    other.focus()
    assert [text[:2] for text in other.locator("option").all_inner_texts()] == ["no", "3 ", "4 "], "no circles"
    book = {claim.claim_id: claim.wordings for claim in read_claims(saved(page, tmp_path / "codebook.csv"))}
    assert list(book) == ["1", "3", "4"]
    assert len(book["1"]) == 2
    assert book["3"] == ('The port is "closed".',)


def test_what_could_not_be_read_is_not_saved(panel):
    page = panel(small_story())
    save, told = page.get_by_role("button", name="Save codebook.csv"), page.locator("#saved")
    page.get_by_label("claim 2 is the same as").focus()
    page.get_by_label("claim 2 is the same as").select_option("0")
    page.get_by_label("keep claim 1").uncheck()
    save.click()
    assert told.inner_text() == ("Claim 2 is the same as claim 1, which is not kept: keep it, too, or choose another.")
    page.get_by_label("keep claim 1").check()
    page.get_by_label("wording of claim 3").fill(" ")
    save.click()
    assert told.inner_text() == "Claim 3 has no words: enter some, or do not keep it."
    for number in range(1, 6):
        page.get_by_label(f"keep claim {number}").uncheck()
    save.click()
    assert told.inner_text() == "Keep at least one claim."


def test_of_many_claims_some_are_shown_and_the_others_found(panel):
    page = panel(synthetic_story(3, 150))
    lines = page.locator("#edits tbody tr")
    assert lines.count() == 100
    page.get_by_role("button", name="Show more claims").last.click()
    assert lines.count() == 150
    page.get_by_label("keep claim 7", exact=True).uncheck()
    page.get_by_label("Find claims with the words").fill(
        page.get_by_label("wording of claim 7", exact=True).input_value()
    )
    assert lines.count() == 1
    assert not page.get_by_label("keep claim 7", exact=True).is_checked()


def test_the_panel_fits_a_phone(panel):
    page = panel(small_story(), viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
