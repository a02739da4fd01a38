"""What the pages of a copied PDF leave between an article's lines. All people and outlets are invented."""

import textwrap
import time

import pytest

import compare
from compare import InputWarning
from compare.reading.paging import without_pages

CUT = "The ferry left the old quay at nine on Monday and struck a"
REST = "barge in the channel, the harbour office said."


@pytest.mark.parametrize(
    "edge",
    [
        "12",
        "- 12 -",
        "[12]",
        "Page 3",
        "page 3 of 7",
        "The Northern Courier | 4 May",
        "The Northern Courier 12",
        "4 May 2026 The Northern Courier",
        "https://courier.example/ferry 3/7",
        "The Northern Courier | 4 May\n\n12\n\fFerry strikes barge",
    ],
)
def test_what_stands_alone_between_two_halves_of_a_sentence_goes(edge):
    if "\f" in edge:  # a head that is known because it was there before
        assert without_pages(f"Ferry strikes barge\n\n{CUT}\n\n{edge}\n\n{REST}") == f"\n{CUT}\n{REST}"
    else:
        assert without_pages(f"One more ferry.\n\n{CUT}\n\n{edge}\n\n{REST}") == f"One more ferry.\n\n{CUT}\n{REST}"


@pytest.mark.parametrize("edge", ["12", "page 3 of 7"])
def test_a_number_needs_no_blank_lines_around_it(edge):
    assert without_pages(f"{CUT}\n{edge}\n{REST}") == f"{CUT}\n{REST}"


def test_heads_and_numbers_go_from_every_page_once_one_cut_a_sentence():
    text = "\n\n".join(["Ferry sinks", "7", CUT, "8", "Ferry sinks", REST, "9", "Ferry sinks", "Nobody was hurt."])
    assert without_pages(text).split("\n") == ["", "", CUT, REST, "", "", "", "Nobody was hurt."]


def test_a_foot_with_a_rule_goes_wherever_it_is_repeated():
    text = "One ferry sank.\n\nThe Northern Courier | 1\n\nAll live.\n\nThe Northern Courier | 2\n\nIt was May."
    assert without_pages(text).split() == ["One", "ferry", "sank.", "All", "live.", "It", "was", "May."]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "The results:\n\n12\n\n14\n\n9\n\nwere counted twice.",
        "These were the counts of the northern wards\n12\nof the southern wards with the isles\n15\nof all others.",
        "The final was played on Sunday.\n\n3\n\nThe goals fell late.",
        "The match ended as everybody in the town had said\n\n3-2\n\nand the crowd went home.",
        "It began in the harbour.\n\n2024\n\nThe ferry was sold.\n\n2025\n\nThe ferry sank.",
        "4 May\n\nThe ferry left.\n\n5 May\n\nThe ferry came back.",
        "Day 1\n\nThe ferry left.\n\nDay 2\n\nThe ferry came back.",
        "1\n\nThe ferry left the quay.\n\n2\n\nThe ferry came back.",
        "Yes | 12\nNo | 30\n\nIn the second round:\n\nYes | 14\nNo | 28",
        "The owners of the ferry met on the island of\n\nTarn\n\nand said nothing.",
        "The ferry left the old quay with a crew of 12\nand a dog, and struck a barge before 4 May\nended.",
        "The harbour office counted a crew of\n12 sailors and a cook on the ferry Almira 3\nand a dog on the barge.",
        "Applause\n\nWe shall build the pier.\n\nApplause\n\nWe shall build it soon.",
    ],
)
def test_what_is_the_articles_own_stays(text):
    assert without_pages(text) == text


def test_a_copied_pdf_is_read_as_it_was_printed():
    printed = "\n\n".join(
        f"On day {name} of the inquiry the harbour master of Tarn told the court that the pilot had slept, that none "
        f"on the bridge of the {ship} had seen the barge, and that the light on the mole was out. The court heard so."
        for name, ship in zip(
            ["one", "two", "three", "four", "five", "six", "seven", "eight"],
            ["Almira", "Bertha", "Clara", "Dora", "Elsa", "Frida", "Greta", "Hilda"],
            strict=True,
        )
    )
    lines = [line for part in printed.split("\n\n") for line in [*textwrap.wrap(part, 72), ""]]
    pages = [lines[at : at + 9] for at in range(0, len(lines), 9)]
    copied = "\n".join(
        "\n".join([*page, "", f"The Northern Courier | {number} of {len(pages)}", "\f"])
        for number, page in enumerate(pages, start=1)
    )
    with pytest.warns(InputWarning) as caught:
        [text] = compare.read_articles([{"outlet": "Northern Courier", "text": copied}])["text"]
    assert text.split() == printed.split()
    assert str(caught[0].message) == (
        '1 article was copied from a PDF with its page numbers, running heads or feet (record 1, "Northern Courier"); '
        "those lines were taken out, and offsets count in what is left."
    )
    assert compare.read_articles([{"outlet": "Northern Courier", "text": text}])["text"].tolist() == [text]


def test_a_long_text_is_read_at_once():
    started = time.monotonic()
    for line in ("12\n", "a | b\n", "- " * 50 + "\n", "page 1 of 2 \n", " " * 100_000, "x" * 40 + "\n\n3\n\n"):
        without_pages(line * (200_000 // len(line)))
    assert time.monotonic() - started < 20
