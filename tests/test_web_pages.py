"""Web pages of common systems: all of the article, nothing else, and what the page says of itself."""

import gzip
import json
import socket
from collections import Counter
from dataclasses import dataclass

import pandas as pd
import pytest
from web_pages import (
    COOKIES,
    CRANE,
    LEAKS,
    LIVE_BLOGS,
    SUMMARY,
    SYSTEMS,
    UPDATES,
    fragment,
    graph,
    head,
    layout_table,
    live_around,
    live_page,
    page,
    print_page,
)

from compare import InputError, InputWarning, link_versions, read_articles
from compare.reading.mastheads import domain_of, iso_moment
from compare.reading.pages import page_records
from compare.reading.problems import Problems
from compare.reading.records import utc_moment

trafilatura = pytest.importorskip("trafilatura")
PARAGRAPH = "<p>The council of Northfield met on Monday and spoke for {} hours about the harbour and its cranes.</p>"


@dataclass(frozen=True)
class Reading:
    """A page's record beside the piece that it was made from."""

    system: object
    piece: object
    cut: bool
    record: dict

    @property
    def gold(self):
        shown = 3 if self.system is live_page else 2
        return [self.piece.standfirst, *self.piece.paragraphs[: shown if self.cut else None]]

    @property
    def label(self):
        return self.system.__name__, self.piece.slug


def parts(data, name="a.html", **options):
    problems = Problems(skip=True)
    return [record for _, record in page_records(data, name, problems, **options)], problems


def read(data, name="a.html", **options):
    found, problems = parts(data, name, **options)
    if not found:
        return None, problems
    return {**found[0], "text": "\n\n".join(one["text"] for one in found)}, problems


@pytest.fixture(scope="module")
def readings():
    """Every piece in every system, whole and cut."""
    return [
        Reading(system, piece, cut, read(system(piece, cut), piece.url, address=piece.url)[0])
        for system, pieces in SYSTEMS.items()
        for piece in pieces
        for cut in (False, True)
    ]


def test_the_text_of_sixty_pages_is_whole_and_nothing_else_is_in_it(readings):
    whole = [one for one in readings if not one.cut]
    assert len(whole) == 66
    for one in whole:
        told = Counter(one.record["text"].split())
        meant = Counter(" ".join(one.gold).split())
        assert (told & meant).total() >= 0.98 * meant.total(), one.label
        assert [leak for leak in LEAKS if leak in one.record["text"]] == [], one.label


def test_every_paragraph_of_a_page_is_one_of_the_article_and_the_standfirst_is_there_once(readings):
    for one in readings:
        assert set(one.record["text"].split("\n\n")) <= set(one.gold), one.label
        assert one.record["text"].count(one.piece.standfirst) == 1, one.label


def test_outlet_headline_time_and_address_of_every_page_are_right(readings):
    for one in readings:
        piece, record = one.piece, one.record
        nameless = one.system in {fragment, layout_table, print_page}
        assert record["outlet"] == (piece.host if nameless else piece.outlet), one.label
        assert record["title"] == piece.headline, one.label
        assert utc_moment(record["published"]) == utc_moment(piece.published), one.label
        assert record["url"] == piece.url, one.label
        assert record["language"] == (None if one.system in {fragment, layout_table} else piece.language), one.label


def test_pages_that_a_paywall_cuts_are_called_cut_and_no_whole_page_is(readings):
    said = Counter((one.cut, one.record.get("complete") == "cut") for one in readings)
    assert said[False, True] == 0
    assert (said[True, True] / 66 + said[False, False] / 66) / 2 >= 0.95


ARTICLE = "".join(PARAGRAPH.format(number) for number in ("two", "four", "six"))


def story(*more, body=ARTICLE, title="Council meets", attributes=' lang="en"'):
    article = f"<article><h1>{title}</h1>{body}</article>"
    return f"<html{attributes}><head>{''.join(more)}</head><body>{article}</body></html>".encode()


