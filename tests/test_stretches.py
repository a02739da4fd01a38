"""What stretches of two long sentences prove to differ, and the sides that outlets then take."""

import pandas as pd
import pytest

import compare
from compare.matching.changes.kinds import changes_in_stretches

PAID = "In March a storm came, the port said, and the repairs to the lighthouse have cost 57 million crowns."

DIFFERENT = [
    (PAID, "It was a long winter, and the lighthouse repairs cost 75 million crowns, as the port admits.", "number"),
    (
        "After the debate the new school in Tarn will be inspected on Monday by two engineers, the mayor announced.",
        "Parents must be patient, because the new school in Tarn will be inspected on Friday, says a clerk.",
        "time",
    ),
    (
        "Sales of the brewery rose by a tenth in May, as one can read in a report that was sent to all shareholders.",
        "Everybody in the village has heard that sales of the brewery had fallen by a tenth in May, alas.",
        "direction",
    ),
    (
        "Divers found no crack in the rudder although they searched for hours, and the owners now suspect a rope.",
        "Divers found a crack in the rudder when they went down in the evening, and the sister ship will be looked at.",
        "negation",
    ),
    (
        "The heiress Ada Moll has bought the rowing club Odder Blades, to the surprise of many who knew her father.",
        "The heiress Ada Moll plans to buy the rowing club Odder Blades, and she spoke to its members in a cold hall.",
        "modality",
    ),
]
ALIKE = [
    # Other words for the same, and what is told of something else.
    (PAID, "The port said that the repairs to the lighthouse have cost almost 57 million crowns, more than planned."),
    (PAID, "The port has set aside 12 million crowns for a new crane beside the lighthouse, which the storm spared."),
    # Cut short, not rounded.
    (
        "The accounts show that the lighthouse fund paid 43,885,310 crowns in harbour dues since 2007.",
        "Since 2007 the lighthouse fund has paid 43 million crowns in harbour dues, the accounts show.",
    ),
    # Other things counted, other events, another clause's year.
    (
        "Ten people were killed and about 50 were hurt when the ferry sank off Odder, the harbour police said.",
        "A storm in the same waters killed 612 people and hurt more than 1,400, and nobody was ever blamed.",
    ),
    (
        "Forty divers searched the wreck of the ferry off Odder until dusk, the harbour police said.",
        "In 1987 some 90 divers searched the wreck of the ferry off Odder until dusk, the harbour police said.",
    ),
    (
        "The minister would not abandon the 12-town water deal of the valley, which some in his party want.",
        "The vote would give the minister leave to sign the water deal with 11 valley towns by himself.",
    ),
    (
        "The rower Ada Moll was received into the hall of fame of the Odder Blades in 2001, to loud applause.",
        "She was named the rower of the decade in 1995 and was received into the hall of fame of the Odder Blades.",
    ),
    # Somebody else's view, and what undoes what is undone.
    (
        "Voters in Tarn approved the harbour amendment, which makes the pier free for all boats.",
        "Like many clerks in Tarn, Mr Moll had opposed the harbour amendment, which made the pier free.",
    ),
    # A step, and what it leads to.
    (
        "The pump of the quarry stopped 11 seconds early during the second test run, an engineer said in Tarn.",
        "During the second test run in Tarn the pump of the quarry worked for 46 seconds, as an engineer put it.",
    ),
    # Until when, and from when on.
    (
        "The talks on the harbour are due to continue until Thursday, a clerk said.",
        "We shall know on Thursday, when the talks on the harbour are due to stop.",
    ),
    # What denies it stands far before.
    (
        "Owners of dogs were asked not to let the animals drink from the stream, the water office said.",
        "The water office has advised people against letting their dogs and other animals drink from the stream.",
    ),
    # The same tense of a report.
    (
        "Ministers said the island would face new tolls if it did not agree to the plan by the end of May.",
        "Ministers warned that the island faced new tolls if it would not agree to the plan by the end of May.",
    ),
]


@pytest.mark.parametrize(("left", "right", "kind"), DIFFERENT)
def test_what_differs_is_found_between_long_sentences_either_way_round(left, right, kind):
    assert [one.kind for one in changes_in_stretches(left, right)] == [kind]
    assert [one.kind for one in changes_in_stretches(right, left)] == [kind]


@pytest.mark.parametrize(("left", "right"), ALIKE)
def test_other_words_and_other_things_are_no_difference(left, right):
    assert changes_in_stretches(left, right) == changes_in_stretches(right, left) == []


def test_an_article_that_gives_both_amounts_gives_them_of_two_things():
    other = DIFFERENT[0][1]
    assert changes_in_stretches(PAID, other, ((), (other, "Another 57 million crowns went into the mole."))) == []


# One disagreement in long sentences: three outlets give 80,000 litres, one 8,000, and one tells of the leak without.
LEAK = {
    "Courier": "About 80,000 litres of waste water from the brewery at Hesk ran into the river Marl on Tuesday after a "
    "wall gave way, according to the water office, which sent two inspectors. Anglers were furious.",
    "Gazette": "When a wall at the brewery in Hesk gave way on Tuesday, some 80,000 litres of waste water poured down "
    "a drain and into the river Marl, the water office has found. The manager was abroad.",
    "Lantern": "Inspectors were sent to Hesk after a broken wall at the brewery allowed 8,000 litres of waste water "
    "to escape into the river Marl on Tuesday night, the water office reported. Dogs should keep away.",
    "Radio": "The water office is examining why roughly 80,000 litres of waste water flowed from the brewery at "
    "Hesk into the river Marl on Tuesday, when a wall gave way. Trout were found dead.",
}
DENIED = {
    "Courier": "Police inspector Rolf Amdal confirmed that the alarm had been switched off from inside the museum, and "
    "he said that all of its staff would be questioned.",
    "Gazette": "Inspector Rolf Amdal of the police confirmed that the alarm had been switched off from inside the "
    "museum, where eleven people work.",
    "Lantern": "Police inspector Rolf Amdal denied that the alarm had been switched off from inside the museum, as had "
    "been rumoured in the town for days.",
    "Radio": "Inspector Rolf Amdal denied that the alarm had been switched off from inside the museum, but he intends "
    "to hear everybody who works there.",
}


def sides_of(told, **options):
    """The outlets of each side of the first disagreement, and whether a majority is clear."""
    articles = pd.DataFrame({"outlet": told.keys(), "text": told.values()})
    story = compare.compare_story(articles, reader=None, **options)
    rows = story.conflicts[story.conflicts["claim_id"] == story.conflicts["claim_id"].iat[0]]
    return rows["outlets"].tolist(), bool(rows["clear"].iat[0])


def test_the_one_that_differs_from_three_is_altered_whoever_words_the_claim():
    for first, text in LEAK.items():
        ordered = {first: text, **LEAK}
        assert sides_of(ordered) == (["Courier; Gazette; Radio", "Lantern"], True)


def test_an_outlet_that_tells_the_claim_without_the_amount_takes_no_side():
    without = (
        "Waste water from the brewery at Hesk ran into the river Marl on Tuesday when a wall gave way, says the water "
        "office, which has promised a report. Nobody was hurt."
    )
    assert sides_of(LEAK | {"Post": without}) == (["Courier; Gazette; Radio", "Lantern"], True)
    three = {outlet: text for outlet, text in LEAK.items() if outlet != "Radio"}
    assert sides_of(three | {"Post": without}) == (["Courier; Gazette", "Lantern"], False)


def test_two_against_two_accuse_nobody():
    assert sides_of(DENIED) == (["Courier; Gazette", "Lantern; Radio"], False)
