"""Amounts in other forms, and other amounts; each pair is one that a reader can judge, the people in it invented."""

import numpy as np
import pytest

from compare.language.quantities import quantities
from compare.matching.changes.kinds import find_changes
from compare.matching.changes.numbers import number_proven
from compare.matching.changes.reading import Pair, Reading
from compare.matching.passages import Passages, numbers_in

SAME = [
    # Ranges.
    ("Between 30 and 40 boats were lost in the harbour.", "Thirty-four boats were lost in the harbour."),
    ("The trial will last four to six months.", "The trial will last five months."),
    ("The rebuild will cost £8-10 million.", "The rebuild will cost between eight and ten million pounds."),
    ("The strike cost between $1.5 million and $2 million.", "The strike cost $1.8 million."),
    ("Pupils aged 11 to 13 took part.", "Pupils aged 11, 12 and 13 took part."),
    ("The divers lost off Tarn are aged between 21 and 34.", "The divers lost off Tarn are 21 to 34 years old."),
    ("Pupils aged 6-11 took part.", "Pupils aged between six and 11 took part."),
    ("Between a fifth and a quarter of the trees fell.", "Some 22 percent of the trees fell."),
    ("It was between minus 5C and minus 10C in Brast.", "It was minus eight degrees in Brast."),
    ("Two to three people drown there every year.", "Two or three people drown there each year."),
    ("Rain will last for two or three days.", "Rain will last for three days."),
    ("Fees ranged from 16 cents a page to 27 cents a page.", "Fees were 22 cents a page."),
    # Words: only digits are exchanged by a slip.
    ("Forty-one sailors were aboard when it sank.", "Fourteen sailors are dead and six are lost."),
    ("Unemployment fell to six point eight percent.", "Unemployment fell to 6.8 per cent."),
    ("The library lent one point four million books.", "The library lent 1.4m books."),
    ("Some a hundred and fifty thousand people left.", "Some 150,000 people left."),
    ("Three quarters of a million homes lost power.", "About 750,000 homes lost power."),
    ("The firm owes a million and a half euros.", "The firm owes €1.5m."),
    ("Three-quarters of the farmers signed.", "75 percent of the farmers signed."),
    ("Nearly half of the tenants have left.", "About 48 percent of the tenants have left."),
    ("Rents have gone up by about a quarter since 2019.", "Rents have gone up by 26 percent since 2019."),
    ("A half-dozen boats sank.", "Six boats sank."),
    ("She was 5 1/2 months late.", "She was five and a half months late."),
    # Scores.
    ("Aldby beat Ravel 2-0 on Sunday.", "Aldby beat Ravel two-nil on Sunday."),
    ("The court ruled 5-4 against the mayor.", "The court ruled five to four against the mayor."),
    ("Aldby and Ravel drew nil-nil.", "Aldby and Ravel drew 0-0."),
    ("The senate backed the bill 31-19.", "The senate backed the bill by 31 votes to 19."),
    ("Ada Voss beat Li Ren 4.5 to 1.5.", "Ada Voss beat Li Ren by four and a half points to one and a half."),
    ("Ravel lost 2-4 to Aldby.", "Ravel lost 4-2 to Aldby."),
    # Bounds.
    ("More than 300 workers were dismissed.", "The mill dismissed 340 workers."),
    ("The vigil drew up to 60 people.", "The vigil drew 55 people."),
    ("Several hundred people marched through Tarn.", "About 400 people marched through Tarn."),
    ("Dozens of houses were flooded.", "Some 45 houses were flooded."),
    # Units.
    ("The estate covers 1,000 acres.", "The estate covers about 400 hectares."),
    ("The tunnel is 10 km long.", "The tunnel is six miles long."),
    ("It was minus 20 degrees Celsius in Brast.", "It was minus four Fahrenheit in Brast."),
    ("It was ten degrees below zero in Brast.", "It was minus 10 degrees Celsius in Brast."),
    ("A ticket costs four crowns fifty.", "A ticket costs 4.50 crowns."),
    # Hours and ages.
    ("The mill closed at half past three in the afternoon.", "The mill closed at 3:30 p.m."),
    ("The siren went at a quarter to six.", "The siren went at 17:45."),
    ("The curfew in Tarn begins at 11 at night.", "The curfew in Tarn begins at 11 p.m."),
    ("A man of 71 drowned in the Odder.", "A 71-year-old man drowned in the Odder."),
    ("The painter Ada Renz, 88, has died.", "The painter Ada Renz has died at the age of 88."),
    # Two of a kind.
    ("A pair of lynxes got away.", "Two lynxes got away."),
    ("He weighed 90 kilograms.", "He weighed about 200 pounds."),
    ("The bank cut its rate by 50 basis points.", "The bank cut its rate by half a percentage point."),
    ("Nurses earn 3,000 crowns a month.", "Nurses earn 36,000 crowns a year."),
    ("Rent is 900 euros a month.", "Rent is €900 per month."),
    ("The lead is six percentage points.", "The lead is six percent."),
    # Rates, and bounds.
    ("The pump loses four litres of water a minute.", "Every hour, 240 litres of water are lost by the pump."),
    ("The mill burns two tonnes of coal an hour.", "Each day the mill burns 48 tonnes of coal."),
    ("More than 70 percent of the members voted.", "Above 70 percent of the members voted."),
    ("Fewer than 40 percent of the pupils in Harn passed.", "Below 40 percent of the pupils in Harn passed."),
    # What was so before.
    ("A ticket for the zoo will cost 14 crowns.", "A ticket for the zoo will cost 14 crowns, up from 11 now."),
    ("The law was passed by 58 votes to 41.", "The law, once beaten by 60 votes to 39, was passed by 58 votes to 41."),
]
CHANGED = [
    ("Between 30 and 40 boats were lost in the harbour.", "Sixty boats were lost in the harbour."),
    ("The trial will last four to six months.", "The trial will last nine months."),
    ("The rebuild will cost £8-10 million.", "The rebuild will cost £18 million."),
    ("Pupils aged 11 to 13 took part.", "Pupils aged 16 to 18 took part."),
    ("Unemployment fell to six point eight percent.", "Unemployment fell to 8.6 per cent."),
    ("The festival drew a crowd of ten thousand.", "The festival drew a crowd of 100,000."),
    ("Three-fifths of the harvest was lost.", "Two-fifths of the harvest was lost."),
    ("The council voted 9-6 to close the pool.", "The council voted 8-7 to close the pool."),
    ("At least 40 people were arrested at the rally.", "Police arrested 25 people at the rally."),
    ("Fewer than 50 people came to the vigil.", "Some 90 people came to the vigil."),
    ("Several hundred people marched through Tarn.", "Nine people marched through Tarn."),
    ("Hundreds of houses were flooded.", "Six houses were flooded."),
    ("The estate covers 900 acres of woodland.", "The estate covers 900 hectares of woodland."),
    ("The tunnel is 10 km long.", "The tunnel is 10 miles long."),
    ("The levy went up by three percentage points.", "The levy went up by three percent."),
    ("The bank cut its rate by 75 basis points.", "The bank cut its rate by half a point."),
    ("Drivers earn $22 an hour.", "Drivers earn $22 a day."),
    ("The mine uses 400 litres of water a second.", "The mine uses 400 litres of water a minute."),
    ("The loan was worth €40 million.", "The loan was worth $40 million."),
    ("It was 40 degrees Celsius in Brast.", "It was 40 degrees Fahrenheit in Brast."),
    ("It was minus 9 degrees Celsius in Brast.", "It was 9 degrees Celsius in Brast."),
    ("It was 40 degrees Celsius in Brast.", "It was 50 degrees Fahrenheit (10 degrees Celsius) in Brast."),
    ("Aldby and Ravel drew 1-1 on Sunday.", "Aldby lost 3-1 to Ravel on Sunday."),
    ("Aldby won 2-0 at Ravel.", "Aldby won 4-3 at Ravel in the rain."),
    ("Ada Voss beat Li Ren 4.5 to 1.5.", "Ada Voss beat Li Ren by three and a half points to two and a half."),
    ("The ferry left Tarn at 4:40 p.m.", "The ferry left Tarn at 7:15 in the morning."),
    ("The mill in Odder shut in 1962.", "The mill in Odder shut in 1926, to the grief of its owners."),
    ("The singer Olm has died at the age of 54.", "The singer Olm, who wrote 54 songs, has died aged 80."),
    ("A pair of lynxes got away.", "Five lynxes got away."),
    ("The pump loses four litres of water a minute.", "Every hour, 900 litres of water are lost by the pump."),
    ("More than 70 percent of voters in Tarn took part.", "Below 70 percent of voters in Tarn took part."),
    ("At least 200 people attended the vigil in Odd.", "Fewer than 200 people attended the vigil in Odd."),
    ("Inflation in Brod is above 5 percent.", "Inflation in Brod has stayed below 5 percent."),
    (
        "More than 70 percent of voters in Tarn took part in the referendum.",
        "Turnout in Tarn's referendum was under 70 percent.",
    ),
    ("Inflation in Brod has stayed above 5 percent.", "Inflation in Brod has stayed below 5 percent."),
    ("A ticket for the zoo will cost 14 crowns.", "A ticket for the zoo will cost 19 crowns, up from 14 now."),
    (
        "The rent in Dorn will be 900 marks a month.",
        "The rent in Dorn, now 900 marks a month, will be 1,300 marks a month.",
    ),
    (
        "The senate in Brod passed the law by 58 votes to 41.",
        "The law won the backing of Brod's senate on Monday by 50 votes to 49, after a long debate.",
    ),
]
# Another number, but whether another amount nobody can tell from the words.
UNPROVEN = [
    ("No more than 15 ships may anchor there.", "As many as 25 ships may anchor there."),
    ("At least 230 people fell ill.", "At least 410 people fell ill."),
    ("More than 2,000 ships were waiting.", "Some 3,200 ships were waiting."),
    ("The gates of the mill opened at 4 p.m.", "The gates of the mill opened at 4:20 p.m."),
]
# Nothing is said of the same thing, or too little to tell.
SILENT = [
    ("Profit rose from 3 to 5 million crowns.", "Profit rose to 5 million crowns."),
    ("The price rose 5 percent to $40.", "The price rose 5 percent."),
    ("Unemployment in Lorn climbed by 9%.", "Unemployment in Lorn climbed to 11%."),
    ("Unemployment in Lorn rose 9%.", "Unemployment in Lorn rose to about 11%."),
    ("Aldby led Ravel 1-0 at the break.", "Aldby beat Ravel 3-1."),
    ("Aldby beat Ravel 4-3 on penalties.", "Aldby drew 1-1 with Ravel."),
    ("Aldby beat Ravel 2-0 on Sunday.", "Aldby beat Ravel 3-1 on 4 May."),
    ("The mill in Odder hired Ms Renz in 1962.", "Ms Renz left the mill in Odder in 1971 and sold it."),
    ("The mill has been shut since 1962.", "The mill shut in 1961."),
    ("Ms Renz, 29, said her boy was well.", "Ms Renz, whose 11-week-old boy was well, said so."),
    ("The storm killed 12 people in Tarn and 30 in Odder.", "The storm killed 30 people in Odder."),
    ("Of the council's 21 members, 11 voted for the plan.", "Eleven members of the council voted for the plan."),
    ("A number below 50 is a loss, one above that a gain.", "A number above 50 is a gain, one below that a loss."),
    ("The loan was worth €40 million.", "The loan was worth $43 million."),
    (
        "More than half of the women in Tarn voted in the referendum.",
        "Less than half of the men in Tarn voted in the referendum.",
    ),
    ("In 2019 over 60 percent of voters in Tarn took part.", "In 2023 turnout of voters in Tarn was below 60 percent."),
    ("Rent in Dorn is 900 marks.", "Rent in Dorn will be 1,300 marks, up from 900 now."),
]