@pytest.mark.parametrize(
    ("more", "body"),
    [
        # A subscriber saved the page: its locked part is there.
        (graph(CRANE, free=False, selector=".rest"), f'{ARTICLE}<div class="rest">{PARAGRAPH.format("ten") * 2}</div>'),
        ("", f'{ARTICLE}<div class="paywall" hidden><p>Subscribe to read the full article.</p></div>'),
        ("", f'{ARTICLE}<template><div class="paywall"><p>Subscribe to continue reading.</p></div></template>'),
        ("", f'{ARTICLE}<div class="paywall"></div>'),
        ("", f'{ARTICLE}<div class="metered"><p>You have two free articles left this month.</p></div>'),
        # The article goes on below it.
        (
            "",
            f'{ARTICLE}<div class="paywall"><p>Subscribe to keep reading.</p></div>{PARAGRAPH.format("<b>t</b>en")}',
        ),
        ("", f'{ARTICLE}<div class="newsletter"><p>Subscribe to our newsletter to read the full story.</p></div>'),
        (graph(CRANE, free=True, wordCount=4000), ARTICLE),
        ("", f'{ARTICLE}<div class="card premium"><span>Read the full story</span><h3>Ferry sinks</h3></div>'),
        ("", f'{ARTICLE}<div class="subscription-offer"><p>Already a subscriber? Log in and unlock more.</p></div>'),
        ("", f'{ARTICLE}<div class="login-box"><p>Log in to read the comments.</p></div>'),
        (graph(CRANE, free=False), f'{ARTICLE}<div class="paywall"><p>Two free articles left this month.</p></div>'),
        # As long as the page says that it is.
        (
            graph(CRANE, free=False, wordCount=55),
            f'{ARTICLE}<p class="paywall">Subscribe to keep reading our work.</p>',
        ),
    ],
)
def test_a_whole_page_is_not_called_cut(more, body):
    assert read(story(more, body=body))[0].get("complete") is None


@pytest.mark.parametrize(
    ("more", "body"),
    [
        (graph(CRANE, free=False, selector=".rest"), f'{ARTICLE}<div class="rest"></div>'),
        (graph(CRANE, free="False", wordCount=4000), ARTICLE),
        (graph(CRANE, free=False), f'{ARTICLE}<div class="article-fade"></div>'),
        (graph(CRANE, free=False), f'{ARTICLE}<div id="paywall"><p>Get unlimited access for 1 crown.</p></div>'),
        ("", f'{ARTICLE}<section class="paywall"><h2>Il vous reste 78.5 % de cet article à lire.</h2></section>'),
        ("", f'{ARTICLE}<div class="paywall"><p>Subscribe to keep reading.</p></div>'),
    ],
)
def test_a_page_that_says_so_is_called_cut(more, body):
    assert read(story(more, body=body))[0]["complete"] == "cut"


def test_what_asks_for_a_subscription_is_no_sentence_of_the_article():
    record, _ = read(story(body=f'{ARTICLE}<section class="premium"><p>Subscribe to keep reading.</p></section>'))
    assert "Subscribe" not in record["text"]


@pytest.mark.parametrize("system", LIVE_BLOGS)
def test_a_live_blog_is_its_posts_oldest_first(system):
    found, problems = parts(system(), CRANE.url, address=CRANE.url)
    lead, posts = (found[0], found[1:]) if found[0]["title"] == CRANE.headline else (None, found)
    if lead:
        assert (lead["text"], lead["url"]) == (CRANE.standfirst, CRANE.url)
    assert [one["text"] for one in posts] == [one.text for one in UPDATES[::-1]]
    assert [one["title"] for one in posts] == [one.title for one in UPDATES[::-1]]
    assert [utc_moment(one["published"]) for one in posts] == [utc_moment(one.time) for one in UPDATES[::-1]]
    assert [one["url"] for one in posts] == [f"{CRANE.url}#{one.anchor}" for one in UPDATES[::-1]]
    assert {one["outlet"] for one in found} == {CRANE.outlet}
    assert [leak for leak in (*LEAKS, SUMMARY) for one in found if leak in one["text"]] == []
    assert "is a live blog, read as 10 posts, oldest first" in problems.notes[0]


def test_posts_without_a_text_are_counted():
    _, problems = parts(LIVE_BLOGS[1]())
    assert problems.notes == [
        "a.html: is a live blog, read as 10 posts, oldest first; 1 post without a text of its own left out."
    ]


def live_posts(*posts):
    written = "".join(f'<article class="live-post">{post}</article>' for post in posts)
    return parts(live_around(written))[0][1:]


STAMP = '<time datetime="2026-03-03T{}">now</time>'


def test_a_post_that_breaks_off_is_cut_and_the_others_are_not():
    posts = live_posts(
        f"{STAMP.format('12:00')}<p>The port is open.</p>",
        f"{STAMP.format('11:00')}<p>The port is shut.</p><button>Read more</button>",
        f"{STAMP.format('10:00')}<p>A crane fell.</p>",
    )
    assert [one.get("complete") for one in posts] == [None, "cut", None]


