"""What an outlet says of its own article is kept apart from the story; what the story tells of corrections is not."""

import csv
import json
import re
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import compare
from compare import tables
from compare.cli import main
from compare.language.split import split_text
from compare.outlets.counts import with_counts
from compare.reading.corrections import find_corrections
from compare.report.story.findings import brief_of
from compare.report.story.page import render_page
from compare.report.story.payload import payload
from compare.report.story.view import view_of
from compare.validation.decisions import decisions_of
from compare.validation.record import available

LEAD = "Fire destroyed a warehouse in Velland on Tuesday and killed fifty people, the fire service said."
MORE = (
    "Smoke drifted over the harbour for most of the day, and ferries to the islands were cancelled until the evening."
)
END = "An inquiry into the cause of the fire will begin next week and is to report before the summer, the mayor said."
STORY = (LEAD, MORE, END)


def notes(text):
    spans = split_text(text)
    return [(note.kind, text[spans[note.first][0] : spans[note.last][1]]) for note in find_corrections(text, spans)]


def kept(text):
    """The story that is left, without the notes."""
    for _, note in notes(text):
        text = text.replace(note, "")
    return text.split()


BEFORE_OR_AFTER = [
    ("correction", "An earlier version of this article said sixty."),
    ("correction", "An earlier version of this article said sixty people had died. The figure is fifty."),
    ("correction", "A previous version of this story misstated the number of dead."),
    ("correction", "Earlier versions of this article, published on Tuesday, incorrectly gave the toll as sixty."),
    ("correction", "An earlier version of this report wrongly put the toll at sixty."),
    ("correction", "In an earlier version of this article, the fire chief's name was given as Hale. It is Hales."),
    ("correction", "A previous headline on this article said that sixty people had died."),
    ("correction", "Correction: An earlier version of this article said sixty."),
    ("correction", "Correction: The fire broke out on Tuesday, not on Wednesday."),
    ("correction", "Correction: Our report of 4 May said that sixty people had died. We regret the error."),
    ("correction", "CORRECTION (4 May): The toll is fifty."),
    ("correction", "CORRECTION, 4 May 2026, 14:05 GMT: The fire chief is Jane Hales."),
    ("correction", "Correction May 4, 2026 An earlier version of this story misspelled the name of the fire chief."),
    ("correction", "Corrections and clarifications: This article was amended to say that fifty people died."),
    ("correction", "• This article was amended on 3 March 2026 because it gave the toll as sixty."),
    ("correction", "This article was amended on 3 March 2026 to correct the number of dead."),
    ("correction", "A correction was made on March 3, 2026: An earlier version of this article misstated the toll."),
    ("correction", "This story has been corrected to show that fifty people died, not sixty."),
    ("correction", "(This story has been corrected to say that fifty people died.)"),
    ("correction", "(This May 4 story has been corrected to fix the toll in paragraph 1)"),
    ("correction", "(Corrects spelling of Hales in paragraph 3)"),
    ("correction", "(Corrects to say fifty people died, not sixty, in first paragraph)"),
    ("correction", "Because of an editing error, an earlier version of this article gave the toll as sixty."),
    ("correction", "This article originally said that sixty people had died."),
    ("correction", "The headline of this article was changed on 3 March because it gave a wrong figure."),
    ("correction", "Editor's note: An earlier version of this article named the wrong fire chief."),
    ("correction", "For the record: An earlier version of this story said that sixty people had died."),
    ("correction", "We have corrected this article. It gave the toll as sixty."),
    ("correction", "A photo caption with an earlier version of this article misidentified the fire chief."),
    ("correction", "An earlier version of this article said sixty people had died, as the mayor had first said."),
    ("correction", "In an earlier version of this article, the mayor said the toll was sixty. It was the fire chief."),
    ("correction", "Correction issued 4 May: An earlier version of this article said sixty."),
    ("correction", "The article has been amended to correct the number of dead."),
    ("correction", "A note from the editor: An earlier version of this story named the wrong fire chief."),
    ("correction", "A correction has been made to this article."),
    ("correction", "Owing to an editing error, a previous version gave the toll as sixty."),
    ("correction", "(This story corrects paragraph 2 to say that fifty people died)"),
    ("clarification", "Clarification: The toll includes two people who died in hospital on Friday."),
    ("clarification", "CLARIFICATION: An earlier version of this story did not say who counted the dead."),
    ("clarification", "This article was amended on 3 March 2026 to clarify who counted the dead."),
    ("update", "This article was updated on 3 March 2026 to include a statement by the fire service."),
    ("update", "This story has been updated with a statement by the fire service."),
    ("update", "This story was updated at 14:05."),
    ("update", "- Story updated at 14:05 with the mayor's reply."),
    ("update", "This is an updated version of a story first published on 4 May."),
    ("update", "UPDATE (14:05): This story has been updated with the fire service's figures."),
    ("update", "(Updates with statement by fire service)"),
    ("note", "Editor's note: This story describes the injuries of the dead. Some readers may want to leave it."),
    ("note", "[Editor’s note: Jane Doe, who wrote this story, is the fire chief's sister.]"),
    ("note", "This interview has been edited for length."),
]