def proven(one, other):
    return number_proven(Pair(Reading(one), Reading(other)))


@pytest.mark.parametrize(("one", "other"), SAME + SILENT)
def test_one_amount_in_two_forms_is_no_change(one, other):
    for left, right in ((one, other), (other, one)):
        assert "number" not in find_changes(left, right)
        assert proven(left, right) is None


@pytest.mark.parametrize(("one", "other"), CHANGED)
def test_two_amounts_that_cannot_be_one_are_proven(one, other):
    for left, right in ((one, other), (other, one)):
        assert "number" in find_changes(left, right)
        assert proven(left, right)


@pytest.mark.parametrize(("one", "other"), UNPROVEN)
def test_two_amounts_that_could_be_one_are_not_proven(one, other):
    for left, right in ((one, other), (other, one)):
        assert "number" in find_changes(left, right)
        assert proven(left, right) is None


@pytest.mark.parametrize(
    ("text", "value", "top", "unit"),
    [
        ("between about $8m and $10m", 8e6, 1e7, "dollar"),
        ("a 10-12 week course", 70, 84, "day"),
        ("thirty to forty thousand tonnes", 3e7, 4e7, "kilogram"),
        ("hundreds of millions of dollars", 1e8, 2e9, "dollar"),
        ("won three-one at home", 3001, 3001, "score"),
        ("a 5-4 vote", 5004, 5004, "score"),
        ("a quarter of a percentage point", 0.25, 0.25, "percentage point"),
        ("a couple of weeks", 14, 21, "day"),
        ("by 6.5 points to 3.5 in the match", 6503.5, 6503.5, "score"),
        ("nine votes to none", 9000, 9000, "score"),
        ("ten past nine in the evening", 1270, 1270, "clock"),
        ("twelve at night", 0, 0, "clock"),
        ("children between the ages of 4 and 6", 4 * 365.25, 6 * 365.25, "age"),
        ("a woman aged over 60", 60 * 365.25, 60 * 365.25, "age"),
        ("a mother of three", 3, 3, ""),
    ],
)
def test_what_stands_together_is_read_together(text, value, top, unit):
    (found,) = quantities(text)
    assert (found.unit, found.value, found.top) == (unit, pytest.approx(value), pytest.approx(top))
    assert found.text == text[found.start : found.end]


