"""A step is no level: "fell by 40 percent" and "fell to 40 percent"; people and places are invented."""

import pytest

from compare.matching.changes.kinds import changes

CHANGED = [
    ("House prices in Tarnby fell by 40 per cent last year.", "House prices in Tarnby fell to 40 per cent last year."),
    ("Turnout in Odder rose to 12 percent on Sunday.", "On Sunday, turnout in Odder rose by 12 percent."),
    ("The council cut the grant by £300,000.", "The council cut the grant to £300,000."),
    ("The fare was raised to £2 in March.", "In March the fare was raised by £2."),
    ("The sentence was reduced by three years on appeal.", "On appeal the sentence was reduced to three years."),
    ("The strike was extended to two weeks.", "The strike was extended by two weeks."),
    ("Exports of timber grew to 80,000 tonnes.", "Timber exports grew by 80,000 tonnes."),
    ("Unemployment in the Lorn valley climbed by 9%.", "Unemployment in the Lorn valley climbed to 9%."),
    (
        "The water level in the lock dropped to 1.5 metres overnight.",
        "Overnight the water level in the lock dropped by 1.5 metres.",
    ),
    ("Norvik Bank lowered its forecast by 2 percent.", "Norvik Bank lowered its forecast to 2 percent."),
    ("The herd has shrunk by about 400 animals.", "The herd has shrunk to about 400 animals."),
    ("The waiting list has grown to 6,000 patients.", "The waiting list has grown by 6,000 patients."),
    ("The runway will be lengthened by 900 metres.", "The runway will be lengthened to 900 metres."),
    ("Ticket sales at the Skerry theatre slumped by 5,000.", "Ticket sales at the Skerry theatre slumped to 5,000."),
    ("Profits at Aldby Foods tumbled to 14 million crowns.", "Aldby Foods' profits tumbled by 14 million crowns."),
    ("The committee has expanded to 15 members.", "The committee has expanded by 15 members."),
    (
        "Rents in the old town have increased by more than 700 crowns.",
        "Rents in the old town have increased to more than 700 crowns.",
    ),
    (
        "Mayor Greta Holm said traffic on the bridge had fallen to 30 percent.",
        "Traffic on the bridge had fallen by 30 percent, Mayor Greta Holm said.",
    ),
    ("Milk output declined by a third at the Harrow farms.", "Milk output declined to a third at the Harrow farms."),
    ("The deficit narrowed to 70 million crowns.", "The deficit narrowed by 70 million crowns."),
    ("Staff numbers at the mill were slashed to 60.", "Staff numbers at the mill were slashed by 60."),
    ("The speed limit on Quay Road was lowered by 20mph.", "The speed limit on Quay Road was lowered to 20mph."),
]
SAME_OR_OPEN = [
    ("House prices in Tarnby fell by 40 per cent.", "House prices in Tarnby fell 40 per cent."),
    ("House prices in Tarnby fell by 40 per cent.", "House prices in Tarnby fell to 40 per cent below the peak."),
    ("House prices in Tarnby fell by 40 per cent.", "House prices in Tarnby fell by 40 percent to £90,000."),
    ("The fare was raised by £2 to £4.", "The fare was raised to £4."),
    ("The fare was raised by £2 to £4.", "The fare was raised by £2."),
    ("The fare was raised by £2 to £2 more than in Odder.", "The fare was raised by £2."),
    ("The grant was cut to £300,000 from £600,000.", "The grant was cut by £300,000."),
    ("The council cut the grant by £300,000.", "The council cut the fee to £300,000."),
    ("Shares in Norvik fell by 12 percent.", "Shares in Aldby fell to 12 percent."),
    ("Wages rose by 5 percent.", "Inflation rose to 5 percent."),
    ("Turnout rose to 12 percent.", "Turnout did not rise by 12 percent."),
    ("Turnout rose to 12 percent.", "Turnout rose from 6 to 12 percent."),
    ("Turnout doubled, rising by 12 points.", "Turnout rose to 24 percent."),
    ("The herd shrank by 400 animals to 800.", "The herd shrank to 800 animals."),
    ("The sentence was reduced to three years.", "The sentence was reduced by the court to three years."),
    ("The sentence was reduced by three judges.", "The sentence was reduced to three years."),
    ("Traffic fell by 30 percent.", "Traffic fell to a 30 percent lower level."),
    ("The strike was extended by two weeks.", "The strike was extended to 14 June."),
    ("The strike was extended by two weeks.", "The strike was extended two weeks."),
    ("The strike was extended by two weeks.", "The strike was extended to another two weeks of talks in Odder."),
    ("Unemployment climbed by 9%.", "Unemployment climbed to 11%."),
    ("Unemployment climbed to 9%.", "Unemployment climbed by two points to 9%."),
    ("The water level dropped by 1.5 metres.", "The water level dropped to 1.5 metres above the sill."),
    ("The road was widened by 40 workers.", "The road was widened to 40 metres."),
    ("The bridge was raised by 12 cranes.", "The bridge was raised to 12 metres."),
    ("The fence was lowered by two men.", "The fence was lowered to two metres."),
    ("The fund grew by 3 million crowns.", "The fund grew to 3 million crowns more than it had."),
    ("The price of milk rose to £2.", "The price of bread rose by £2."),
    ("If prices rise by 5 percent, the bakery will close.", "Prices rose to 5 percent."),
    ("Norvik cut 300 jobs by 2026.", "Norvik cut jobs to 300."),
    ("Sales dropped to second place by 3,000.", "Sales dropped to 3,000."),
    ("The bank raised its rate by half a point.", "The bank raised its rate to 4.5 percent."),
    ("The bank raised its rate to 4.5 percent.", "The bank's rate rose by half a point to 4.5 percent."),
    ("Rates were cut by one percent.", "Rates were cut to one percent by the central bank, half of what they were."),
    ("The fine was reduced to £500 on appeal.", "The fine, £1,000 at first, was reduced by £500 on appeal."),
    ("The fine was halved to £500.", "The fine was reduced by £500."),
    ("The team slipped to 12 points behind.", "The team slipped by 12 points."),
    ("The team dropped by 5 places.", "The team dropped to 5th place."),
    ("The shaft was sunk to 300 metres.", "The shaft was sunk by 300 miners."),
    ("The flag was lowered by two soldiers.", "The flag was lowered to two soldiers' salute."),
    ("The plane dropped to 300 metres.", "The plane dropped by 300 metres, twice."),
    ("The list has grown by 6,000 patients.", "The list has grown to 6,000 patients, having started from nothing."),
    ("The school day was shortened by five hours.", "The school day was shortened to five hours fewer than before."),
    ("The army grew by 90,000 to 400,000.", "The army grew to 400,000."),
    ("The tax was raised by 11 ministers.", "The tax was raised to 11p."),
]


def proven_numbers(one, other):
    """Whether words prove another number, either way round."""
    return [
        any(change.kind == "number" and change.proven for change in changes(*pair))
        for pair in ((one, other), (other, one))
    ]


@pytest.mark.parametrize(("one", "other"), CHANGED)
def test_a_step_for_a_level_is_proven(one, other):
    assert proven_numbers(one, other) == [True, True]


@pytest.mark.parametrize(("one", "other"), SAME_OR_OPEN)
def test_a_step_and_a_level_that_can_both_be_true_prove_nothing(one, other):
    assert proven_numbers(one, other) == [False, False]
