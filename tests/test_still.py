"""A figure in a notebook that is saved as HTML and opened without a network still shows its values."""

import nbformat
import plotly.io as pio
import pytest
from report_stories import small_story
from stored_runs import stored

from compare.report.figures.still import still_html
from compare.report.look import looks_for

HOSTILE = "</script><svg onload=alert(1)>&\"'$x$ <b>x"


@pytest.fixture
def shown(tmp_path, browser):
    """Open a figure offline, as a notebook of this renderer that was saved as HTML has it."""
    exporters = pytest.importorskip("nbconvert")
    before = pio.renderers.default
    contexts = []

    def open_offline(figure, renderer):
        pio.renderers.default = renderer
        output = nbformat.v4.new_output("display_data", data=figure._repr_mimebundle_())
        cell = nbformat.v4.new_code_cell("figure", outputs=[output], execution_count=1)
        html, _ = exporters.HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
        (tmp_path / "saved.html").write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(offline=True))
        page = contexts[-1].new_page()
        page.goto((tmp_path / "saved.html").as_uri())
        return page

    yield open_offline
    pio.renderers.default = before
    for context in contexts:
        context.close()


@pytest.mark.parametrize("renderer", ["plotly_mimetype+notebook_connected", "plotly_mimetype"])
def test_without_a_network_the_values_are_seen_where_the_figure_would_be(shown, renderer):
    page = shown(small_story().figures.omissions(), renderer)
    rows = [line.split("\t") for line in page.locator(".storydiff-values table").inner_text().splitlines()]
    assert rows[0][1:] == [f"{look.symbol} {look.word}" for look in looks_for(())]
    assert rows[2] == ["Daily Herald", "1", "1", "0", "1", "0", "0", "1"]
    left = page.evaluate("document.querySelector('.storydiff-drawn').getBoundingClientRect().height")
    assert left == 0, "no room is kept for what is not drawn"
    assert page.locator(".storydiff-values").is_visible()


def test_where_plotly_draws_the_values_are_hidden(tmp_path, open_page):
    figure = small_story().figures.omissions()
    html = still_html(figure, figure.to_html(full_html=False, include_plotlyjs=True))
    (tmp_path / "drawn.html").write_text(html, encoding="utf-8")
    page = open_page(tmp_path / "drawn.html", offline=True)
    page.wait_for_selector(".main-svg")
    assert page.locator(".storydiff-values").is_hidden()
    assert page.evaluate("document.querySelector('.main-svg').getBoundingClientRect().height") > 100


def test_a_matrix_is_a_table_with_how_sure_each_cell_is():
    html = still_html(small_story().figures.matrix(), "")
    assert "2. Seventeen people were killed on Monday.</th>" in html
    assert '<td title="Evening Post: – left out (7 % chance that it is carried)">–</td>' in html
    assert "An omission is an estimate, not proof of<br>intent." in html


def test_dots_are_a_list_of_what_they_say(tmp_path):
    figures = stored(tmp_path / "run").corpus.figures
    for name in ("rates", "differences", "map", "dendrogram"):
        figure = getattr(figures, name)()
        html = still_html(figure, "")
        said = [trace for trace in figure.data if trace.hovertext is not None and trace.hoverinfo != "skip"]
        dots = sum(1 if isinstance(trace.hovertext, str) else len(trace.hovertext) for trace in said)
        assert html.count("<li>") == dots > 0, name
    assert "Gannet: 0." in still_html(figures.rates(), "")


def test_what_a_figure_cannot_draw_it_says(tmp_path):
    empty = stored(tmp_path / "run", stories=1).corpus.figures.calibration()
    assert "Not validated: nobody has checked these<br>" in still_html(empty, "")


def test_hostile_words_stay_words():
    html = still_html(small_story(lambda text: f"{HOSTILE} {text}").figures.matrix(), "")
    assert "<svg" not in html
    assert "<b>" not in html
    assert "&lt;/script&gt;&lt;svg onload=alert(1)&gt;" in html
    assert "$x$" in html


def test_a_figure_that_no_notebook_takes_is_left_to_plotly(monkeypatch):
    monkeypatch.setattr(pio.renderers, "default", "browser")
    opened = []
    monkeypatch.setattr("plotly.io.show", opened.append)
    figure = small_story().figures.omissions()
    assert figure._repr_mimebundle_() == {}
    figure.show()
    assert opened == [figure]


def test_a_notebook_that_shows_a_figure_stores_its_values(monkeypatch):
    monkeypatch.setattr(pio.renderers, "default", "plotly_mimetype")
    stored_bundles = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **_: stored_bundles.append(bundle))
    figure = small_story().figures.omissions()
    figure.show()
    figure._ipython_display_()
    assert len(stored_bundles) == 2
    for bundle in stored_bundles:
        assert bundle.keys() == {"application/vnd.plotly.v1+json", "text/html"}
        assert "Daily Herald</th>" in bundle["text/html"]
