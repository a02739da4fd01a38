"""Changes of meaning told in another syntax than the claim's, and the same told so; people and places are invented."""

import pytest

import compare
from compare.matching.changes.kinds import changes, find_changes


def proven_changes(claim, sentence, passage="", article=()):
    """The kinds of change of which the words leave no doubt."""
    return [change.kind for change in changes(claim, sentence, passage, article) if change.proven]


CHANGED = [
    # Who says it stands before the one and behind the other.
    ("Doctors in Lisle said the operation had succeeded.", "The operation had failed, doctors in Lisle said."),
    ("The dam had held, according to engineers in Corvo.", "Engineers in Corvo said that the dam had burst."),
    ("Experts in Voss believe that the vase is a fake.", "The vase is genuine, experts in Voss believe."),
    # Two events in another order.
    ("The wine was sold before it was tested.", "The wine was tested before it was sold."),
    ("The guards first rang the bell and then left.", "The guards left first and rang the bell afterwards."),
    ("Lena Moor left the country before the verdict.", "After the verdict Lena Moor left the country."),
    (
        "Police in Melk held the man before the fire.",
        "The man was held by police in Melk after the fire, not before it.",
    ),
    (
        "The pilot fell ill during the flight to Oran.",
        "The pilot fell ill before the flight to Oran, in the warm lounge.",
    ),
    # Verbs of which another one is governed.
    ("The museum agreed to return the bronzes to Kalu.", "The museum has declined to give the bronzes back to Kalu."),
    ("The bank agreed to lend the town of Mirren money.", "The bank would not lend the town of Mirren money."),
    ("The council is ready to sell the meadow in Ard.", "The council is unwilling to sell the meadow in Ard."),
    (
        "The landlord was ordered to mend the roof in Hay Lane.",
        "The landlord was forbidden to mend the roof in Hay Lane.",
    ),
    ("The council voted to keep the pool in Oster open.", "The council voted against keeping the pool in Oster open."),
    # A verb that says little, and a noun.
    ("The bakers' guild backed the sugar tax.", "The sugar tax ran into the opposition of the bakers' guild."),
    (
        "The bakers' guild backed the sugar tax.",
        "The sugar tax was fought by the bakers' guild, who wanted it dropped.",
    ),
    ("The mayor praised the crews of Elm Quay.", "The crews of Elm Quay came in for harsh criticism from the mayor."),
    # Somebody says nothing.
    ("The minister would not comment on the leak at Tarrow.", "The minister confirmed the leak at Tarrow."),
    ("Ostra declined to comment on the sale talks.", "The sale talks had broken down, Ostra said."),
    (
        "Judge Ola Finn said the trial would be public.",
        "Judge Ola Finn declined to say whether the trial would be public.",
    ),
    ("The bank said that it would close the Mold branch.", "Asked about the Mold branch, the bank made no comment."),
    # A denial of a whole clause.
    (
        "The airline did refund its passengers in Terling.",
        "It isn't true that the airline refunded its passengers in Terling.",
    ),
    ("Unemployment in Rook is higher than a year ago.", "Unemployment in Rook is lower than a year ago."),
    # "Fred" is no participle, "union" no person.
    ("Mayor Fred Quist said the tunnel was safe.", "The engineer, Marta Bell, said the tunnel was safe."),
    ("Union leader Max Fern said the strike in Ard was over.", "Director Paul Vance said the strike in Ard was over."),
]
UNCHANGED = [
    ("Doctors in Lisle said the operation had not failed.", "The operation had succeeded, doctors in Lisle said."),
    ("The wine was tested before it was sold.", "The wine was sold after it was tested."),
    ("The guards rang the bell before they left.", "The guards first rang the bell and then left."),
    ("The guards rang the bell before they left.", "The guards rang the bell first and left afterwards."),
    ("The bakers' guild backed the sugar tax.", "The sugar tax had the backing of the bakers' guild."),
    ("The bakers' guild supported the sugar tax.", "The bakers' guild gave its support to the sugar tax."),
    ("The mayor criticised the bishop of Ard.", "The bishop of Ard drew criticism from the mayor."),
    ("The museum refused to return the masks.", "The museum has declined to give back the masks."),
    ("The firm agreed to pay the miners of Ard.", "The firm did not refuse to pay the miners of Ard."),
    ("The firm Ostra declined to comment on the sale talks.", "The firm Ostra made no comment on the sale talks."),
    (
        "The airline did refund its passengers.",
        "It is not true that the airline did not refund its passengers: it did.",
    ),
    (
        "None of the crew of the trawler Hesper drowned.",
        "The trawler Hesper sank, but its crew were saved and none drowned.",
    ),
]


@pytest.mark.parametrize(("claim", "passage"), CHANGED)
def test_another_syntax_hides_no_change(claim, passage):
    assert len(proven_changes(claim, passage, passage, [passage])) == 1


@pytest.mark.parametrize(("claim", "passage"), UNCHANGED)
def test_another_syntax_is_no_change(claim, passage):
    assert find_changes(claim, passage) == []
    assert proven_changes(passage, claim) == []


def test_who_drew_criticism_did_not_voice_it():
    found = find_changes("The mayor criticised the bishop of Ard.", "The mayor drew criticism from the bishop of Ard.")
    assert found == ["roles"]


IN_TWO_SENTENCES = [
    (
        "Nobody was hurt when a bus left the road in Ard.",
        "A bus left the road in Ard on Sunday.",
        "Nine people were hurt.",
    ),
    ("Six people were hurt when a tram left the rails.", "A tram left the rails.", "Nobody was hurt."),
    (
        "Someone was in the mill when it burned down.",
        "The mill burned down on Friday.",
        "No one was inside at the time.",
    ),
    ("There were people in the chapel when the tower fell.", "The tower of the chapel fell.", "The chapel was empty."),
]


@pytest.mark.parametrize(("claim", "first", "second"), IN_TWO_SENTENCES)
def test_an_event_and_its_outcome_may_stand_in_two_sentences(claim, first, second):
    assert proven_changes(claim, first, f"{first} {second}", [first, second]) == ["negation"]
    assert proven_changes(claim, first, "", [first, second]) == ["negation"]


@pytest.mark.parametrize(
    "second",
    [
        "Nobody was hurt.",
        "In 1990 two people were hurt.",
        "Two people were hurt in another accident in Melk.",
        "Drivers were warned.",
    ],
)
def test_the_next_sentence_may_tell_of_something_else(second):
    first = "A bus left the road near Talvik on Sunday."
    claim = "Nobody was hurt when a bus left the road near Talvik."
    assert proven_changes(claim, first, f"{first} {second}", [first, second]) == []


def test_who_answers_elsewhere_in_the_article_kept_no_silence():
    claim, silent = "Ostra confirmed the sale talks.", "Ostra declined to comment on the sale talks."
    assert proven_changes(claim, silent, silent, [silent]) == ["negation"]
    assert proven_changes(claim, silent, silent, [silent, "Later Ostra confirmed the sale talks."]) == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "The bank would not say when the branch in Mold would close.",
            "The bank said the branch in Mold would close.",
        ),
        ("On Monday Ostra declined to comment on the sale talks.", "Ostra confirmed the sale talks on Friday."),
    ],
)
def test_an_answer_to_something_else_or_on_another_day_breaks_no_silence(claim, passage):
    assert "negation" not in proven_changes(claim, passage)


@pytest.mark.parametrize(
    "text", ["In sum, the rules … to respond to a flood presumed that", "When asked, Lee said that"]
)
def test_a_sentence_that_breaks_off_behind_that_says_nothing(text):
    assert compare.extract_quotes(text).empty
