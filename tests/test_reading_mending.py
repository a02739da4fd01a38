"""HTML of feeds and dumps becomes text, and letters that were read wrongly become right. All outlets are invented."""

import time
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare import InputWarning, read_articles
from compare.reading.mending import reread, untagged


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("<p>The ferry sank.</p><p>All live.</p>", "The ferry sank.\n\nAll live."),
        ("<P>The ferry\n  sank.</P>\n\n<P>All live.</P>", "The ferry sank.\n\nAll live."),
        ("<p>The ferry sank.\n<p>All live.", "The ferry sank.\n\nAll live."),
        ("The ferry sank.<br/>All live.<br><br>So far.", "The ferry sank.\nAll live.\n\nSo far."),
        ('The <a href="/x?a=1&amp;b=2">ferry</a> sank.\n\nAll <b>live</b>.', "The ferry sank.\n\nAll live."),
        ("&lt;p&gt;The ferry sank.&lt;/p&gt;", "The ferry sank."),
        (
            "It wasn&#8217;t &quot;ready&quot;&nbsp;yet, Smith &amp;amp; Co said.",
            'It wasn’t "ready"\xa0yet, Smith & Co said.',
        ),
        ("<div><h2>Sunk</h2><ul><li>One</li><li>Two</li></ul></div>", "Sunk\n\nOne\nTwo"),
        ("<p>It sank.</p><script>var a = '<p>no</p>';</script><style>p {}</style>", "It sank."),
        ("<html><head><title>x</title></head><body><nav>Home</nav><p>It sank.</p></body></html>", "It sank."),
        ("<nav>Home<p>It sank, and nav never ends.</p>", "Home\n\nIt sank, and nav never ends."),
        ("<table><tr><td>3</td><td>sank</td></tr></table>", "3 sank"),
        ("<p><img src='ferry.jpg'></p>\n<p>&nbsp;</p>", ""),
    ],
)
def test_html_becomes_its_text(stored, text):
    assert untagged(stored) == text


@pytest.mark.parametrize(
    "text",
    [
        "3 < 5 and 7 > 2 & so on; R&D, AT&T;",
        "He typed <sorry> and <b> and left.",
        "Prices rose <1%> &c; see a?b=1&copy=2",
        "I <3 the harbour",
        "<script>never ends",
        "",
    ],
)
def test_text_that_is_no_html_stays(text):
    assert untagged(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "“We can’t wait” – she said… • €5",
        "Zoë Müller ate a crème brûlée in São Tomé, Ångström and Łódź; Šárka Čapek.",
        "£5m, ©, ½, 30°C",
        "Le cœur et l’œuvre.",
        "Où? À Orléans.",
    ],
)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_letters_that_were_read_wrongly_are_put_right(text, encoding):
    def misread(right):
        return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in right.encode())

    assert reread(misread(text)) == text
    assert reread(text) == text


def test_mail_that_is_packed_for_its_way_is_unpacked():
    packed = "The ferry left the old quay at nine=\n and struck a barge. It wasn=E2=80=99t =\nready, 1 + 1 =3D 2."
    assert reread(packed) == "The ferry left the old quay at nine and struck a barge. It wasn’t ready, 1 + 1 = 2."
    for text in ("a =\nb", "a=E2=80=99b", "=\n=FF=FF, =E2=28"):
        assert reread(text) == text


def test_letters_that_were_read_wrongly_twice_are_put_right():
    assert reread("It wasnÃ¢â‚¬â„¢t Ã¢â‚¬Å“readyÃ¢â‚¬Â\x9d, ZoÃƒÂ« said.") == "It wasn’t “ready”, Zoë said."
    assert reread("Great ðŸ˜€") == "Great 😀"


@pytest.mark.parametrize(
    "text",
    [
        "He called it “café’” and “JOSÉ’S”.",
        "„Das macht Spaß“, sagte er.",
        "A MANHÃ” e a ÂNCORA; â, €, ™.",
        "Le «QU’IL EÛT Ô»",
        "Å… Ä– Ä”",
    ],
)
def test_letters_that_were_read_right_stay(text):
    assert reread(text) == text


@given(st.text(st.sampled_from("<>/pbr &;amltgq#39Ãâ€™©Â \n")))
def test_what_is_mended_stays_as_it_is(text):
    once = untagged(reread(text))
    assert untagged(reread(once)) == once


def test_warnings_name_the_articles():
    records = [
        {"outlet": "Gannet", "title": "Mayor&#8217;s day", "text": "<p>The ferry sank.</p>"},
        {"outlet": "Orrery", "text": "It wasnâ€™t me."},
        {"outlet": "Ledger", "text": "It floats."},
    ]
    with pytest.warns(InputWarning) as caught:
        articles = read_articles(records)
    assert articles["text"].tolist() == ["The ferry sank.", "It wasn’t me.", "It floats."]
    assert articles["title"].iat[0] == "Mayor’s day"
    assert [str(warning.message) for warning in caught] == [
        '1 article was once read in a wrong encoding, such as â€™ for ’ (record 2, "Orrery"); the letters were put '
        "right.",
        '1 article was written in HTML (record 1, "Gannet"); the tags were taken out and the entities decoded, and '
        "offsets count in what is left.",
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert compare.read_articles(articles).equals(articles)


@pytest.mark.parametrize(
    "text",
    [
        "<p>" * 50_000,
        "&amp;" * 50_000,
        "&" + "amp;" * 50_000,
        "<a " * 50_000,
        "<" * 100_000,
        "â€" * 50_000,
        "<!--" * 9999,
    ],
)
def test_hostile_texts_are_read_in_reasonable_time(text):
    begun = time.process_time()
    untagged(reread(text))
    assert time.process_time() - begun < 5