@pytest.mark.parametrize(("kind", "note"), BEFORE_OR_AFTER, ids=lambda value: value[:40])
def test_a_note_before_or_after_the_story(kind, note):
    assert notes("\n\n".join([note, *STORY])) == [(kind, note)]
    assert notes("\n".join([*STORY, note])) == [(kind, note)]
    assert notes("\n\n".join(["By Jane Doe", note, *STORY])) == [(kind, note)]
    assert notes("\n\n".join([*STORY, note, "Additional reporting by John Roe in Velland."])) == [(kind, note)]


AT_THE_BEGINNING = [
    ("update", "Updates with statement by fire service"),
    ("update", "UPDATES throughout"),
    ("update", "Adds quotes, background"),
    ("update", "ADDS minister's comment, details"),
    ("update", "* Updates with comment from the ministry, adds details of the inquiry"),
    ("correction", "Corrects spelling of Hales in paragraph 3"),
    ("correction", "CORRECTS toll in lead to fifty"),
    ("update", "(Adds Hales comment, paragraphs 4-6)"),
    ("update", "(Recasts, adds details)"),
    ("update", "(Updates prices)"),
    ("update", "Updated with the mayor's reply."),
    ("correction", "Removes extraneous word in paragraph 2"),
    ("correction", "Correction: Velland was misspelled."),
    ("correction", "CORRECTION: Fifty people died."),
]


@pytest.mark.parametrize(("kind", "note"), AT_THE_BEGINNING, ids=lambda value: value[:40])
def test_an_agency_s_slug_line(kind, note):
    assert notes("\n\n".join([note, *STORY])) == [(kind, note)]


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("An earlier version of this article said sixty. It was wrong.", "correction"),
        ("Correction: An earlier version of this article said sixty.", "correction"),
        ("CORRECTION (4 May): The toll is fifty.", "correction"),
        ("Editor's note: The fire service does not name the dead.", "note"),
        ("This article was amended on 3 March 2026.", "correction"),
    ],
)
def test_a_paragraph_of_its_own_in_the_middle(note, kind):
    assert notes("\n\n".join([LEAD, MORE, note, MORE, END])) == [(kind, note)]


def test_a_heading_belongs_to_its_note():
    note = "Correction\nAn earlier version of this article misstated the toll. Fifty people died."
    assert notes("\n".join([*STORY, note])) == [("correction", note)]
    note = "Correction\nMay 4, 2026\nAn article on Monday about a fire misidentified the chief. She is Jane Hales."
    assert notes("\n".join([*STORY, note])) == [("correction", note)]
    note = "Editor’s Note:\n\nThis article was written before the inquiry began."
    assert notes("\n\n".join([note, *STORY])) == [("note", note)]


def test_what_goes_on_in_further_paragraphs():
    note = "Correction: The fire chief's name was misspelled.\n\nThe Courier regrets the error."
    assert notes("\n\n".join([*STORY, note])) == [("correction", note)]
    note = "An earlier version of this story said sixty.\nThis has been corrected."
    assert notes("\n".join([*STORY, note])) == [("correction", note)]


def test_several_notes():
    first, second = "(Corrects date in paragraph 2)", "This story was updated on Monday to add the mayor's reply."
    assert notes("\n\n".join([first, *STORY, second])) == [("correction", first), ("update", second)]


def test_a_corrected_story_below_its_correction():
    note = (
        "VELLAND (Longwave) — In a story May 4 about a fire, Longwave reported erroneously that sixty people had died. "
        "Fifty did.\n\nA corrected version of the story is below:"
    )
    assert notes("\n\n".join([note, *STORY])) == [("correction", note)]


