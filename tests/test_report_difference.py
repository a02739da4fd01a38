"""Two outlets compared: the rows, the figure, and the page that fills it for any two, in a browser too."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from click.testing import CliRunner
from report_stories import small_story, synthetic_story
from stored_runs import stored

import compare
from compare.cli import main
from compare.errors import InputError
from compare.report.figures.difference import SIDES, difference_rows
from compare.report.look import PAPERS
from compare.report.story.page import render_page
from compare.report.story.view import view_of


@pytest.fixture
def visit(open_page, tmp_path):
    """Open a story's report where its figures come into view."""

    def opened(story, **options):
        page = open_page(story.report(tmp_path / "report.html"), reduced_motion="reduce", **options)
        page.locator(".figures").scroll_into_view_if_needed()
        page.locator("[data-figure=difference] .point").first.wait_for()
        return page

    return opened


def drawn(page):
    """What the page's figure has of each side: numbers of claims, places, lines, sizes, texts."""
    return page.evaluate(
        """() => document.querySelector("[data-figure=difference]").data.slice(1).map((trace) =>
            [trace.customdata, trace.x, trace.y, trace.marker.size, trace.hovertext])"""
    )


def test_claims_that_one_tells_stand_on_its_side_and_undecided_ones_between():
    rows = difference_rows(view_of(small_story()), "Northern Courier", "Evening Post")
    assert [(row["number"], row["side"], row["difference"], row["outlets"]) for row in rows] == [
        (2, "one", -0.92, 2),
        (4, "undecided", 0.31, 2),
        (5, "other", 0.97, 1),
    ]
    assert (rows[0]["one_state"], rows[0]["other_state"]) == ("verbatim", "omitted")
    assert rows[0]["one_evidence"] == "Seventeen people were killed on Monday."
    assert rows[0]["other_evidence"] == "A truce of 30 days was agreed by the two sides."


def test_what_both_tell_however_differently_is_no_difference():
    rows = difference_rows(view_of(small_story()), "Northern Courier", "Daily Herald")
    assert [(row["number"], row["side"]) for row in rows] == [(3, "one"), (4, "undecided")]


