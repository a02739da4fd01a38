"""The page as text: the same every time, small, loads nothing, and keeps hostile text text."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from report_stories import quoted_story, small_story, synthetic_story

from compare.errors import InputError
from compare.report.render import plotly_bundle
from compare.report.story.page import render_page, write_page
from compare.report.wording import OMISSION_NOTE

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>"
    "</title></style>\u202e{{7*7}}<a href='javascript:alert(4)'>&lt;b&gt;\u2028"
)


class Page(HTMLParser):
    """The elements of a page, each (tag, attributes), its visible text, and its raw script texts."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.texts, self.raw = [("", {})], [], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        tag, attributes = self.elements[-1]
        if tag in {"script", "style"}:
            self.raw.setdefault((tag, attributes.get("id", "")), data)
        else:
            self.texts.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def hostile_story():
    columns = {"url": "javascript:alert(5)", "language": '"><img src=x>'}
    return small_story(rename=lambda text: f"{text} {HOSTILE}", **columns)


@pytest.fixture(scope="module")
def page():
    return render_page(small_story())


@pytest.mark.slow
def test_the_same_comparison_gives_the_same_bytes(tmp_path):
    script = "from report_stories import quoted_story; quoted_story().report({!r})"
    for seed in "01":
        code = script.format(str(tmp_path / f"{seed}.html"))
        subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": "tests:."})
    assert (tmp_path / "0.html").read_bytes() == (tmp_path / "1.html").read_bytes()


@pytest.mark.medium
def test_a_page_of_eight_outlets_is_small():
    story = synthetic_story(outlets=8, claims=120)
    assert len(render_page(story, plotly=False).encode()) < 0.5e6
    assert len(render_page(story).encode()) < 2.6e6


@pytest.mark.slow
def test_a_page_of_twenty_outlets_and_two_thousand_claims_opens_from_a_mail():
    assert len(render_page(synthetic_story(outlets=20, claims=2000), plotly=False).encode()) < 5e6


@pytest.mark.parametrize("plotly", [True, False])
def test_the_policy_allows_exactly_what_is_there(plotly):
    parsed = Page(render_page(small_story(), plotly=plotly))
    policy = next(a["content"] for a in parsed.all("meta") if a.get("http-equiv"))
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["default-src"] == ["'none'"]
    assert "unsafe" not in policy
    drawn = [plotly_bundle().source] if plotly else []
    assert rules["script-src"] == [_source(parsed.raw["script", ""]), *drawn]
    styles = {_source(text) for (tag, _), text in parsed.raw.items() if tag == "style"}
    assert set(rules["style-src"]) == styles