def test_a_text_without_paragraphs():
    note = "An earlier version of this article said that sixty people had died. The figure is fifty."
    assert notes(" ".join([*STORY, note])) == [("correction", note)]
    note = "CORRECTION (4 May): The toll is fifty. It was given as sixty."
    assert notes(" ".join([*STORY, note])) == [("correction", note)]
    note = "This story has been updated with the mayor's reply."
    assert notes(" ".join([LEAD, note, MORE, END])) == [("update", note)]
    note = "An earlier version of this article misstated the toll."
    assert notes(" ".join([LEAD, note, MORE, END])) == [("correction", note)]
    # Of a note at the beginning only what is surely one goes.
    note = "Correction: An earlier version of this article said sixty."
    assert notes(" ".join([note, *STORY])) == [("correction", note)]
    assert notes(" ".join(["(This story has been corrected.)", *STORY])) == [
        ("correction", "(This story has been corrected.)")
    ]


def test_a_paragraph_that_goes_on_with_the_story_keeps_it():
    note = "(This story has been corrected to fix the date.)"
    assert notes("\n".join([f"{note} {LEAD}", MORE, END])) == [("correction", note)]
    note = "Clarification: This story has been amended."
    assert notes("\n".join([f"{note} VELLAND (Longwave) — {LEAD}", MORE, END])) == [("clarification", note)]
    note = "This story has been updated."
    assert notes("\n".join([f"{note} Two more people have died, police said.", MORE, END])) == [("update", note)]
    note = "Correction: An earlier version of this article said sixty."
    assert notes("\n".join(["Velland", " ".join([note, *STORY, *STORY, *STORY])])) == [("correction", note)]


TRAPS = [
    "The ministry corrected its figure to 12.",
    "The ministry issued a correction: the toll was 12, not 60.",
    "Correction officers closed the wing on Monday.",
    "Corrections: the state runs 12 prisons.",
    "Correction is what brokers call a fall of ten per cent.",
    "Correction — or crash? Brokers disagreed on Monday.",
    "Correction: it was twelve, the minister wrote.",
    "“Correction: it was twelve,” the minister said.",
    "The Gazette later ran a correction, and its editor apologised for the error.",
    "A correction was made to the ministry's figures on Monday.",
    "An earlier version of the bill said sixty days.",
    "An earlier version of this bill said sixty days.",
    "An earlier version of this story circulated among sailors for years.",
    "An earlier version of this report, leaked in March, put the toll at 60.",
    "An earlier version of this article said sixty, the editor told the inquiry.",
    "“An earlier version of this article said sixty,” the editor said.",
    "“We made a mistake. An earlier version of this article misstated the toll,” the editor said.",
    'The editor said: "We apologise. This article was amended on 3 March 2026 to say so."',
    "Article 9 of the charter bars it. This article was amended on 3 March 2021 to allow exceptions.",
    "This report was updated by the commission in March.",
    "This story was told to the court on Monday.",
    "This story has been told many times.",
    "This story changed on Monday, when police spoke.",
    "Clarification of the rule was asked for by the union.",
    "Clarifications: that is what the union asked for.",
    "The court asked for clarification: who counted the dead?",
    "Update: two more people have died, police said.",
    "UPDATE (14:05): Police said that two more people had died.",
    "Updates on the strike were sent to phones on Monday.",
    "Updated figures show that 12 people died.",
    "Updated on Monday, the list names 12 ships.",
    "Adds the mayor: nobody was warned.",
    "Corrects itself, the market does, brokers say.",
    "The editor's note to staff was leaked on Monday.",
    "Editors noted the loss of three ships.",
    "Note: the harbour is closed.",
    "Note that this article of the treaty is disputed.",
    "We regret the error, the ministry wrote to the families.",
    "The ministry regrets the error.",
    "This has been corrected, the ministry said.",
    "The article has been corrected since, the Gazette's lawyers said.",
    "For the record: the mayor denies it.",
    "Retraction of the claim was demanded.",
    "Due to a drafting error, an earlier version of the bill said sixty days.",
    "Due to an error in the list, 12 ships were turned away.",
    "A corrected version of the report was sent to parliament.",
    "This version corrects the flaws of its predecessor.",
    "Updated with new seats, the theatre reopens on Monday.",
    "The story has been updated to include a chase.",
    "We updated our story every night.",
    "(Updates are posted every hour.)",
    "(Adds up to 12.)",
    "Fixes for the first year were promised.",
    "We have updated our story, said the Gazette's editor.",
    "Due to a mistake by the printer, an earlier version showed a blue flag.",
    "[Adds nothing, he said.]",
    "The original version of the map hangs in the museum.",
]


