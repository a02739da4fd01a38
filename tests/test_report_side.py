"""Articles side by side, in a real browser: one line for the same, gaps where an outlet says nothing of it."""

import pytest
from report_stories import small_story, synthetic_story


@pytest.fixture
def side(open_page, tmp_path):
    """Open a story's report at its side-by-side view."""

    def opened(story, **options):
        page = open_page(story.report(tmp_path / "report.html"), **options)
        if page.locator("#side").count():
            page.locator("#side").scroll_into_view_if_needed()
            page.locator(".beside").wait_for()
        return page

    return opened


def choose(page, *outlets):
    for place, outlet in enumerate(outlets):
        page.locator(".outlet-choice").nth(place).select_option(outlet)


def lines(page):
    """The text of every line, cell by cell."""
    rows = page.locator(".beside tbody tr")
    return [[cell.split("\n")[0] for cell in row.locator("td").all_inner_texts()] for row in rows.all()]


def test_what_says_the_same_stands_on_one_line_and_what_is_missing_is_a_gap(side):
    page = side(small_story())
    choose(page, "Northern Courier", "Evening Post")
    assert page.locator(".beside thead th").all_inner_texts() == ["Northern Courier", "Evening Post"]
    assert lines(page) == [
        ["The two sides agreed on a truce of 30 days.", "A truce of 30 days was agreed by the two sides."],
        ["Seventeen people were killed on Monday.", "– left out"],
        ["The port stays closed.", "The port remains closed until Friday."],
        ["? undecided", "Mayor Calder said that the city would stay."],
        ["– left out", "Rain is expected."],
    ]
    gaps = page.locator(".beside .gap").all_inner_texts()
    assert "7\xa0% chance that it is carried" in gaps[0]
    assert "41\xa0% chance that it is carried" in gaps[1]
    assert page.locator("#beside-shown").inner_text() == "5 lines: 2 told by all 2, 3 by one of them alone"
    assert page.locator("#beside caption").inner_text() == "An omission is an estimate, not proof of intent."


def test_changed_words_are_marked_against_the_first_outlet(side):
    page = side(small_story())
    choose(page, "Northern Courier", "Daily Herald")
    changed = page.locator(".beside td", has_text="Seventy-one")
    assert changed.locator("ins").all_inner_texts() == ["Seventy-one"]
    assert changed.locator("del").all_inner_texts() == ["Seventeen"]
    assert "altered" in changed.inner_text()


def test_up_to_four_outlets_and_only_lines_that_differ(side):
    page = side(small_story())
    choose(page, "Northern Courier", "Evening Post", "Daily Herald")
    assert page.locator(".beside thead th").count() == 3
    page.select_option("#lines", "different")
    assert [row[0] for row in lines(page)] == [
        "Seventeen people were killed on Monday.",
        "The port stays closed.",
        "? undecided",
    ]
    choose(page, "Northern Courier", "Northern Courier", "none")
    assert page.locator("#beside").inner_text() == "There are no such lines."
    assert page.locator("#beside-shown").inner_text().endswith("lines of one outlet")
    page.select_option("#lines", "every")
    assert page.locator(".beside thead th").all_inner_texts() == ["Northern Courier"]


def test_a_sentence_of_another_line_is_linked_and_reached_by_keyboard(side):
    story = small_story()
    again = story.mentions[(story.mentions["claim_id"] == "1") & (story.mentions["outlet"] == "Northern Courier")]
    third = story.sentences[story.sentences["sentence_id"] == "a-Northern Courier:2"].iloc[0]
    again = again.assign(sentence_id=third["sentence_id"], start=third["start"], end=third["end"])
    # The Courier's third sentence tells claim 1 again: at the Herald that stands on the first line.
    story.mentions.loc[len(story.mentions)] = again.iloc[0]
    page = side(story)
    choose(page, "Northern Courier", "Daily Herald")
    link = page.get_by_role("link", name="told on another line")
    link.first.press("Enter")
    page.wait_for_function("document.activeElement.matches('.beside td')")
    assert "Both sides agreed" in page.locator(".beside td:focus").inner_text()


def test_a_phone_stacks_the_versions_under_their_outlets(side):
    page = side(small_story(), viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    one, other = page.locator(".beside tbody tr").first.locator("td").all()
    assert one.bounding_box()["y"] < other.bounding_box()["y"]
    assert page.locator(".beside td").first.evaluate("(cell) => getComputedStyle(cell, '::before').content") != "none"


def test_long_articles_come_a_screenful_at_a_time(side):
    page = side(synthetic_story(3, 300))
    assert page.locator(".beside tbody tr").count() == 60
    page.get_by_role("button", name="Show more lines").click()
    assert page.locator(".beside tbody tr").count() == 120


def test_with_one_outlet_there_is_nothing_to_put_beside(side):
    page = side(small_story(outlets=1))
    assert page.locator("#side").count() == 0