def test_a_post_without_a_time_stays_where_it_stands_and_has_none():
    posts = live_posts(
        f"{STAMP.format('12:00')}<p>Four.</p>",
        "<p>Three.</p>",
        f"{STAMP.format('11:00')}<p>Two.</p>",
        f"{STAMP.format('10:00+01:00')}<p>One.</p>",
    )
    assert [(one["text"], one["published"]) for one in posts] == [
        ("One.", "2026-03-03T10:00+01:00"),
        ("Two.", "2026-03-03T11:00"),
        ("Three.", None),
        ("Four.", "2026-03-03T12:00"),
    ]
    assert len({one["url"] for one in posts}) == 4
    assert all(one["title"] == CRANE.headline for one in posts)


def test_a_table_in_a_post_is_sentences():
    posts = live_posts(*(f"{STAMP.format(f'1{n}:00')}<p>Report {n}.</p>{TABLE if n == 1 else ''}" for n in range(3)))
    assert posts[1]["text"].split("\n\n")[1:] == [
        "North quay: Berths 14, Depth 9 m.",
        "South quay: Berths 3.",
    ]


def test_a_live_blog_with_one_post_is_an_article():
    data = graph(CRANE, kind="LiveBlogPosting", liveBlogUpdate={"headline": "x", "articleBody": CRANE.paragraphs[0]})
    records, problems = parts(story(data, body=ARTICLE))
    assert len(records) == 1
    assert records[0]["text"].count("The council") == 3
    assert problems.notes == []


def test_five_thousand_posts_are_read_each_once():
    day = "2026-03-03T{:02}:{:02}:{:02}Z"
    posts = (
        f'<article class="live-post" id="b{n}"><time datetime="{day.format(n // 3600, n // 60 % 60, n % 60)}">x</time>'
        f"<p>Report {n}.</p></article>"
        for n in range(5000)
    )
    found, _ = parts(live_around("".join(posts)))
    assert [one["text"] for one in found[1:]] == [f"Report {n}." for n in range(5000)]


def test_posts_of_one_page_have_ids_that_stay_and_are_no_versions_of_each_other(tmp_path):
    (tmp_path / "gannet.html").write_bytes(LIVE_BLOGS[1]())
    with pytest.warns(InputWarning, match="live blog"):
        first = read_articles(tmp_path / "gannet.html")
    (tmp_path / "gannet.html").write_bytes(LIVE_BLOGS[1]().replace(b"eleven ships", b"nine ships"))
    with pytest.warns(InputWarning, match="live blog"):
        again = read_articles(tmp_path / "gannet.html")
    assert first["article_id"].is_unique
    assert list(first["article_id"]) == list(again["article_id"])
    assert len(link_versions(first)) == 0


def test_a_list_of_articles_with_times_is_no_live_blog():
    cards = "".join(
        f'<li class="card"><time datetime="2026-01-0{n}"></time><p>Teaser {n}.</p></li>' for n in range(1, 6)
    )
    record, problems = read(story(body=f"{ARTICLE}<ul>{cards}</ul>"))
    assert problems.notes == []
    assert record["text"].startswith("The council of Northfield")


TABLE = (
    "<table><thead><tr><th>Quay</th><th>Berths</th><th>Depth</th></tr></thead>"
    "<tr><td>North quay</td><td>14</td><td>9 m</td></tr><tr><td>South quay</td><td>3</td><td></td></tr></table>"
)


@pytest.mark.parametrize(
    "table", [TABLE, f"<figure class='chart'>{TABLE}<figcaption>Source: port</figcaption></figure>"]
)
def test_the_rows_of_a_table_are_sentences_where_it_stands(table):
    record, problems = read(story(body=PARAGRAPH.format("two") + table + ARTICLE[len(PARAGRAPH.format("two")) :]))
    assert record["text"].split("\n\n")[1:3] == ["North quay: Berths 14, Depth 9 m.", "South quay: Berths 3."]
    assert len(record["text"].split("\n\n")) == 5
    assert problems.notes == []


def test_a_table_beside_the_article_is_none_of_its_text():
    data = story().replace(b"</body>", f'<div class="sidebar">{TABLE}</div></body>'.encode())
    assert "quay" not in read(data)[0]["text"]