@pytest.mark.parametrize("sentence", TRAPS, ids=lambda value: value[:40])
def test_a_story_about_corrections_is_a_story(sentence):
    for text in (
        "\n\n".join([sentence, *STORY]),
        "\n\n".join([LEAD, sentence, MORE, END]),
        "\n\n".join([LEAD, MORE, f"{sentence} {END}"]),
        "\n\n".join([LEAD, f"{MORE} {sentence}", END]),
        "\n\n".join([*STORY, sentence]),
        " ".join([LEAD, sentence, MORE, END]),
        " ".join([*STORY, sentence]),
    ):
        assert notes(text) == []


def test_the_article_of_somebody_else_is_told_of_in_the_story():
    told = "The article has been amended to say so."
    assert notes("\n\n".join([LEAD, f"The Gazette apologised. {told}", MORE, END])) == []
    assert notes("\n\n".join([LEAD, MORE, told, MORE, END])) == []


def test_a_section_s_heading_is_no_note():
    assert notes("\n\n".join([LEAD, "Correction", "Shares fell by a tenth on Monday.", MORE, END])) == []
    assert notes("\n\n".join([LEAD, MORE, "CORRECTION", "Shares fell by a tenth on Monday."])) == []


def test_an_article_that_is_nothing_but_a_correction_keeps_it():
    assert notes("Correction: An earlier version of this article said sixty.") == []
    assert notes("Correction\n\nAn article on Monday misstated the toll of a fire. Fifty people died.") == []
    assert notes("") == []


