"""The table of copies, and sections that are there only where there is something to show."""

from report_stories import quoted_story, small_story

from compare.report.story.copied import copy_rows
from compare.report.story.page import render_page
from compare.report.story.view import view_of


def test_the_fullest_copy_comes_first_and_the_others_say_what_they_lack():
    rows = copy_rows(view_of(quoted_story()))
    assert [(row["text"], row["agency"], row["outlet"], row["lacks"]) for row in rows] == [
        (1, "Longwave", "Northern Courier", 0),
        (1, "Longwave", "Evening Post", 7),
    ]
    assert [row["sentences"] for row in rows] == [3, 4], "without boilerplate"
    assert copy_rows(view_of(small_story())) == []


def test_sections_without_anything_to_show_are_not_there():
    page = render_page(small_story(outlets=1))
    assert not [name for name in ("timeline", "copies") if f'id="{name}"' in page or f'"#{name}"' in page]
    assert 'id="copies"' not in render_page(small_story())
    assert 'id="copies"' in render_page(quoted_story())


def test_names_are_shown_and_never_markup():
    page = render_page(small_story(lambda text: f"<b onclick='x'>{text}"))
    assert "<b onclick" not in page
    assert "&lt;b onclick" in page
