"""Whose words a text gives in less usual syntax, and where the words begin and end."""

from __future__ import annotations

import pytest

import compare


def told(text):
    """Return every quotation with its speaker as written and as resolved."""
    found = compare.extract_quotes(text)
    return list(found[["quote", "speaker", "resolved"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "quote", "pronoun", "speaker"),
    [
        ("She was met by a nurse who told her the ward was full.", "the ward was full", "who", "a nurse"),
        ("The plan was opposed by farmers, who argue that it is late.", "it is late", "who", "farmers"),
        ("The court heard from Nils Aker, who said that it was lost.", "it was lost", "who", "Nils Aker"),
        ("He spoke with Ruben Halse, 41, who believes the well is dry.", "the well is dry", "who", "Ruben Halse"),
        ("It was Pia Sorrel, a judge, who claimed that it was lost.", "it was lost", "who", "Pia Sorrel"),
        ("It is owned by the Quay Trust, which says it will close.", "it will close", "which", "the Quay Trust"),
        ("It belongs to the Quay Trust, which says it will close.", "it will close", "which", "the Quay Trust"),
    ],
)
def test_a_relative_pronoun_is_resolved_to_what_it_stands_for(text, quote, pronoun, speaker):
    assert told(text) == [(quote, pronoun, speaker)]


@pytest.mark.parametrize(
    ("text", "quote", "speaker"),
    [
        ("A survey published on Friday found that rents had doubled.", "rents had doubled", "A survey"),
        ("A letter sent to parents said the school would shut.", "the school would shut", "A letter sent to parents"),
        ("Rents have doubled, according to a paper leaked on Friday.", "Rents have doubled", "a paper"),
        ("As per the union's Bo Tamm, the offer is dead.", "the offer is dead", "Bo Tamm"),
        ("In the opinion of engineer Tomas Rhee, it was sound.", "it was sound", "Tomas Rhee"),
        ("The pier, in Tomas Rhee's view, was never sound.", "The pier was never sound", "Tomas Rhee"),
        ("In the eyes of its critics, the trust is a club.", "the trust is a club", "its critics"),
        ("The pier was never sound in Tomas Rhee's view.", "The pier was never sound", "Tomas Rhee"),
        ("The trust is, in Tomas Rhee's eyes, a club.", "The trust is a club", "Tomas Rhee"),
        ("The way Tomas Rhee sees it, the pier is lost.", "the pier is lost", "Tomas Rhee"),
        ("To hear Tomas Rhee tell it, the pier is lost.", "the pier is lost", "Tomas Rhee"),
        ("For Ann Rhee, this is a question of dignity.", "this is a question of dignity", "Ann Rhee"),
        ("Ann Rhee's message to the bank is simple: “Leave us the pier.”", "Leave us the pier.", "Ann Rhee"),
        ("“We are back,” said on Monday the choir's head, Lise Mohr.", "We are back", "Lise Mohr"),
        ("Bo Tamm said on Monday the site was sold.", "the site was sold", "Bo Tamm"),
    ],
)
def test_cues_without_a_verb_of_saying_and_beside_a_time(text, quote, speaker):
    assert [(said, who) for said, _, who in told(text)] == [(quote, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "For Halden, it was a third defeat in a row.",
        "To the north, it was a cold night.",
        "For ten years, this was the only road.",
        "Tears stood in her eyes when the pier was opened.",
        "The ship came in Halden's view at noon and sank.",
    ],
)
def test_what_holds_for_a_place_or_a_time_is_nobodys_view(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "dateline",
    [
        "HALDEN, March 3 - ",
        "HALDEN (Northwire) — ",
        "NEW HALDEN, Norland, Jan. 12 (Northwire) -- ",
        "Port Ashe, 4 May – ",
        "BRIN/HALDEN — ",
        "Ferry stops for the winter\n\nHALDEN, March 3 - ",
    ],
)
@pytest.mark.parametrize("said", ["The ferry is safe, Bo Tamm said.", "“The ferry is safe,” Bo Tamm said."])
def test_a_dateline_is_no_part_of_what_is_said(dateline, said):
    assert told(dateline + said) == [("The ferry is safe", "Bo Tamm", "Bo Tamm")]


def test_a_speaker_between_dashes_is_no_dateline():
    assert told("Ann Rhee — who left early — said the pier was lost.")[0][2] == "Ann Rhee"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Bo Tamm said the doors open at 7 a.m.", "the doors open at 7 a.m."),
        ("The doors open at 7 a.m., Bo Tamm said.", "The doors open at 7 a.m."),
        ("Bo Tamm said the buyer was Dunmere Steel Inc.", "the buyer was Dunmere Steel Inc."),
    ],
)
def test_a_shortened_word_keeps_its_stop(text, quote):
    assert [said for said, *_ in told(text)] == [quote]


def test_a_quotation_that_opens_in_one_paragraph_has_the_speaker_named_in_the_next():
    text = "“The roof leaks.\n\n“The walls are wet,” tenant Malin Stroh told the inquiry."
    assert told(text) == [("The roof leaks. The walls are wet", "tenant Malin Stroh", "Malin Stroh")]


@pytest.mark.parametrize(
    "text",
    [
        "Q. What did you see?\nA. A light, then nothing.\nQ. Where?\nA. Over the mill.",
        "What did you see?\nRhee: A light, then nothing.\nWhere?\nRhee: Over the mill.",
    ],
)
def test_an_interview_needs_neither_two_names_nor_colons(text):
    answers = [(said, who) for said, who, _ in told(text) if who in {"A.", "Rhee"}]
    assert [said for said, _ in answers] == ["A light, then nothing.", "Over the mill."]


def test_an_initial_at_the_start_of_a_paragraph_is_no_answer():
    assert told("A. Rhee left early.\nA. Tamm stayed until ten.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The control room screens went dark, and a sign reading “all trains are running to time” fell.",
        "The ward woke to “a noise like the end of the world” on Sunday.",
        "Scrawled on the wall: “We are not for sale.”",
        "Halden Homes sold the site to a rival. “It was the right price,” she said.",
    ],
)
def test_no_room_wall_or_firm_is_a_person_who_speaks(text):
    assert not {"The control room screens", "The ward", "Scrawled", "Halden Homes"} & {who for _, _, who in told(text)}