@pytest.mark.parametrize("odd", ["&#1;", "&#xFFFE;", "&#xFFFF;", "&#8;"])
def test_a_character_that_no_element_may_hold_does_no_harm(odd):
    table = TABLE.replace("North quay", f"North{odd} quay").replace(
        "</table>", f"<tr><td>\u200c{odd}</td></tr></table>"
    )
    record, _ = read(
        story(body=ARTICLE + f'<p>\u200cIt{odd} held.</p><div class="wide{odd}"><p>It stood.</p></div>' + table)
    )
    assert "The council of Northfield" in record["text"]


SIDE = '<div class="sidebar">' + PARAGRAPH.format("sixty") * 20 + "</div>"


@pytest.mark.parametrize(
    "body",
    [
        # What a page builder calls the parts of the text itself.
        "".join(
            f'<div class="elementor-widget elementor-widget-text-editor">{one}</div>' for one in ARTICLE.split("\n")
        ),
        ARTICLE.replace("Northfield", '<strong><a href="/x">Northfield</a></strong>'),
        ARTICLE.replace("<p>The", '<figure class="quote"><blockquote><p>The', 1).replace(
            "</p>", "</p></blockquote></figure>", 1
        ),
        f"{ARTICLE}</article>{SIDE}<article>",
        f'<div class="comment-piece share-enabled tags">{ARTICLE}</div>',
        f"<ul>{ARTICLE.replace('<p>', '<li>').replace('</p>', '</li>')}</ul>",
    ],
)
def test_nothing_of_an_article_is_taken_for_a_box(body):
    expected = [PARAGRAPH.format(number)[3:-4] for number in ("two", "four", "six")]
    assert read(story(body=body))[0]["text"].split("\n\n") == expected


def test_trafilatura_reads_a_page_once(monkeypatch):
    calls = []
    real = trafilatura.bare_extraction
    monkeypatch.setattr(trafilatura, "bare_extraction", lambda *a, **b: calls.append(1) or real(*a, **b))
    read(story(body=PARAGRAPH.format("two") + TABLE + ARTICLE))
    assert calls == [1]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Council meets | Northfield Post", "Council meets"),
        ("Council meets - Region - Northfield Post", "Council meets - Region"),
        ("Northfield Post: Council meets", "Council meets"),
        ("Council meets — northfieldpost.co.uk", "Council meets"),
        ("Council: the harbour | A long night", "Council: the harbour | A long night"),
    ],
)
def test_the_outlets_name_is_dropped_from_a_headline(title, expected):
    site = '<meta property="og:site_name" content="Northfield Post">'
    link = '<link rel="canonical" href="https://www.northfieldpost.co.uk/news/council">'
    data = f"<html><head><title>{title}</title>{site}{link}</head><body>{ARTICLE}</body></html>"
    assert read(data.encode())[0]["title"] == expected


SITE = '<title>Council meets | Northfield Post</title><meta property="og:site_name" content="Northfield Post">'
HERE = '<link rel="canonical" href="https://www.northfieldpost.co.uk/news/the-council-meets-again">'


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("Courier", "Courier"),  # somebody named it
        ("Council meets _ Northfield Post", "Northfield Post"),  # a browser did
        ("Council meets - Northfield Post (2)", "Northfield Post"),
        ("the-council-meets-again", "Northfield Post"),
    ],
)
def test_a_files_name_is_the_outlet_unless_a_browser_gave_it(tmp_path, name, outlet):
    (tmp_path / f"{name}.html").write_bytes(story(SITE, HERE))
    assert read_articles(tmp_path)["outlet"].tolist() == [outlet]


def test_a_page_from_an_address_has_its_sites_name_else_its_domain():
    address = "https://amp.northfieldpost.co.uk/x?y=1"
    assert read(story(SITE), "Courier.html", address=address)[0]["outlet"] == "Northfield Post"
    record, _ = read(story(), "Courier.html", address=address)
    assert (record["outlet"], record["url"]) == ("northfieldpost.co.uk", address)