@pytest.mark.parametrize(
    "unit",
    [
        "An earlier version of this article said sixty. ",
        "Correction: it was 12. ",
        "Correction 1 May 2026 10:15 ",
        "(Corrects ",
        "[",
        "This article was amended on 3 March, ",
        "Because of an error, ",
        "Editor's note: “Wait. ",
        "Updated 1.1.1 ",
        "word ",
    ],
)
def test_time_grows_linearly(unit):
    def seconds(length):
        text = unit * (length // len(unit))
        spans = split_text(text)
        started = time.process_time()
        find_corrections(text, spans)
        return time.process_time() - started

    # Quadratic time would take 64 times as long; and the floor keeps a slow clock from failing it.
    short, long = seconds(20_000), seconds(160_000)
    assert long < max(24 * short, 1.0)


RECORDS = [
    {"outlet": "Courier", "text": "\n\n".join([*STORY, "Correction: An earlier version of this article said sixty."])},
    {
        "outlet": "Herald",
        "title": "Deadly fire",
        "text": "(Adds quotes)\n\nA warehouse burned down in Velland on Tuesday. Fifty people died. Ferries stopped.",
    },
    {"outlet": "Post", "text": f"{LEAD}\n\n{MORE}"},
]


@pytest.fixture(scope="module")
def story():
    return compare.compare_story([{"story_id": "fire", **record} for record in RECORDS], reader=None)


def test_a_comparison_gives_its_corrections(story):
    table = story.corrections
    pd.testing.assert_frame_equal(table, tables.CORRECTIONS.frame(table))
    assert table["outlet"].tolist() == ["Courier", "Herald"]
    assert table["kind"].tolist() == ["correction", "update"]
    texts = story.articles.set_index("article_id")["text"]
    assert [texts[row.article_id][row.start : row.end] for row in table.itertuples()] == table["text"].tolist()
    assert table["text"].tolist() == ["Correction: An earlier version of this article said sixty.", "(Adds quotes)"]
    assert story.boilerplate_lines() == {}, "a note is counted once, as a note"


def test_corrections_take_no_part_in_the_story(story):
    left_out = set(story.sentences.query("boilerplate")["sentence_id"])
    assert len(left_out) == 2
    for table in (story.mentions, story.coverage, story.quotes):
        assert not left_out & set(table["sentence_id"].dropna())
    assert not left_out & {*story.matches["left_id"], *story.matches["right_id"]}
    assert not story.claims["claim"].str.contains("earlier version|sixty|Adds").any()


def test_what_is_retracted_is_not_carried():
    said = "Sixty people died in the warehouse fire."
    note = "Correction: An earlier version of this article said that sixty people died in the warehouse fire."
    told = {record["outlet"]: record["text"] for record in RECORDS} | {"Courier": "\n\n".join([*STORY, note])}
    articles = [{"outlet": outlet, "text": text} for outlet, text in told.items()]
    tracked = compare.track_claims(articles, [said], reader=None).set_index("outlet")
    assert "earlier version" not in tracked.loc["Courier", "evidence"]
    plain = compare.track_claims([{"outlet": "Courier", "text": "\n\n".join(STORY)}], [said], reader=None)
    assert tracked.loc["Courier", "probability"] == plain["probability"].item()


TAKEN_BACK = [
    ("The mayor of Velland, Ada Renn, was fined.", "Correction: Ms Renn was not fined. We apologise for the error."),
    ("Four people died in the slide at Tarn.", "Correction: this article was wrong; the slide killed no one."),
    (
        "Skerry Mills made a loss of 12 million marks.",
        "Correction: Skerry Mills made a profit of 12 million marks, not a loss.",
    ),
    ("The road to Odder was closed on Monday.", "Correction: the road was closed on Tuesday, not Monday."),
    (
        "Seven people were hurt in the bus crash.",
        "Correction: an earlier version gave the wrong number of injured; it was four.",
    ),
    ("The clerk Paul Reiss was jailed for fraud.", "Correction: Mr Reiss was not jailed; he was fined."),
    (
        "The council in Odder voted to close the pool.",
        "Editor's note: this was wrong; the council voted to keep the pool open.",
    ),
    ("The mayor Ana Rojo was held.", "Correction: This article wrongly reported that the mayor Ana Rojo was held."),
    ("The clinic treated 400 patients.", "Correction: the clinic treated 40 patients, not 400."),
    ("The Dorn council voted to shut the library.", "Correction: the council voted to keep the library open."),
    ("The zoo in Wick will close in spring.", "Correction: the zoo will stay open. We are sorry for the error."),
    ("The court in Brod acquitted the banker Lise Hart.", "Correction: The court convicted Ms Hart."),
    (
        "Zinc drops cure hay fever, a study found.",
        "Editor's note: the claim about the drops is withdrawn, as the study contains no such finding.",
    ),
    (
        "Police in Tarn arrested the dentist Olaf Brim.",
        "This report was false and we retract it: Mr Brim has never been arrested.",
    ),
    (
        "The minister Ida Falk said that the bridge would be torn down.",
        "Ms Falk did not say that the bridge would be torn down, as we reported.",
    ),
    (
        "The brewer Kolm sold sour beer to schools.",
        "We have removed a reference to the sale of beer to schools, which we could not confirm.",
    ),
    ("Two firemen were hurt at the mill at Rask.", "The story has been updated: no firemen were hurt."),
    (
        "The hospital in Vell refused to treat migrants.",
        "We withdraw the claim that the hospital in Vell refused to treat migrants and apologise to its staff.",
    ),
    (
        "Otto Grell poisoned the wells of his neighbours.",
        "Retraction: We retract our report that Mr Grell poisoned wells.",
    ),
    ("The coach Ben Aster was sacked.", "Correction: Ben Aster resigned; he was not sacked."),
    (
        "The poet Sol Vane was expelled from the academy.",
        "We were wrong to report that Sol Vane had been expelled from the academy.",
    ),
    (
        "The school in Harn banned mobile phones.",
        "Contrary to what we reported, the school in Harn has not banned mobile phones.",
    ),
    ("A bear killed a hiker near Lake Sorn.", "This story was wrong and has been retracted. No hiker was killed."),
    ("Jettra stopped all flights to Pole.", "CORRECTION: Jettra did not stop any flights to Pole."),
]
LEFT_ALONE = [
    (
        "Nine miners died at Tarn.",
        "An earlier version of this article said that nine miners died. The toll has been revised.",
    ),
    (
        "The mayor of Velland, Ada Renn, was fined.",
        "Correction: Ms Renn was not born in Odder. We apologise for the error.",
    ),
    ("The ferry Aurora sank off Cape Lorn.", "Correction: the crew numbered nine, not eleven."),
    (
        "Seven people were hurt in the bus crash.",
        "Correction: the driver was not arrested, as an earlier version said.",
    ),
    ("The road to Odder was closed on Tuesday.", "Correction: an earlier version said the road was closed on Monday."),
    ("The singer Mia Dahl was born in Tarn.", "Correction: Her sister was not born in Tarn."),
    ("The trial of Ben Orr begins in May.", "Correction: The trial of his brother, Al Orr, begins in June."),
    ("The mayor of Tull resigned on Friday.", "Correction: The mayor did not resign over a land deal, as we said."),
    ("The clinic treated 400 patients.", "Correction: the clinic was founded in 1950, not 1960."),
    ("The zoo in Wick will close in spring.", "Correction: the zoo in Wick opened in 1931."),
    (
        "The court in Brod acquitted the banker Lise Hart.",
        "Correction: the court in Brod acquitted Lise Hart of fraud.",
    ),
    ("The court in Brod acquitted the banker Lise Hart.", "Correction: Lise Hart is the chairman of the bank."),
    ("The court in Brod acquitted the banker Lise Hart.", "We have removed a reference to her family."),
    ("Five houses burned down in Rill.", "Correction: a story about a fire in Moll was wrong; no one was hurt there."),
]


@pytest.mark.parametrize(
    ("claim", "note", "taken_back"), [(*one, True) for one in TAKEN_BACK] + [(*one, False) for one in LEFT_ALONE]
)
def test_a_correction_takes_back_what_it_corrects_and_nothing_else(claim, note, taken_back):
    for text in (f"{claim} {note}", f"{claim}\n\n{note}", f"{note}\n\n{claim}"):
        told = compare.track_claims([{"outlet": "Courier", "text": text}], [claim], reader=None).iloc[0]
        assert (told["state"], told["evidence"] in note) == (
            ("altered", True) if taken_back else ("verbatim", False)
        ), text


UNDONE = [
    row
    for row in csv.DictReader(
        (Path(__file__).parent / "undone.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
    if not row["note"].startswith("Corrects to say the airline")  # "lost" and "made a profit of" is not seen
]


@pytest.mark.parametrize("row", UNDONE, ids=lambda row: f"{row['want']}: {row['note'][:40]}")
def test_what_a_note_undoes(row):
    """Of the notes `undone.tsv` says what each does to the claim: "undone" has told it wrongly and puts it right."""
    filler = (MORE, END) if row["want"] != "note" else ("Über dem Hafen stand den ganzen Tag lang Rauch.",)
    above, below = [row["note"], row["told"], *filler], [row["told"], *filler, row["note"]]
    # An agency's line without brackets stands above the story.
    for text in map("\n\n".join, [above] if re.match("CORRECTS|Corrects", row["note"]) else [above, below]):
        if row["want"] == "note":
            assert [note for _, note in notes(text)] == [row["note"]]
            continue
        told = compare.track_claims([{"outlet": "Courier", "text": text}], [row["claim"]], reader=None).iloc[0]
        is_told = told["state"] in ("verbatim", "paraphrased", "partial")
        noted = told["evidence"].startswith(row["note"])
        assert {
            "undone": is_told and noted and row["told"] in told["evidence"],
            "taken": told["state"] == "altered" and noted,
            "withdrawn": told["state"] == "undecided" and noted and not told["changes"],
            "left": is_told and not noted,
        }[row["want"]], text


def test_the_first_note_that_takes_a_claim_back_is_the_evidence():
    said = "The clinic treated 400 patients."
    first = "Correction: the clinic treated 40 patients, not 400."
    second = "Correction: the clinic did not treat 400 patients."
    for one, two in ((first, second), (second, first)):
        text = "\n\n".join([said, one, MORE, END, two])
        told = compare.track_claims([{"outlet": "Courier", "text": text}], [said], reader=None).iloc[0]
        assert told["evidence"] == one
        assert told["changes"] == ("number" if one == first else "negation")


@pytest.mark.parametrize(
    "said",
    [
        "This story has been removed from the curriculum of two schools.",
        "The Gazette has retracted its story about the mayor.",
        "This report was withdrawn by the ministry on Monday.",
        "The advisory was withdrawn on Monday.",
        "ADVISORY: Heavy rain is expected in Velland on Monday.",
        "The author of this story was killed in the war.",
        "The ministry has since withdrawn this report.",
        "The Gazette has since retracted this story.",
        "The auction house has withdrawn this piece.",
        "The platform removed this post on Monday.",
        "This report has since been withdrawn.",
        "This item was withdrawn before the auction.",
        "Our story was pulled by the network.",
        "Update: The ministry has withdrawn the report.",
        "Editor's note: The platform has since removed the post.",
        "Clarification: The interview was withdrawn.",
        "Update: Do not use the tap water in Velland.",
        "ADVISORY: Do not use the tap water in Velland.",
        "ADVISORY: Boil the tap water in Velland. Do not use it for infants.",
        "Update: There will be no replacement bus.",
        "“This article has been withdrawn,” the editor told the court.",
        "A study that this article cites has been retracted.",
    ],
)
def test_a_story_about_a_retraction_is_not_retracted(said):
    for text in ("\n\n".join([said, *STORY]), "\n\n".join([*STORY, said])):
        told = compare.track_claims([{"outlet": "Courier", "text": text}], [LEAD], reader=None).iloc[0]
        assert told["state"] == "verbatim"


FLATS = "The city of Dorn sold 80,000 flats to a pension fund on Tuesday."
MARCH = "Tenants of the Dorn flats plan a march to the town hall on Saturday."
PUT_RIGHT = "Correction: an earlier version said 8,000; it is 80,000."
BACK = "Correction: The city of Dorn sold 60,000 flats to a pension fund, not 80,000. We regret the error."
GONE = "This article has been withdrawn because its author invented sources."


@pytest.fixture(scope="module")
def flats():
    texts = {
        "Herald": [FLATS, "Rents in Dorn rose by a tenth last year, the tenants' union said.", MARCH],
        "Post": ["The council met until midnight.", "Dorn sold 80,000 flats to a pension fund on Tuesday, it said."],
        "Echo": ["Guards closed the doors.", "The city of Dorn on Tuesday sold 80,000 flats to a pension fund.", MARCH],
        "Courier": ["The city of Dorn sold 8,000 flats to a pension fund on Tuesday.", MARCH, PUT_RIGHT],
        "Gazette": ["The bells of the old church were rung at noon.", FLATS, MARCH, BACK],
        "Lantern": [GONE, "The city of Dorn sold 800 flats to a pension fund on Tuesday.", "A clerk wept, he said."],
    }
    return compare.compare_story(
        [{"story_id": "flats", "outlet": outlet, "text": "\n\n".join(told)} for outlet, told in texts.items()]
    )


def test_a_story_s_states_heed_the_notes(flats):
    claim = flats.claims.loc[flats.claims["claim"] == FLATS, "claim_id"].item()
    cells = flats.coverage[flats.coverage["claim_id"] == claim].set_index("outlet")
    assert cells["state"].reindex(["Courier", "Gazette", "Lantern"]).tolist() == ["paraphrased", "altered", "undecided"]
    assert cells.loc["Courier", "evidence"].startswith(PUT_RIGHT)
    assert cells.loc["Gazette", "evidence"] == BACK
    lantern = flats.coverage[flats.coverage["outlet"] == "Lantern"]
    assert set(lantern["state"]) == {"undecided"}
    assert set(lantern["evidence"]) == {GONE}
    assert lantern["position"].isna().all()
    assert flats.corrections.set_index("outlet")["kind"]["Lantern"] == "withdrawal"


def test_nothing_is_available_to_an_outlet_that_withdrew_its_article(flats):
    counts = with_counts("flats", flats.tables)["outlet_stories"].set_index(["outlet", "version"])
    assert (counts.loc["Lantern", "claims"] == 0).all()
    assert (counts.loc["Herald", "claims"] > 0).all()
    decisions = decisions_of(flats)
    assert available(decisions).groupby(decisions["outlet"]).any().to_dict() == {
        outlet: outlet != "Lantern" for outlet in flats.outlets
    }


def test_a_withdrawn_article_is_no_side_of_the_first_figure_and_its_own_claims_are_not_nobody_s(flats):
    view = view_of(flats)
    brief = brief_of(view, [])
    assert payload(view, brief)["withdrawn"] == [flats.outlets.index("Lantern")]
    whole = " ".join(map(str, brief.sum))
    assert "only by an article that was withdrawn" in whole
    assert "by none" not in whole


def test_the_first_screen_shows_the_note_and_accuses_nobody_of_what_it_undoes(flats):
    view = view_of(flats)
    brief = brief_of(view, [])
    said = [re.sub(r"<[^>]+>", "", str(finding.said)) for finding in brief.first + brief.more]
    whole = " ".join(re.sub(r"<[^>]+>", "", str(one)) for one in brief.sum)
    assert any(one.startswith("Courier puts its article right in a note of its own, “Correction: an") for one in said)
    assert any(one.startswith("Gazette takes it back in a note of its own, “Correction: The city") for one in said)
    assert "Lantern has withdrawn its article, which counts neither for nor against it" in whole
    assert not any("tells it differently" in one or "Lantern" in one for one in said)
    shown = [proof.text for finding in brief.first for proof in finding.proofs if proof.outlet == "Courier"]
    assert PUT_RIGHT in shown


def test_a_correction_takes_back_the_sentence_that_it_is_most_like():
    story = "The council in Dorn voted to shut the library. The mayor of Dorn voted against it."
    for note, taken_back in (
        ("Correction: the council voted to keep the library open.", 0),
        ("Correction: the mayor of Dorn voted for it.", 1),
    ):
        claims = ["The council in Dorn voted to shut the library.", "The mayor of Dorn voted against it."]
        told = compare.track_claims([{"outlet": "Courier", "text": f"{story} {note}"}], claims, reader=None)
        assert [state == "altered" for state in told["state"]] == [at == taken_back for at in range(2)], note


def test_sentences_that_were_not_marked_are_no_correction(story):
    older = replace(story, sentences=story.sentences.assign(boilerplate=False))
    assert older.corrections.empty


def test_without_text_there_is_nothing_to_read(story):
    withheld = replace(story, articles=story.articles.assign(text=None))
    with pytest.raises(compare.InputError, match="without text"):
        _ = withheld.corrections


def test_quotations_in_a_correction_are_no_quotations_of_the_story():
    note = "An earlier version of this article misquoted the mayor as saying “We will rebuild every wall of it”."
    articles = [{"outlet": "Courier", "text": "\n\n".join([*STORY, note])}, {"outlet": "Post", "text": LEAD}]
    quotes = compare.compare_story(articles, reader=None).quotes
    assert not quotes["wording"].str.contains("rebuild").any()


def test_a_correction_reads_back_as_the_table_that_it_is(story, tmp_path):
    compare.write_table(story.corrections, tmp_path / "notes.csv")
    pd.testing.assert_frame_equal(compare.read_table(tmp_path / "notes.csv"), story.corrections)


def test_the_report_shows_each_note_with_its_article(story):
    page = render_page(story)
    note = "Correction: An earlier version of this article said sixty."
    shown = re.search(rf'<span id="s(\d+)" class="boiler" data-note="correction">{re.escape(note)}</span>', page)
    assert shown
    link = f'<span class="badge">correction</span> <a href="#s{shown[1]}"><bdi>{note}</bdi></a>'
    assert page.count(link) == 1, "beside the outlet"
    assert page.count("<span>1 correction</span>") == page.count("<span>1 update</span>") == 1, "above the article"
    assert "not part of the story</span>" not in page
    slug = re.search(r'<span id="s(\d+)" class="boiler" data-note="update">', page)
    assert f'<span class="badge">update</span> <a href="#s{slug[1]}">' in page, "not the headline"


@pytest.mark.medium
def test_the_command_line_mentions_notes_where_there_are_any(tmp_path):
    def printed(verb, records, *options):
        lines = [json.dumps(record) + "\n" for record in records]
        (tmp_path / "fire.jsonl").write_text("".join(lines), encoding="utf-8")
        options = ["--reader", "none", *options]
        ask = [verb, str(tmp_path / "fire.jsonl"), *options]
        return CliRunner().invoke(main, ask, env={"COLUMNS": "120"}).output

    line = "Outlets' notes on their own articles, kept apart from the story: Courier 1 correction, Herald 1 update."
    assert line in printed("claims", RECORDS)
    assert line in printed("report", RECORDS, "-o", str(tmp_path / "fire.html"))
    assert "notes" not in printed("claims", [{"outlet": "Courier", "text": LEAD}, RECORDS[2]])