def _source(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_page_refers_to_nothing_outside():
    parsed = Page(render_page(small_story(url="https://example.org/story?a=1&b=2")))
    ids = {attributes["id"] for _, attributes in parsed.elements if "id" in attributes}
    addresses = [a for a in parsed.all("a") if not a["href"].startswith("#")]
    assert {a["href"] for a in addresses} == {"https://example.org/story?a=1&b=2"}
    assert {a["rel"] for a in addresses} == {"noopener noreferrer"}
    assert {a["href"][1:] for a in parsed.all("a")} - ids == {"ttps://example.org/story?a=1&b=2"}, "no dead links"
    for tag, attributes in parsed.elements:
        assert tag not in {"link", "img", "iframe", "object", "form"}
        assert not {"src", "srcset", "style", "action"} & set(attributes)


def test_ids_are_unique(page):
    ids = [attributes["id"] for _, attributes in Page(page).elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_every_sentence_is_there_once_under_its_number(page):
    story = small_story()
    for number, text in enumerate(story.sentences["text"]):
        assert page.count(f'id="s{number}"') == 1
        assert re.search(rf'id="s{number}"[^>]*>([^<]*)<', page)[1].replace("&#34;", '"') == text


def test_hostile_text_adds_no_element(monkeypatch):
    monkeypatch.setattr("compare.report.story.bar.is_understood", lambda _: True)
    plain, hostile = Page(render_page(small_story())), Page(render_page(hostile_story()))
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in plain.elements]
    assert {name for _, attributes in hostile.elements for name in attributes} == {
        name for _, attributes in plain.elements for name in attributes
    }
    assert all(a["href"].startswith("#") for a in hostile.all("a"))
    assert hostile.all("html") == [{"lang": "en"}]
    assert not [a for _, a in hostile.elements if "<" in a.get("lang", "")]
    assert any("</script><script>alert(1)</script>" in text for text in hostile.texts)
    assert HOSTILE[:9] in json.loads(hostile.raw["script", "data"])["outlets"][0]


def test_a_language_is_passed_on_when_it_is_one():
    assert [a.get("lang") for a in Page(render_page(small_story(language="pt-BR"))).all("article")] == ["pt-BR"] * 3


def test_the_note_stands_near_the_top_and_above_the_lists_of_omissions(page):
    assert page.index(OMISSION_NOTE) < page.index('class="findings"')
    assert page.count(f'<p class="note">{OMISSION_NOTE}</p>') == 1
    assert page.index(f'<p class="note">{OMISSION_NOTE}</p>') < page.index("Leaves out, although")


def test_it_says_before_the_findings_that_nobody_has_checked(page):
    text = " ".join("".join(Page(page).texts).split())
    assert "Not validated: nobody has checked these decisions." in text
    assert page.index('class="trust unchecked"') < page.index('class="findings"')
    assert "storydiff report ARTICLES --sheets sheets/" in text


def test_every_omission_is_shown_with_its_probability(page):
    assert "the chance that this outlet carries it is 3\u00a0%" in page
    assert "<td class=t6>7" in page


def test_lines_left_out_are_shown_marked_and_counted(page):
    text = " ".join("".join(Page(page).texts).split())
    assert page.count('class="boiler">') == 1 + 2  # in the key and in the articles
    assert '.boiler::before { content: "not the story"' in page
    assert text.count("1 line not part of the story") == 2


def test_the_page_says_how_it_was_computed(page):
    text = " ".join("".join(Page(page).texts).split())
    for said in (
        "12 sentences (2 of them left out as not part of the story: ",
        "carried_at",
        "undecided_from",
        "How to cite",
        "Port truce",
    ):
        assert said in text
    assert "12 March 2025, 14:05 UTC" in text


def test_headings_and_landmarks(page):
    parsed = Page(page)
    assert len(parsed.all("h1")) == len(parsed.all("main")) == len(parsed.all("header")) == 1
    labels = {a["aria-labelledby"] for a in parsed.all("section")}
    assert labels <= {a.get("id") for _, a in parsed.elements}


@pytest.mark.medium
def test_hostile_quotations_and_agencies_add_no_element():
    plain, hostile = (Page(render_page(quoted_story(rename))) for rename in (str, lambda text: f"{text} {HOSTILE}"))
    # What is gone cannot be found again in some hostile wordings and is then shown by itself.
    tags = [{tag for tag, _ in page.elements} for page in (plain, hostile)]
    assert tags[0] == tags[1]
    assert all(a["href"].startswith("#") for a in hostile.all("a"))
    assert not [a for _, a in hostile.elements if any(name.startswith("on") for name in a)]


def test_the_ledger_leads_to_the_sentences_and_says_how_sure_it_is():
    page = render_page(quoted_story())
    parsed = Page(page)
    text = " ".join("".join(parsed.texts).split())
    ids = {attributes.get("id") for _, attributes in parsed.elements}
    assert {a["href"][1:] for a in parsed.all("a")} <= ids
    assert {"q1", "q2", "q3"} <= ids
    for said in (
        "from Ines Calder to A fisherman (94 % sure)",
        "We will not leave if we can help it",
        "tells it, without the quotation (95 % sure)",
        "1 other tells it, without the quotation; 1 lacks it (chance that it is carried: 5 % at most)",
        "3 of 3 give it (2 voices)",
        "An absence is an estimate, not proof of intent",
    ):
        assert said in text, said
    assert "perhaps another speaker" not in text, "Mayor Calder may well be Ines Calder"
    assert "<del>if we can help it</del>" in page


def test_copies_have_a_badge_wherever_outlets_are_named():
    page = render_page(quoted_story())
    badge = '<span class="badge">Longwave agency copy, end missing</span>'
    assert page.count(badge) == 3, "card, section and article"
    assert 'Evening Post</bdi>&nbsp;<span class="mark">†</span>' in page, "above its column"
    assert "carried by 2 of 2 independent voices (3 of 3 outlets)" in page
    assert "badge" not in re.sub("<style>.*?</style>|<script.*", "", render_page(small_story()), flags=re.DOTALL)


def test_a_story_without_quotations_says_so(page):
    assert "No quotations were found." in page


@pytest.mark.parametrize("outlets", [0, 1, 2])
def test_a_story_of_few_outlets_still_gives_a_page(outlets):
    page = render_page(small_story(outlets=outlets))
    assert "<h1>" in page
    assert page.count('<details class="article"') == outlets


@pytest.mark.medium
def test_it_is_written_whole(tmp_path):
    path = write_page(small_story(), tmp_path / "report.html")
    assert path == tmp_path / "report.html"
    assert path.read_text(encoding="utf-8") == render_page(small_story())
    with pytest.raises(InputError, match="its folder does not exist"):
        write_page(small_story(), tmp_path / "nowhere" / "report.html")
