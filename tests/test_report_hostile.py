"""Hostile text in every field, in a real browser: nothing of it runs, loads or adds an element, all of it can be read.

The pages are opened with their Content-Security-Policy switched off: what is escaped needs no second line.
Needs Chromium and the playwright package; without them the tests are skipped, except in CI.
"""

import warnings
from dataclasses import replace

import pytest
from hostile_strings import HOSTILE
from report_stories import quoted_story, small_story
from stored_runs import RATES, stored

import compare
from compare.reading.records import cleaned, cleaned_name
from compare.report.wording import plain, shorten

UNFOLD = "document.querySelectorAll('details').forEach(details => details.open = true)"
# What no text of an article may become. Without the `a`s, the elements of a page are few and known.
FOREIGN = (
    "img, iframe, object, embed, video, audio, form, base, link, math, foreignObject, marquee, [onload], [onerror]"
)


def batches(size):
    return [HOSTILE[start : start + size] for start in range(0, len(HOSTILE), size)]


def bare(text):
    """The text without what reading and a page may clean: what cannot be seen, spaces, how accents are composed."""
    return "".join(plain(cleaned(text)).split())


def kinds(page):
    """The elements and attributes that there are, apart from plotly's drawings."""
    return set(
        page.evaluate(
            "[...document.querySelectorAll('*')].filter(node => !node.closest('.plotly, .js-plotly-plot'))"
            ".map(node => node.tagName + ' ' + node.getAttributeNames().sort())"
        )
    )


def harmless(page):
    """Whether nothing ran and no link leads anywhere but to the page itself or to a web site."""
    assert page.evaluate("[window.__ran, ({}).evil]") == [None, None]
    assert page.locator(FOREIGN).count() == 0
    links = page.evaluate("[...document.querySelectorAll('a')].map(a => [a.getAttribute('href'), a.rel, a.protocol])")
    outside = [(href, rel, protocol) for href, rel, protocol in links if not (href or "").startswith("#")]
    assert {(rel, protocol) for _, rel, protocol in outside} <= {("noopener noreferrer", "https:")}
    return outside


@pytest.fixture(autouse=True)
def _as_given(monkeypatch):
    """Let no reading take tags out of a text before the page gets it."""
    monkeypatch.setattr("compare.reading.articles.mended", lambda fields: (fields, False, False, False))


@pytest.fixture
def visit(open_page, tmp_path):
    """Open a page given as HTML, its policy switched off, with everything drawn and unfolded."""

    def opened(html, **options):
        path = tmp_path / "page.html"
        path.write_bytes(html.encode())
        page = open_page(path, **{"bypass_csp": True} | options)
        page.evaluate(UNFOLD)
        return page

    return opened


def told_by(texts):
    """Give one story told by outlets of these names, every field of whose articles is the name too."""
    rows = [
        dict.fromkeys(("outlet", "title", "author", "url", "language", "article_id"), text)
        | {"text": f"The port of Vantry stays closed. {text}\n\nThe mayor, {text}, said: “We stay, {text}.” It rained."}
        for text in texts
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", compare.InputWarning)  # none of these is a language
        return compare.compare_story(compare.read_articles(rows), reader=None)


@pytest.mark.parametrize("texts", batches(60), ids=lambda texts: ascii(texts[0][:20]))
def test_names_headlines_and_texts_of_a_story_are_shown_and_do_nothing(visit, tmp_path, texts):
    story = told_by(texts)
    page = visit(story.report(tmp_path / "report.html").read_text(encoding="utf-8"))
    page.locator("table.beside").wait_for()
    page.locator(".card").first.wait_for()
    assert harmless(page) == []
    names = [bare(name) for name in story.outlets]
    assert set(names) >= {bare(text) for text in texts}
    for place in ("section.outlet h3", "#grid thead th bdi", "#brief .cards .name", ".article h3"):
        assert [bare(text) for text in page.locator(place).all_text_contents()] == names, place
    assert [bare(text) for text in page.locator("#whose option").all_text_contents()][1:] == names
    shown = [bare(text) for text in page.locator(".article").all_text_contents()]
    for text, one in zip(texts, shown, strict=True):
        assert one.count(bare(text)) >= 5, "outlet, headline and three times in the text"
    cards = {bare(text) for text in page.locator("#c1 .card h4").all_text_contents()}
    assert cards == set(names)


@pytest.mark.parametrize("texts", batches(30), ids=lambda texts: ascii(texts[0][:20]))
def test_claims_quotations_and_copies_are_shown_and_do_nothing(visit, tmp_path, texts):
    def rename(text):
        return f"{text} {' '.join(texts)}"

    def drawn(story):
        articles = story.articles.assign(url="javascript:window.__ran=1", author=story.articles["outlet"])
        story = replace(story, articles=articles, story_id=story.articles["title"].iloc[0])
        page = visit(story.report(tmp_path / "report.html").read_text(encoding="utf-8"))
        page.locator("table.beside").wait_for()
        page.locator("#c1 .card").nth(2).wait_for()
        return page

    page, harmless_page = drawn(quoted_story(rename)), drawn(quoted_story())
    assert harmless(page) == []
    unmarked = {"DEL ", "INS ", "MARK "}  # wordings that share little have no marks
    assert kinds(page) - unmarked == kinds(harmless_page) - unmarked
    said = bare("".join(texts))
    for place in (
        "#claims .wording",
        ".badge",
        "#q1 .versions",
        "#s0",
        ".card h4",
        ".card blockquote",
        "#timeline th bdi",
    ):
        assert said in bare(page.locator(place).first.text_content()), place


@pytest.mark.parametrize("texts", batches(90), ids=lambda texts: ascii(texts[0][:20]))
def test_outlets_stories_and_groups_of_a_record_are_shown_and_do_nothing(visit, tmp_path, texts):
    def rename(name):
        return cleaned_name(f"{name} {' '.join(texts)}")

    run = stored(tmp_path / "run", stories=5, copies=("Orrery", "Pennant"), rename=rename)
    groups = {rename(outlet): rename(group) for outlet, group in zip(RATES, "xxyy", strict=True)}
    page = visit(run.corpus.report(tmp_path / "record.html", groups=groups).read_text(encoding="utf-8"))
    page.locator("[data-figure=alike-map] .scatterlayer .point").first.wait_for()
    assert harmless(page) == []
    names = [bare(text) for text in page.locator("#outlets h3").all_text_contents()]
    assert sorted(names) == sorted(bare(rename(outlet)) for outlet in RATES)


def test_what_a_notebook_shows_does_nothing(visit, tmp_path):
    outputs = [small_story(lambda _, text=text: text, story_id=text)._repr_html_() for text in HOSTILE]
    for number, texts in enumerate(batches(20)):
        run = stored(tmp_path / str(number), dict.fromkeys(texts, 0.5), stories=3, claims=3)
        outputs.append(run.corpus._repr_html_())
    page = visit("<!doctype html><html lang=en><title>A notebook</title><body>" + "".join(outputs))
    assert harmless(page) == []
    elements = {kind.split()[0] for kind in kinds(page)} - {"HTML", "HEAD", "TITLE", "BODY"}
    assert elements <= {"P", "B", "BR", "SMALL", "CODE", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD"}
    shown = bare(page.locator("body").text_content())
    for text in HOSTILE:
        assert bare(shorten(text, 22)) in shown


def test_the_policy_has_nothing_to_refuse_either(visit, tmp_path):
    path = told_by(HOSTILE[:40]).report(tmp_path / "report.html")
    page = visit(path.read_text(encoding="utf-8"), bypass_csp=False)
    page.locator("table.beside").wait_for()
    harmless(page)
