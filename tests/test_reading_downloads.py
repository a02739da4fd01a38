"""Downloads of databases as documents and texts. All outlets and articles are invented and written here."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd
import pytest

from compare import InputError, InputWarning, read_articles

MANY = 500
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def nexis(number):
    return [
        f"Crane {number} falls",
        "Port Gannet",
        "March 3, 2026 Tuesday",
        "Copyright 2026 Port Gannet All Rights Reserved",
        "Section: NEWS; Pg. 4",
        "Length: 14 words",
        "Byline: Mara Quill",
        "Body",
        f"The crane of quay {number} fell.",
        "Nobody was hurt.",
        "Load-Date: March 4, 2026",
        "End of Document",
    ]


def factiva(number):
    return [
        "SE News",
        f"HD Crane {number} falls",
        "WC 14 words",
        "PD 3 March 2026",
        "SN Port Gannet",
        "LP",
        f"The crane of quay {number} fell.",
        "TD",
        "Nobody was hurt.",
        "AN",
        "Document GANNET0020260303em330000a",
    ]


def proquest(number):
    return [
        "_" * 60,
        f"Crane {number} falls",
        "Full text: " + f"The crane of quay {number} fell.",
        "Nobody was hurt.",
        f"Title: Crane {number} falls",
        "Publication title: Port Gannet; Oldmere",
        "Publication date: Mar 3, 2026",
        f"ProQuest document ID: {number}",
        f"Document URL: https://archive.example/{number}",
    ]


def docx(path, lines):
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')


def rtf(path, lines, picture=b""):
    Path(path).write_bytes(
        b"{\\rtf1\\ansi " + picture + "".join(f"{line}\\par\n" for line in lines).encode("cp1252") + b"}"
    )


def text(path, lines):
    Path(path).write_text("\n".join(lines))


@pytest.mark.parametrize(
    ("path", "write", "article"),
    [
        ("a.docx", docx, nexis),
        ("a.rtf", rtf, nexis),
        ("a.txt", text, nexis),
        ("a.rtf", rtf, factiva),
        ("a.txt", text, factiva),
        ("a.txt", text, proquest),
    ],
)
def test_a_download_of_five_hundred_articles_is_read_whole(path, write, article):
    if path == "a.rtf":
        pytest.importorskip("striprtf")
    write(path, [line for number in range(MANY) for line in article(number)])
    articles = read_articles(path)
    assert len(articles) == MANY
    last = articles.iloc[-1]
    assert (last["outlet"], last["title"]) == ("Port Gannet", "Crane 499 falls")
    assert last["text"] == "The crane of quay 499 fell.\n\nNobody was hurt."
    assert last["published"] == pd.Timestamp("2026-03-03", tz="UTC")


@pytest.mark.parametrize("picture", [b"{\\pict\\pngblip " + b"89504e47" * 400 + b"}", b"{\\pict\\bin6 }{}\\{}}"])
def test_pictures_in_rtf_are_left_out(picture):
    pytest.importorskip("striprtf")
    rtf("a.rtf", nexis(1), picture)
    assert read_articles("a.rtf")["title"].tolist() == ["Crane 1 falls"]


def test_a_part_without_an_article_is_told():
    docx("a.docx", [*nexis(1), "A page of results", "End of Document", *nexis(2)])
    with pytest.warns(InputWarning, match=r"a\.docx: 1 part was no article \(number 2 of 3\)"):
        assert len(read_articles("a.docx")) == 2


def test_documents_that_are_no_downloads_are_named():
    docx("a.docx", ["Dear all,", "the crane fell."])
    with pytest.raises(
        InputError, match=r"a\.docx: was not read, for it is no download of Nexis Uni, Factiva or ProQuest"
    ):
        read_articles("a.docx")
    Path("b.docx").write_bytes(b"PK nothing")
    with pytest.raises(InputError, match=r"^b\.docx: is damaged or not a \.docx file"):
        read_articles("b.docx")
    pytest.importorskip("striprtf")
    Path("c.rtf").write_text("The crane fell.")
    with pytest.raises(InputError, match=r"c\.rtf: was not read, for it is no download"):
        read_articles("c.rtf")


def test_prose_with_a_rule_in_it_stays_one_article():
    Path("Gannet.txt").write_text("Crane falls\n\nIt fell.\n" + "_" * 40 + "\nTitle: of the port: none.\n")
    assert read_articles("Gannet.txt")["outlet"].tolist() == ["Gannet"]


def test_a_line_of_the_text_that_looks_like_a_mark_stays_in_it():
    lines = factiva(1)
    lines[8:8] = ["IN the port it was quiet.", "No ship came.", "Nobody spoke.", "The sun rose.", "It was warm."]
    text("a.txt", lines)
    assert "IN the port it was quiet.\n\nNo ship came." in read_articles("a.txt")["text"][0]


@pytest.mark.parametrize("line", ["PD stands for Port Day.", "IN the port it was quiet.", "RE the quay: nobody knows."])
def test_factiva_a_last_line_that_looks_like_a_code_stays_in_the_text(line):
    lines = factiva(1)
    lines[9:9] = [line]
    lines[10:10] = ["CO gannet : Port Gannet Ltd", "RE", "uk : United Kingdom | ports"]
    text("a.txt", lines)
    assert read_articles("a.txt")["text"][0].endswith(f"hurt.\n\n{line}")


@pytest.mark.parametrize("said", [["Title: a word."], ["Location: the quay."], ["Author: unknown", "It was late."]])
def test_proquest_last_lines_that_look_like_fields_stay_in_the_text(said):
    lines = proquest(1)
    lines[4:4] = said
    text("a.txt", [*lines, *proquest(2)])
    article = read_articles("a.txt").iloc[0]
    assert article["text"].endswith("\n\n".join(["hurt.", *said]))
    assert (article["outlet"], article["title"]) == ("Port Gannet", "Crane 1 falls")


@pytest.mark.parametrize(("path", "write"), [("a.txt", text), ("a.docx", docx), ("a.rtf", rtf)])
def test_nexis_articles_without_a_written_end_are_all_read(path, write):
    if path == "a.rtf":
        pytest.importorskip("striprtf")
    write(path, [line for n in range(MANY) for line in [f"{n + 1} of {MANY} DOCUMENTS", *nexis(n)[:-1]]])
    articles = read_articles(path)
    assert articles["title"].tolist() == [f"Crane {number} falls" for number in range(MANY)]
    assert articles["text"].tolist() == [f"The crane of quay {n} fell.\n\nNobody was hurt." for n in range(MANY)]
    assert articles["outlet"].unique().tolist() == ["Port Gannet"]
