"""Who tells an event with another amount or day, or denies it, neither carries a claim nor leaves it out."""

import pytest

import compare
from compare.coverage.otherwise import differs, gives_another, tells_of_it
from compare.language.quotes.extract import extract_quotes
from compare.matching.changes.reading import Reading
from compare.report.story.page import render_page

REST = "The mayor of Orrin opened the spring fair with a drum."


def may_tell(claim, sentence, *others, near=False):
    told = Reading(sentence)
    return tells_of_it(Reading(claim), told, [told, *map(Reading, others)], near=near)


@pytest.mark.parametrize(
    ("claim", "sentence", "kind"),
    [
        ("The ferry is valued at 16 million crowns.", "The old tub is valued at 45 million crowns.", "number"),
        ("The closure will cost 2,460 jobs.", "2,640 jobs will go in a town with few others.", "number"),
        ("The ban will stay in force until Friday.", "The order is to remain until Sunday.", "time"),
        ("Prior turned the loan down in April.", "The moment came in August, when Prior said no to a loan.", "time"),
        ("The ban will stay in force until Friday.", "The order is to remain until Friday.", ""),
        ("Rents may rise by no more than 4 percent.", "Your rent can't rise by more than four per cent.", ""),
        ("Nine miners have been killed.", "Six divers are still in the shaft.", ""),
        ("The bridge closed on Friday.", "The bridge closed, the council said on Monday.", ""),
    ],
)
def test_another_amount_or_day_is_no_paraphrase(claim, sentence, kind):
    assert gives_another(Reading(claim), Reading(sentence)) == kind


def test_an_omission_needs_that_nothing_tells_the_event_otherwise():
    patients = "Twelve people were treated in hospital for burns."
    assert may_tell(patients, "Ten residents needed hospital care.", REST, near=True)
    assert not may_tell(patients, "Ten residents came to the fair.", REST, near=True)
    jobs = "The closure will cost 2,460 jobs."
    assert may_tell(jobs, "Two thousand four hundred and sixty men and women will be out of work.", REST, near=True)
    assert not may_tell(jobs, "Forty men and women will be out of work.", REST, near=True)
    bid = "The Danish firm Sundline had offered to buy the dock."
    assert may_tell(bid, "Sundline never offered to buy the dock.", REST)
    assert not may_tell(bid, "Sundline never runs ferries in winter.", REST)
    assert may_tell("The order is to stand until Sunday.", "Go on boiling until Friday.", REST)
    assert not may_tell("The order is to stand until Sunday.", "The fair is open on Friday.", REST)


def test_a_contradiction_is_undecided_in_the_matrix():
    texts = {
        "Gannet": f"The closure of the Orrin mill will cost 2,460 jobs, the owner said. {REST}",
        "Ledger": "The closure of the Orrin mill will cost 2,460 jobs. Rain fell over the valley all week.",
        "Pilot": "Two thousand four hundred and sixty men and women will be out of work. Buses ran late on Monday.",
    }
    story = compare.compare_story([{"outlet": name, "text": text} for name, text in texts.items()])
    (claim,) = story.claims.loc[story.claims["claim"].str.contains("2,460") & (story.claims["outlets"] > 1), "claim_id"]
    cells = story.coverage[story.coverage["claim_id"] == claim].set_index("outlet")
    assert cells.loc["Pilot", "state"] == "undecided"
    assert "sixty men" in cells.loc["Pilot", "evidence"]


def test_a_quotation_that_is_denied_or_has_another_figure_is_told_differently():
    said = "The alarm had been switched off for repairs"
    assert differs(said, "The alarm had not been switched off for repairs") == "negation"
    assert differs("There will be a strike vote on Thursday", "The union will hold a strike vote on Tuesday") == "time"
    assert differs("The cap will cut building by 8 percent", "The cap will cut building by 18 percent") == "number"
    assert not differs(said, "The alarm had been turned off so that it could be repaired")


def test_the_page_says_that_a_quotation_is_told_differently():
    line = "The new cap will cut the building of flats in Orrin by {} percent, the builder Ada Quist said."
    texts = {"Gannet": line.format(8), "Ledger": line.format(8), "Pilot": line.format(18)}
    story = compare.compare_story([{"outlet": o, "text": f"{t} {REST}"} for o, t in texts.items()], reader=None)
    assert story.quotes.set_index("outlet")["differs"].dropna().to_dict() == {"Pilot": "number"}
    assert "tells it differently" in render_page(story)


def test_what_stands_before_said_one_of_them_does_not_speak():
    (row,) = extract_quotes("Gold, said one of them, melts at a heat that any workshop can reach.").to_dict("records")
    assert (row["speaker"], row["quote"].split()[0]) == ("one of them", "Gold")