def test_of_each_side_the_largest_differences_are_kept_and_of_equal_ones_the_widely_told():
    view = view_of(synthetic_story(6, 200))
    one, other = view.outlets[:2]
    every, kept = (difference_rows(view, one, other, limit) for limit in (None, 3))
    for side in SIDES:
        mine = [row for row in every if row["side"] == side]
        shown = [row for row in kept if row["side"] == side]
        assert len(mine) > len(shown) == 3
        rank = {row["number"]: (round(100 * abs(row["difference"])) + 5) // 10 for row in mine}
        least = min((rank[row["number"]], row["outlets"]) for row in shown)
        assert all((rank[row["number"]], row["outlets"]) <= least for row in mine if row not in shown)
    assert [row["difference"] for row in kept] == sorted(row["difference"] for row in kept)


def test_an_outlet_that_is_not_there_is_named_with_those_that_are():
    figures = small_story().figures
    with pytest.raises(InputError) as error:
        figures.difference("Northern Courier", "Courier")
    assert str(error.value) == (
        "the story has no outlet 'Courier'; it has Northern Courier, Daily Herald, Evening Post."
    )
    with pytest.raises(InputError) as error:
        figures.difference("Daily Herald", "Daily Herald")
    assert str(error.value) == (
        "a difference needs two outlets, and both are 'Daily Herald'; give another outlet of the story."
    )


def test_a_page_for_mail_has_the_table_and_says_that_the_figures_are_left_out():
    page = render_page(small_story(), plotly=False)
    assert "This page was written without figures" in page
    assert 'id="pair-table"' in page
    assert not re.search('data-figure|id="plotly|"figures":', page.partition('<script type="module">')[0])
    assert "This page was written without" not in render_page(small_story())


def test_with_one_outlet_there_is_nothing_to_compare():
    page = render_page(small_story(outlets=1))
    assert 'id="difference"' not in page
    assert 'id="plotly"' not in page


def test_the_command_leaves_the_figures_out_of_a_story_and_not_of_a_record(tmp_path):
    run = stored(tmp_path / "run", stories=2).folder
    begin, out = ["report", str(run), "--no-plotly", "-o", str(tmp_path / "x.html")], tmp_path / "x.html"
    done = CliRunner().invoke(main, begin)
    assert done.exit_code == 2
    assert "--no-plotly is for the report of one story; name it with --story ID." in done.stderr
    assert not out.exists()
    story = compare.open_run(run).stories[0]
    assert CliRunner().invoke(main, [*begin, "--story", story]).exit_code == 0
    assert "This page was written without figures" in out.read_text(encoding="utf-8")


def test_plotly_is_unpacked_when_a_figure_comes_into_view(open_page, tmp_path):
    page = open_page(small_story().report(tmp_path / "report.html"), viewport={"width": 700, "height": 300})
    page.locator("table.beside").wait_for()  # the last that a resting page does
    assert page.evaluate("[typeof window.Plotly, document.querySelectorAll('head script').length]") == ["undefined", 0]
    page.locator(".figures").scroll_into_view_if_needed()
    page.locator("[data-figure=difference] .point").first.wait_for()


def test_the_page_draws_for_any_two_outlets_what_python_draws(visit):
    story = synthetic_story(4, 60)
    page = visit(story)
    for one in story.outlets:
        for other in story.outlets:
            if one == other:
                continue
            page.select_option("#pair-one", one)
            page.select_option("#pair-other", other)
            figure = story.figures.difference(one, other)
            for mine, trace in zip(drawn(page), figure.data[1:], strict=True):
                assert mine[0] == list(trace.customdata)
                assert mine[1] == pytest.approx(list(trace.x))
                assert mine[2:4] == [list(trace.y), list(trace.marker.size)]
                wanted = [text.replace("<br>", " ") for text in trace.hovertext]
                assert [text.replace("<br>", " ").replace("\u00a0", " ") for text in mine[4]] == wanted
            layout = page.evaluate("document.querySelector('[data-figure=difference]').layout")
            assert (layout["height"], layout["yaxis"]["range"]) == (figure.layout.height, [*figure.layout.yaxis.range])
            listed = page.locator(".pair tbody a").evaluate_all("all => all.map(one => Number(one.hash.slice(2)))")
            assert listed == [row["number"] for row in difference_rows(view_of(story), one, other)]


def test_a_dot_opens_its_evidence_and_escape_leads_back(visit):
    page = visit(small_story())
    page.select_option("#pair-one", "Northern Courier")
    page.select_option("#pair-other", "Evening Post")
    page.locator("[data-figure=difference] .trace").nth(3).locator(".point").scroll_into_view_if_needed()
    box = page.locator("[data-figure=difference] .trace").nth(3).locator(".point").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator("[data-figure=difference] .hovertext").wait_for()  # plotly clicks on what it hovers over
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator("#c5[open] .card.chosen").wait_for()
    assert page.locator(".card.chosen h4").inner_text() == "Evening Post"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "pair-one"


def test_a_part_of_a_bar_leads_to_its_claims_in_the_matrix(visit):
    page = visit(small_story())
    bar = page.locator("[data-figure=omissions] .trace").nth(3).locator(".point path").nth(1)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator("[data-figure=omissions] .hovertext").wait_for()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.get_by_text("1 of 1 shown").wait_for()
    assert page.locator("#grid tbody th a").all_inner_texts() == ["2"], "what Daily Herald alters"


def test_the_selects_are_labelled_and_the_choice_is_said(visit):
    page = visit(small_story())
    page.get_by_label("On the left").select_option("Northern Courier")
    page.get_by_label("On the right").select_option("Daily Herald")
    said = page.locator("#pair-shown")
    assert re.sub("[\u2068\u2069]", "", said.inner_text()) == (
        "Of the two, Northern Courier alone tells 1 claim and Daily Herald alone 0; 1 is undecided at one of them."
    )
    page.get_by_label("On the right").select_option("Northern Courier")
    assert said.inner_text() == "Choose two different outlets."
    assert page.locator("[data-figure=difference]").is_hidden()


def test_it_fits_a_phone_follows_the_dark_and_stays_off_paper(visit):
    page = visit(synthetic_story(8, 60), viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.emulate_media(color_scheme="dark")
    ink = f"rgb{tuple(bytes.fromhex(PAPERS['dark'].ink[1:]))}"
    page.locator(f"[data-figure=difference] .textpoint text[style*='{ink}']").first.wait_for()
    page.emulate_media(media="print")
    assert page.locator("#difference").is_hidden()


def test_the_timeline_is_the_figure_that_python_draws(visit):
    story = small_story()
    times = pd.to_datetime(["2025-03-12 09:00", "2025-03-12 14:00", "2025-03-12 18:00"], utc=True)
    story = replace(story, articles=story.articles.assign(published=times))
    page = visit(story)
    page.locator("[data-figure=timeline] .point").first.wait_for(state="attached")
    figure = page.evaluate("document.querySelector('[data-figure=timeline]').data[0]")
    assert figure["text"] == list(story.figures.timeline().data[0].text)
    assert page.locator("#timeline tbody tr").count() == 3