def test_domains_are_found_without_the_network_or_the_disk(monkeypatch, tmp_path):
    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setenv("TLDEXTRACT_CACHE", str(tmp_path / "cache"))
    from compare.reading import mastheads

    mastheads._domains.cache_clear()
    found = [
        domain_of(f"https://{host}/a") for host in ("www.a.co.uk", "news.b.com.au", "me.blogspot.com", "127.0.0.1")
    ]
    assert found == ["a.co.uk", "b.com.au", "me.blogspot.com", "127.0.0.1"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('<meta property="article:modified_time" content="2026-05-05T05:05:05Z">', None),
        ('<meta name="date" content="2026">', None),
        ('<meta name="pubdate" content="Wed, 04 Mar 2026 09:30:00 +0200">', "2026-03-04T07:30:00Z"),
        ('<meta property="article:published_time" content="2026-03-04 09:30:00 +0200">', "2026-03-04T07:30:00Z"),
        # A day, and the same day with its time and zone.
        ('<meta name="date" content="2026-03-04"><meta itemprop="datePublished" content="2026-03-04T09:30+02:00">',)
        * 2,
        ('<meta name="date" content="last Tuesday">', None),
    ],
)
def test_a_page_was_published_when_it_says_so_and_not_when_it_was_changed(more, expected):
    expected = "2026-03-04T07:30:00Z" if expected == more else expected
    published = read(story(more))[0]["published"]
    assert (published and utc_moment(published)) == (expected and pd.Timestamp(expected))


def test_times_in_other_forms_are_none():
    assert [iso_moment(value) for value in (None, 5, "yesterday", "2026", "9" * 100, "0000-00-00")] == [None] * 6


@pytest.mark.parametrize(
    ("attributes", "more", "language"),
    [
        (' lang="de-AT"', "", "de-AT"),
        ("", '<meta property="og:locale" content="pt_BR">', "pt-BR"),
        (' lang="en"', '<meta property="og:locale" content="pl_PL">', None),  # a template's language
        (' lang="{{ lang }}"', "", None),
    ],
)
def test_a_pages_language_is_what_all_of_the_page_says(attributes, more, language):
    assert read(story(more, attributes=attributes))[0]["language"] == language


def test_a_page_without_a_rendered_article_is_read_from_its_structured_data():
    data = graph(CRANE, articleBody="\n".join(CRANE.paragraphs))
    record, _ = read(
        page(CRANE, head(CRANE, data), '<div id="root"><p>Loading the story, one moment please.</p></div>')
    )
    assert record["text"].split("\n\n") == list(CRANE.paragraphs)


def test_the_charset_of_a_server_is_believed():
    data = (
        "<html><body><h1>Заседание</h1><p>Совет собрался в понедельник и обсуждал порт шесть часов.</p></body></html>"
    )
    record, problems = read(data.encode("koi8_r"), content_type="text/html; charset=koi8-r")
    assert (record["title"], problems.notes) == ("Заседание", [])


def mhtml(content, *, whole=True):
    """Write a page as a browser saves it with a picture; one that is not whole breaks off in the page."""
    picture = ("", "--frontier", "Content-Type: image/png", "Content-Transfer-Encoding: base64", "", "iVBORw0KGgo=")
    lines = (
        *("From: <Saved by a browser>", "Snapshot-Content-Location: https://www.northfieldpost.co.uk/news/x"),
        *("MIME-Version: 1.0", 'Content-Type: multipart/related; type="text/html"; boundary="frontier"', ""),
        *("--frontier", 'Content-Type: text/html; charset="windows-1251"'),
        *("Content-Transfer-Encoding: quoted-printable", "", content),
        *((*picture, "--frontier--", "") if whole else ()),
    )
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("name", ["Courier.mhtml", "Courier.mht", "Courier.html"])
def test_a_page_that_was_saved_as_one_file_is_read(tmp_path, name):
    text = "<h1>=D1=EE=E2=E5=F2</h1><p>=D1=EE=E2=E5=F2 =F1=EE=E1=F0=\r\n=E0=EB=F1=FF =E2=F7=E5=F0=E0.</p>"
    (tmp_path / name).write_bytes(mhtml(f"<html><body>{text}</body></html>"))
    [row] = read_articles(tmp_path).to_dict("records")
    assert (row["outlet"], row["title"], row["text"]) == ("Courier", "Совет", "Совет собрался вчера.")
    assert row["url"] == "https://www.northfieldpost.co.uk/news/x"


def body(content, title=""):
    return f"<html><head><title>{title}</title></head><body>{content}</body></html>".encode()


