"""Hostile text in every field, in a real browser: nothing of it runs, loads or adds an element, all of it can be read.

The pages are opened with their Content-Security-Policy switched off: what is escaped needs no second line.
Needs Chromium and the playwright package; without them the tests are skipped, except in CI.
"""

import warnings
from dataclasses import replace

import coded_runs
import pytest
from hostile_strings import HOSTILE
from report_stories import quoted_story, small_story
from stored_runs import RATES, stored

import compare
from compare.reading.records import cleaned, cleaned_name
from compare.report.figures.still import still_html
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


@pytest.mark.parametrize("texts", batches(76), ids=lambda texts: ascii(texts[0][:20]))
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


@pytest.mark.parametrize("texts", batches(76), ids=lambda texts: ascii(texts[0][:20]))
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


@pytest.mark.parametrize("texts", batches(151), ids=lambda texts: ascii(texts[0][:20]))
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


@pytest.mark.parametrize("texts", batches(151), ids=lambda texts: ascii(texts[0][:20]))
def test_a_brief_for_print_does_nothing(visit, tmp_path, texts):
    story = told_by(texts)
    page = visit(story.report(tmp_path / "brief.html", brief=True).read_text(encoding="utf-8"))
    assert harmless(page) == []
    shown = bare(page.locator("body").text_content())
    assert [name for name in story.outlets if bare(name) not in shown] == []


def test_a_folder_of_pages_and_its_stories_do_nothing(visit, tmp_path):
    """Each story's name, and each of its outlets and headlines, has a hundredth of the strings."""
    texts = {str(number): " ".join(HOSTILE[number::20]) for number in range(20)}

    def rename(name):
        return cleaned_name(f"{name} {texts[str(sum(map(ord, name)) % 20)]}")

    run = stored(tmp_path / "run", stories=20, claims=3, rename=rename)
    folder = run.corpus.report(tmp_path / "pages").parent
    pages = [folder / "index.html", *sorted((folder / "stories").iterdir())]
    assert len(pages) == 21
    told = ""
    for path in (pages[0], *pages[1::3]):
        page = visit(path.read_text(encoding="utf-8"))
        harmless_links = page.evaluate(
            "[...document.querySelectorAll('a')].map(a => a.getAttribute('href')).filter(to => !to.startsWith('#'))"
        )
        assert all(link.startswith(("stories/", "../index.html")) for link in harmless_links)
        assert page.evaluate("[window.__ran, ({}).evil]") == [None, None]
        assert page.locator(FOREIGN).count() == 0
        told = told or bare(page.locator("body").text_content())
    assert [text for text in texts.values() if bare(cleaned_name(text)) in told]


def test_a_coders_form_does_nothing(browser, tmp_path):
    """Whatever a claim, a headline, an outlet, a text, a coder's note or a saved answer holds."""
    tables = coded_runs.run(stories=10, claims=4)
    parts = [" ".join(HOSTILE[at :: len(tables.claims)]) for at in range(len(tables.claims))]
    tables.claims["claim"] = [f"Boat {at} {text}" for at, text in enumerate(parts)]
    spread = [" ".join(HOSTILE[at :: len(tables.articles)]) for at in range(len(tables.articles))]
    tables.articles["title"] = tables.articles["text"] = spread
    folder = compare.sample_decisions(tables, 120, overlap=120).write(tmp_path / "sheets")
    asked = []
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.on("request", lambda request: request.url.startswith(("file:", "blob:")) or asked.append(request.url[:80]))
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.goto((folder / "coder-1.html").as_uri())
    page.locator("#note").fill(" ".join(HOSTILE))
    shown = set()
    for _ in range(120):
        shown.add(bare(page.locator("#claim").text_content()))
        page.keyboard.press("1")
        page.locator("#next").click()
    assert page.evaluate("[window.__ran, ({}).evil]") == [None, None]
    assert page.locator(FOREIGN.replace("form, ", "")).count() == 0
    assert (page.locator("form").count(), page.locator("a:not([href^='#'])").count()) == (1, 0)
    assert len(shown) == len(parts)
    context.close()
    assert asked == []


@pytest.mark.parametrize("name", ["matrix", "omissions", "difference", "timeline", "rates", "map", "dendrogram"])
def test_the_words_of_a_figure_do_nothing(visit, tmp_path, name):
    """In its labels and its cards, as a page and as a notebook stores it."""

    def rename(text):
        return cleaned_name(f"{text} {' '.join(HOSTILE)}")

    if name in {"matrix", "omissions", "difference", "timeline"}:
        story = quoted_story(rename)
        outlets = story.outlets
        figure = (
            story.figures.difference(outlets[0], outlets[1]) if name == "difference" else getattr(story.figures, name)()
        )
    else:
        figure = getattr(stored(tmp_path / "run", stories=5, rename=rename).corpus.figures, name)()
    page = visit(figure.save(tmp_path / "figure.html").read_text(encoding="utf-8"))
    page.locator(".main-svg").first.wait_for()
    assert page.evaluate("[window.__ran, ({}).evil]") == [None, None]
    assert page.locator(f"{FOREIGN.replace('img, ', '').replace('math, ', '')}, svg script").count() == 0
    for point in page.locator(".point, .cartesianlayer rect").all()[:3]:
        point.hover(force=True)
    assert page.evaluate("window.__ran") is None
    assert page.locator("svg a").count() == 0
    page = visit(f"<!doctype html><html lang=en><title>N</title>{still_html(figure, '')}")
    assert harmless(page) == []


def test_the_policy_has_nothing_to_refuse_either(visit, tmp_path):
    path = told_by(HOSTILE[:40]).report(tmp_path / "report.html")
    page = visit(path.read_text(encoding="utf-8"), bypass_csp=False)
    page.locator("table.beside").wait_for()
    harmless(page)
