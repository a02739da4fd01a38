"""Awkward stories, as they come, give a page that opens, fits the window, has no empty part and can be read by all.

Needs Chromium, the playwright package and axe-core; without them the tests are skipped, except in CI.
"""

import warnings

import pytest
from test_report_axe import axe, violations  # noqa: F401 - a fixture

import compare

PORT = "The port of Vantry stays closed until Friday."
BOATS = "Seventeen boats sank in the storm on Monday night."
MAYOR = "“We will rebuild the harbour,” said Ines Calder, the mayor."
RAIN = "More rain is expected in the valley."
TOLD = (PORT, BOATS, MAYOR, RAIN)
NO_CLAIMS = {
    "Northern Courier": "Subscribe to our newsletter.",
    "Daily Herald": "Read more: our newsletter.",
}
ARABIC = "أُغلق الميناء يوم الاثنين. غرق سبعة عشر قاربا في العاصفة. قال العمدة إن المدينة ستعيد بناء المرفأ."
HEBREW = "הנמל נסגר ביום שני. שבע עשרה סירות טבעו בסערה. ראש העיר אמר שהעיר תבנה את הנמל מחדש."


def article(outlet, text, **fields):
    given = {"outlet": outlet, "text": text, "title": f"Storm at Vantry: {outlet}", "published": "2026-03-02T08:00Z"}
    return given | {"story_id": "vantry_storm"} | fields


def tellings(outlets, **fields):
    """Give as many articles, which tell the same facts in turn, each another three of the four."""
    return [
        article(f"Outlet {n}", " ".join(one for place, one in enumerate(TOLD) if place != n % 4), **fields)
        for n in range(outlets)
    ]


STORIES = {
    "no claims": [article(outlet, text) for outlet, text in NO_CLAIMS.items()],
    "one outlet": tellings(1),
    "sixty outlets": tellings(60),
    "long names": [
        *tellings(2),
        article("The Very Long Named Gazette of " * 10, PORT, title="Storm over the harbour of Vantry " * 91),
        article("Gazette" * 43, BOATS, title="Storm" * 600),
    ],
    "a hundred articles by one outlet": [
        article("Daily Herald", f"{PORT} {RAIN} Pier {n} was flooded.", title=f"Storm, part {n}") for n in range(100)
    ],
    "right to left": [
        article("صحيفة الميناء", ARABIC, title="الميناء مغلق", language="ar"),
        article("עיתון הנמל", HEBREW, title="הנמל נסגר", language="he"),
    ],
    "both directions": [
        article("صحيفة الميناء", f"{PORT} {ARABIC} {BOATS}", title="الميناء مغلق until Friday"),
        article("Vantry (עיתון הנמל) Post!", f"{HEBREW} {BOATS} {MAYOR}", title="Storm (הנמל נסגר) at Vantry"),
        article("Daily Herald", f"{PORT} {BOATS} {MAYOR}"),
    ],
    "no dates": tellings(4, published=None),
    "some dates": [*tellings(2), article("Daily Herald", f"{PORT} {RAIN}", published=None)],
    "all say the same": [article(f"Outlet {n}", " ".join(TOLD)) for n in range(5)],
    "one sentence each": [article(f"Outlet {n}", (PORT, BOATS, PORT)[n]) for n in range(3)],
    "empty titles": tellings(3, title=""),
}
# Parts that are seen and have a heading or a head and nothing else.
EMPTY = """[...document.querySelectorAll("section, article, table, ul, ol, details, figure, .scroll")]
  .filter((part) => part.getClientRects().length)
  .filter((part) => {
    const rest = part.cloneNode(true);
    rest.querySelectorAll("h2, h3, h4, caption, thead").forEach((node) => node.remove());
    return !rest.textContent.trim();
  })
  .map((part) => part.outerHTML.slice(0, 200))"""
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The page of each story, made once."""
    made = {}

    def report(name):
        if name not in made:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", compare.InputWarning)  # not English, or nothing in it
                story = compare.compare_story(compare.read_articles(STORIES[name]), reader=None)
            made[name] = story.report(tmp_path_factory.mktemp("report") / "report.html")
        return made[name]

    return report


@pytest.mark.parametrize("name", STORIES)
def test_an_awkward_story_gives_a_sound_page(open_page, axe, reports, name):  # noqa: F811
    """On a phone, and after that in a wide window."""
    page = open_page(reports(name), viewport={"width": 360, "height": 800}, reduced_motion="reduce")
    if page.locator("#side").count():
        page.locator("table.beside").wait_for()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(FITS), f"folded, at {width}"
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page, axe) == [], f"at {width}"  # unfolds everything
        assert page.evaluate(FITS), f"unfolded, at {width}"
        assert page.evaluate(EMPTY) == [], f"at {width}"