def test_from_one_number_to_another_are_two():
    assert [found.value for found in quantities("rose from 5 to 7 and 48 cents to $30")] == [5, 7, 0.48, 30]


def test_a_text_gives_the_numbers_that_it_has_in_another_form():
    texts = [
        "It fell 34 percent.",
        "It fell by about a third.",
        "Some 34 men fell.",
        "It has 41 000 men.",
        "41,000 men",
    ]
    stems = [["fell", "34", "percent"], ["third"], ["34", "men"], ["41", "0", "men"], ["41000", "men"]]
    having, given = numbers_in(texts, stems)
    shared = (having @ given.T).toarray() / np.maximum(np.diff(having.indptr), 1)[:, None]
    assert shared[0].tolist() == [1, 1, 1, 0, 0]
    assert shared[4].tolist() == [0, 0, 0, 1, 1]
    assert Passages.of(texts).given.shape == Passages.of(texts).numbers.shape


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("In 2019, Prime Time aired the film.", "year"),
        ("In 2024 Big Time opened on Broadway.", "year"),
        ("The hospital made 1500 CAT scans.", ""),
        ("The train left at 1500 GMT.", "clock"),
        ("The train left at 15.30 London time.", "clock"),
    ],
)
def test_a_year_or_an_amount_before_capitals_is_no_hour(text, unit):
    assert [one.unit for one in quantities(text)] == [unit]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("The number fell from 15 in 2009 to seven in 2014.", [15, 2009, 7, 2014]),
        ("It hits one in 2000 babies.", [0.05]),
        ("That is 15 in 100.", [15]),
    ],
)
def test_a_year_is_no_whole_of_which_a_number_is_a_part(text, amounts):
    assert [one.value for one in quantities(text)] == amounts


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("The fee may not be more than 15 percent.", "most"),
        ("Nobody may charge more than 15 percent.", "most"),
        ("No bank may charge more than 15 percent.", "most"),
        ("Banks are not allowed to charge more than 15 percent.", "most"),
        ("Banks are barred from charging over 15 percent.", "most"),
        ("The fee does not exceed 15 percent.", "most"),
        ("Prices did not rise by more than 15 percent.", "most"),
        ("The fee is capped at 15 percent.", "most"),
        ("The fee is 15 percent at most.", "most"),
        ("The fee must not fall below 15 percent.", "least"),
        ("Banks must not lend less than 15 percent.", "least"),
        ("The fee is no lower than 15 percent.", "least"),
        # Permission, a denial of something else, and what was not reached.
        ("Banks may charge more than 15 percent.", "least"),
        ("No bank with more than 15 clerks may close.", "least"),
        ("He may not have known that more than 15 boats sank.", "least"),
        ("Divers did not reach more than 15 boats.", "least"),
        ("Divers cannot reach more than 15 boats.", "least"),
        ("The price doesn't exceed 15 crowns.", "most"),
        ("Shops may not sell knives to people under 15.", "most"),
        ("The fee may not rise, and more than 15 boats are idle.", "least"),
    ],
)
def test_a_denied_comparison_is_the_other_bound(text, how):
    assert [one.how for one in quantities(text)] == [how]


@pytest.mark.parametrize(
    "passage",
    [
        "Banks cannot raise fees by more than 3 percent a year.",
        "Banks may not raise fees by more than 3 percent a year.",
        "Banks must not raise fees by more than three percent a year.",
        "Banks are not allowed to raise fees by over 3 percent a year.",
        "Banks may raise fees by up to 3 percent a year.",
        "No bank may raise fees by more than 3 percent a year.",
    ],
)
def test_one_limit_in_other_words_is_no_change(passage):
    claim = "Banks may raise fees by no more than 3 percent a year."
    assert find_changes(claim, passage) == find_changes(passage, claim) == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Banks may raise fees by more than 3 percent.", "Banks may not raise them by more than 3 percent."),
        ("Banks may raise fees by no more than 3 percent.", "Banks cannot raise fees by more than 8 percent."),
        ("Banks must hire at least 12 clerks.", "Banks must not hire more than 12 clerks."),
        ("Ferries may not carry more than 120 people.", "Ferries may carry more than 120 people."),
    ],
)
def test_a_limit_and_leave_to_pass_it_are_two(claim, passage):
    assert find_changes(claim, passage) == find_changes(passage, claim) != []