BAD = {
    "is an empty page": b" \n",
    "is a PDF, not a page": b"%PDF-1.7 ...",
    "is a packed file (gzip), not a page": gzip.compress(b"<html></html>"),
    "is no web page: it holds no tags": bytes(range(256)) * 50,
    "is XML, not a page": b"<?xml version='1.0'?><list><item>1</item></list>",
    "is a feed, not a page": b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>",
    "is a page to log in, not the article": body("<h1>Sign in</h1><p>Your password:</p><input type='password'>"),
    "asks for consent to cookies, and holds no article": body(f"<p>{COOKIES}</p><p>Our partners use cookies.</p>"),
    "says that the page was not found or is not to be seen": body(
        "<p>Nothing is at this address.</p>", "404 Not Found"
    ),
    "asks for JavaScript or whether the reader is human, and holds no article": body(
        "<p>Enable JavaScript please.</p>"
    ),
    "shows nothing of its article, and asks for a subscription": body(
        "<p class='paywall'>Subscribe to keep reading.</p>"
    ),
    "is a page of 11 MB, and no more than 10 are read": b"<html>" + b"<p>word</p>" * 1_050_000,
    "is a page of 60,005 elements, and no more than 60,000 are read": story(body="<p>word</p>" * 60_000),
    "is a page nested too deeply to be read": story(body="<div>" * 100_000),
    "is an MHTML file without a page in it": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n",
    "is an MHTML file that breaks off in the middle of the page": mhtml("<html><body><p>The council", whole=False),
    "is a damaged MHTML file": b"MIME-Version: 1.0\n"
    + b"".join(b"Content-Type: multipart/related; boundary=x%d\n\n--x%d\n" % (n, n) for n in range(1200)),
    "no article was found on this page": story(body=""),
}


@pytest.mark.parametrize("sentence", BAD)
def test_what_is_no_article_is_named_in_one_sentence_or_left_out(sentence):
    _, problems = read(BAD[sentence])
    assert [(one.where, one.what) for one in problems.skipped] == [("a.html", sentence)]
    with pytest.raises(InputError) as caught:
        list(page_records(BAD[sentence], "a.html", Problems(skip=False)))
    assert str(caught.value).startswith(f"a.html: {sentence}; ")


@pytest.mark.parametrize("title", ["404 dockers hurt", "Crane 403 falls", "Swimming forbidden here", "404-metre tower"])
def test_a_short_article_on_a_number_or_a_ban_is_an_article(title):
    found, problems = read(story(title=title, body="<p>The crane of the port fell into the basin on Tuesday.</p>"))
    assert (found["title"], problems.skipped) == (title, [])


@pytest.mark.parametrize(
    "title", ["404", "Oops! 404", "Error 403", "404 - Page not found", "403 Forbidden", "Forbidden", "404 | The Gannet"]
)
def test_a_page_that_says_it_was_not_found_is_no_article(title):
    _, problems = read(body("<p>Nothing is at this address.</p>", title))
    assert [one.what for one in problems.skipped] == ["says that the page was not found or is not to be seen"]


def test_bad_pages_among_good_ones_are_left_out_and_named(tmp_path):
    (tmp_path / "Good.html").write_bytes(story())
    (tmp_path / "Bad.html").write_bytes(b"%PDF-1.7")
    with pytest.warns(InputWarning, match=r"1 article was skipped: .*Bad\.html \(is a PDF, not a page\)\."):
        assert read_articles(tmp_path, skip_bad=True)["outlet"].tolist() == ["Good"]


@pytest.mark.parametrize(
    "data",
    [
        {"@graph": 5},
        {
            "@type": ["NewsArticle", 7, None],
            "headline": 5,
            "publisher": 7,
            "hasPart": [None, {"cssSelector": [1, "."]}],
        },
        {
            "@type": "NewsArticle",
            "datePublished": {"@value": "x"},
            "mainEntityOfPage": [1],
            "url": "http://[",
            "inLanguage": 3,
        },
        {"@type": "NewsArticle", "datePublished": "2026-01-01", "wordCount": "many", "isAccessibleForFree": False},
        {"@type": "LiveBlogPosting", "liveBlogUpdate": [None, 3, {"articleBody": 7}], "datePublished": "x"},
        [[[]]],
    ],
)
def test_odd_structured_data_does_no_harm(data):
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    bad = '<script type="application/ld+json">{"a": [</script><link rel="canonical" href="http://["><meta content="x">'
    record, _ = read(story(script, bad), address="https://[bad")
    assert record["title"] == "Council meets"
    assert len(record["text"].split("\n\n")) == 3
