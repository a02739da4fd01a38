"""What changed between two passages: each pair is one that a reader can judge; people and places are invented."""

import gc
import weakref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.language.quantities import quantities
from compare.matching.changes.kinds import Change, changes, find_changes, find_changes_between, lacks
from compare.matching.changes.reading import Reading
from compare.matching.changes.scope import denials
from compare.tables import CHANGES

ILVANE = "Marta Ilvane, the mayor of Tarnby, said the bridge would stay shut until the inspectors had seen it."
ARMY = "An army officer said the bridge would stay shut until the inspectors had seen it."


def cases(kind, changed=(), same=(), changed_either_way=(), same_either_way=()):
    """Pairs for and against a kind, as claim, passage and what is found."""
    one_way = [(*pair, [kind]) for pair in changed] + [(*pair, []) for pair in same]
    either_way = [(*pair, [kind]) for pair in changed_either_way] + [(*pair, []) for pair in same_either_way]
    return one_way + either_way + [(other, one, found) for one, other, found in either_way]


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    cases(
        "number",
        changed=[
            ("The blast killed 17 people.", "Officials said 71 people were killed."),
            ("The fine was doubled in May.", "The fine was tripled in May."),
            ("At least nine people fell ill.", "At most nine people fell ill."),
            ("It cost 3 million euros.", "It cost 3 billion euros."),
            ("Two hundred people came.", "Two people came."),
            ("It was built in 2014.", "It was built in 2024."),
            ("Turnout was 95 percent.", "Turnout was 99 percent."),
            ("Ten people were hurt.", "Twelve people were hurt."),
            ("½ of it was lost, 0 was saved.", "½ of it was lost, 12 were saved."),
            ("Sales may fall by a third this year.", "Sales may fall by two thirds this year."),
        ],
        same=[
            ("The blast killed 1,978 people.", "Nearly 2,000 people were killed by the blast."),
            ("Thirty-seven ships were waiting.", "Outside, 37 ships were waiting."),
            ("On 12 March the president spoke.", "The president, 72, spoke."),
            ("Two hundred people came.", "200 people came."),
            ("About ten people were hurt.", "Twelve people were hurt."),
            ("❶ The port is closed.", "❶ The port is closed."),
            ("The fence cost $1.2bn to build.", "The fence cost 1.2 billion dollars to build."),
            ("The truce is to last 30 days.", "The truce is to last a month."),
            ("They want 9 per cent; the firm offers 4.5 per cent.", "They want 9 per cent and are offered half that."),
        ],
        changed_either_way=[
            ("They killed 100 people in Tarn and 50 in Odder.", "They killed 170 people in Tarn and Odder."),
            ("Tarn beat Odder 3-1 in the final.", "Tarn beat Odder 4-1 in the final."),
            ("The ship sank at 7.30pm on Sunday.", "The ship sank shortly before midnight on Sunday."),
        ],
        same_either_way=[
            # Parts and their sum.
            ("They killed 100 people in Tarn and 50 in Odder.", "They killed 150 people in Tarn and Odder."),
            ("The fire hurt 12 men and 3 women.", "The fire hurt 15 people."),
            ("The flood took 36 lives in Tarn and 27 in Odder.", "The flood took 63 lives in Tarn and Odder."),
            # The same number written otherwise, or in a way that cannot be read.
            ("The fire burned 1 500 hectares of forest.", "The fire burned 1,500 hectares of forest."),
            ("The sale raised 1,5 million euros for Tarn.", "The sale raised 1.5 million euros for Tarn."),
            ("The column will march 10 miles to Tarn.", "The column will march 16 kilometres to Tarn."),
            ("The ship sank at 11.30pm on Sunday.", "The ship sank shortly before midnight on Sunday."),
        ],
    ),
)
def test_number(claim, passage, expected):
    assert find_changes(claim, passage) == expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    cases(
        "negation",
        changed=[
            ("The terms were put in writing.", "The terms were not put in writing."),
            ("The terms weren't put in writing.", "The terms were put in writing, they said."),
            ("The army denied that 300 men were trapped.", "The army confirmed that 300 men were trapped."),
            ("Honey is affected by the pesticide.", "Honey is unaffected by the pesticide."),
            ("The minister ruled out using soldiers.", "The minister has not ruled out using soldiers."),
        ],
        same=[
            ("The claim could not be verified.", "The claim couldn’t be verified."),
            ("Seven ships left on Monday.", "Ships left on Monday, no storm in sight."),
            ("The driver had failed to stop at the crossing.", "The driver had not stopped at the crossing."),
            ("Seven miners have not been found.", "Seven miners have still to be found."),
            ("The statue in the square will not be removed.", "The statue in the square will stay where it is."),
        ],
        changed_either_way=[
            ("Strand voted against his party.", "Strand did not vote against his party."),
            ("The mayor resigned on Monday.", "The mayor did not resign on Monday."),
            ("The case will not be heard in June.", "The case will be heard in June."),
            ("The bridge was not shut until Sunday.", "The bridge was shut until Sunday."),
            ("The dam was not inspected before the first flood.", "The dam was inspected before the first flood."),
            ("The valve had not rusted and was not painted in May.", "The valve had rusted and was painted in May."),
            ("Such storms are uncommon in Tarnby.", "Such storms are common in Tarnby."),
            ("Ilvane denied the council had refused the permit.", "Ilvane said the council had refused the permit."),
            # Nobody, and some.
            ("None of the injured is in a critical condition.", "Three of them are in critical condition."),
            # Across word forms.
            ("Inspectors reported corrosion on the valve.", "The valve was not corroded."),
            ("Inspectors found corrosion on the valve.", "Inspectors found that the valve was not corroded."),
        ],
        same_either_way=[
            # One denies what the other says by a word of its own.
            ("The strike is over.", "There is no strike any more: it is over."),
            ("The road is blocked by a tree.", "The road cannot be used because it is blocked by a tree."),
            ("Parliament voted against the bill.", "Parliament did not pass the bill: most voted against it."),
            ("The town hall is free of asbestos.", "There is no asbestos in the town hall."),
            ("The dam will be finished by 2030.", "The dam will not be finished before 2029 and is due by 2030."),
            ("The law bans smoking in parks.", "Under the law nobody may smoke in parks."),
            # A denial that says only when, and two that undo each other.
            ("The case will not be heard until June.", "The case will be heard in June."),
            ("Such storms are not uncommon in Tarnby.", "Such storms are common in Tarnby."),
            ("Ilvane denied the council had refused the permit.", "Ilvane said the council had accepted the permit."),
            ("It was the first time Tarn beat Odder.", "Tarn had never beaten Odder before."),
            ("None of the injured is in a critical condition.", "None of them is in critical condition."),
            ("None of the injured is in a critical condition.", "Three of them are in a stable condition."),
            ("The plant was not inspected in May.", "Ilvane demanded an inspection of the plant in May."),
        ],
    ),
)
def test_negation(claim, passage, expected):
    assert find_changes(claim, passage) == expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    cases(
        "hedge",
        changed=[
            ("Talks may resume next week.", "Talks will resume next week."),
            ("The forgery is a copy, he said.", "The forgery is probably a copy, he said."),
            ("Eleven people drowned off Tarnby.", "Eleven people are feared drowned off Tarnby."),
            ("The council is raising fares in May.", "The council is considering raising fares in May."),
            ("Prices will rise by a tenth in May.", "Prices are expected to rise by a tenth in May."),
            ("The convoy was attacked by rebels.", "The convoy was allegedly attacked by rebels."),
        ],
        same=[
            ("Talks may resume next week.", "Next week, talks may resume."),
            ("It is feared that eleven people drowned.", "Eleven people are feared drowned."),
            ("It is likely that rates will rise.", "Rates are likely to rise."),
            ("Theresa May resigned.", "Theresa resigned on Friday."),
            ("The convoy was allegedly attacked by rebels.", "The convoy was attacked by rebels, witnesses said."),
            ("The flight may be delayed until noon.", "The flight could be delayed until noon."),
        ],
        changed_either_way=[
            ("The ship is expected to sail on Sunday.", "The ship will sail on Sunday."),
            ("The ship may sail on Sunday.", "The ship is due to sail on Sunday."),
            ("The owner may face a fine of $500.", "The owner will face a fine of $500."),
            ("The owner may face a fine of $500.", "The owner will be fined $500."),
        ],
        same_either_way=[
            # Accounts are no hedge, "by all accounts" is.
            ("The mill's accounts were frozen in May.", "The mill's money was frozen in May."),
            # What is expected, and what is planned.
            ("The ship is expected to sail on Sunday.", "The ship is scheduled to sail on Sunday."),
            ("The ship is expected to sail on Sunday.", "The ship is due to sail on Sunday."),
            ("The owner may face a fine of $500.", "The owner could be fined $500."),
        ],
    ),
)
def test_hedge(claim, passage, expected):
    assert find_changes(claim, passage) == expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    cases(
        "attribution",
        changed=[
            (ILVANE, ILVANE.replace("Marta Ilvane, the mayor", "Oskar Dellmann, the chief engineer")),
            (ARMY, ARMY.replace("An army officer", "A union leader")),
            # What somebody said is told as a fact.
            (ILVANE, "The bridge will stay shut until the inspectors have seen it."),
            # Nobody in particular, and somebody before a crowd.
            (
                "A person close to the board of Tarn Mills said the company would close the north plant in the spring.",
                "She told the crowd that the company would close the north plant in the spring.",
            ),
            (
                "According to the canteen's owner, the outbreak was caused by eggs from a roadside stall.",
                "The outbreak was caused by eggs from a roadside stall, the city's laboratory said.",
            ),
            # A private person holds no office, and who leads the opposition does not speak for it.
            (ARMY, ARMY.replace("An army officer", "A shopkeeper's widow")),
            (
                ARMY.replace("An army officer", "The opposition leader"),
                ARMY.replace("An army officer", "A mayor's aide"),
            ),
            (
                "The dam was opened too late, the water board says.",
                "The dam was opened too late, critics of the board say.",
            ),
            # What a source is called may stand before its name, and a phrase in front is closed by a comma.
            (
                ILVANE,
                ILVANE.replace("Marta Ilvane, the mayor of Tarnby", "The chief prosecutor, Oskar Dellmann"),
            ),
            (
                "According to customs officials, the ship held 300 parrots in boxes.",
                "The ship held 300 parrots in boxes in May.",
            ),
            (
                "As the bishop put it, the old shelter was a disgrace to the town of Tarnby.",
                "As the landlord put it, the old shelter was a disgrace to the town of Tarnby.",
            ),
            # Two named persons, of one rank or of two.
            (
                "Inspector Petra Sandoval said the car had been parked there for a week.",
                "Inspector Noel Farrow said the car had been parked there for a week.",
            ),
            (
                "Sir Ewan Tolland said the museum had never owned the bronze head.",
                "Professor Karin Dahl said the museum had never owned the bronze head.",
            ),
            # Whose report it is.
            (
                "An inquiry led by the auditor concluded that the road money had been spent on a yacht.",
                "An inquiry led by the union concluded that the road money had been spent on a yacht.",
            ),
        ],
        same=[
            (ILVANE, ILVANE.replace(" said ", " told reporters on Monday that ")),
            (ILVANE, "Ms Ilvane said the bridge would stay shut until the inspectors had seen it."),
            (ILVANE, "The mayor said the bridge would stay shut until the inspectors had seen it."),
            (ILVANE, "She said the bridge would stay shut until the inspectors had seen it."),
            (ILVANE, "The bridge will stay shut until the inspectors have seen it, according to the mayor."),
            (ILVANE.replace("Ilvane", "Ilvanne"), ILVANE),
            # A source that is named in addition is sourcing, no change.
            ("The bridge will stay shut until the inspectors have seen it.", ILVANE),
            # The rest of a quotation, whose speaker the sentence before it names.
            ("“We closed the bridge to save lives,” Ilvane said.", "We closed the bridge to save lives.”"),
            # Officials, police and spokesmen may be the same people.
            ("Officials said the bridge was shut on Sunday night.", "Police said the bridge was shut on Sunday night."),
            # The verb before its subject: the comma ends what is said, and opens no apposition.
            ("The pilot fell asleep, investigators said.", "The pilot fell asleep, said investigators."),
            ("The bridge is safe, the company said.", "The bridge is safe, the company's chief executive said."),
            # Two who speak together, each with an office.
            (
                "“The orchard belongs to the whole town,” Mayor Ada Korn and Bishop Dunstan Vey said.",
                "“The orchard belongs to the whole town,” Ada Korn of Tarnby and Dunstan Vey, the bishop, said.",
            ),
            (
                "The report shows that a fifth of the road money was never spent in Tarnby.",
                "The Tarnby Courier said the report shows that a fifth of the road money was never spent in Tarnby.",
            ),
            ("The dam held, the fire service said.", "Fire officers said the dam had held."),
            # Two names of one person.
            (
                "Sir Ewan said the museum had never owned the bronze head.",
                "Mr Tolland said the museum had never owned the bronze head.",
            ),
            (
                "Baroness Tilney said the fund had been empty since May.",
                "Clare Munro said the fund had been empty since May.",
            ),
            (
                "“I will not sing in this town again,” Lady Ruin said.",
                "“I will not sing in this town again,” the singer said.",
            ),
            # A person and the house that she speaks for.
            *(
                (
                    f"{house} said the outage had begun at a substation near Hule.",
                    f"{person} said the outage had begun at a substation near Hule.",
                )
                for house, person in [
                    ("Nordgrid", "Nordgrid's spokeswoman Ola Brekke"),
                    ("Nordgrid", "Ola Brekke"),
                    ("The company", "Ola Brekke"),
                    ("Police", "Inspector Holt"),
                    ("Officers", "Detective Mira Holt"),
                    ("The ministry", "Energy Minister Dana Koval"),
                    ("The fire service", "Station commander Rhys Pell"),
                    ("Harlow Dunn", "Edda Frist of Harlow Dunn"),
                    ("Skarn United", "Chairman Olav Rist"),
                ]
            ),
        ],
    ),
)
def test_attribution(claim, passage, expected):
    assert find_changes(claim, passage) == expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    cases(
        "roles",
        changed=[
            ("Karsovia attacked Morvane in May.", "Morvane attacked Karsovia in May."),
            ("Karsovia attacked Morvane in May.", "Karsovia was attacked by Morvane in May."),
            ("Orbix Motors sued Tarn Mills over the brakes.", "Tarn Mills sued Orbix Motors over the brakes."),
            ("Ilvane sent Dellmann a letter.", "Dellmann has sent Ilvane a letter."),
            ("Dellmann may be flown from Tarnby to Wexcombe.", "Dellmann may be flown from Wexcombe to Tarnby."),
            ("The Harbour Party is ahead of the Greens.", "The Greens are ahead of the Harbour Party."),
            ("The company left the talks on Sunday.", "The union left the talks on Sunday."),
            ("Ilvane's defeat of Dellmann surprised Tarnby.", "Dellmann's defeat of Ilvane surprised Tarnby."),
            ("The driver who overtook the bus fled.", "The driver who was overtaken by the bus fled."),
            ("Tarn Air outbid Orbix for the slots.", "Orbix outbid Tarn Air for the slots."),
            ("Tenants sued landlords over the heating.", "Landlords sued tenants over the heating."),
            ("The strikers were attacked by guards.", "The strikers were attacked by miners."),
            (
                "The nurse Tina Boyd reported Alec Frost to the board.",
                "It was Alec Frost who reported the nurse Tina Boyd to the board.",
            ),
        ],
        same=[
            ("Volodar Zelinsky left Tarnby on foot.", "Volodar Zelinskyy has left Tarnby on foot."),
            ("Karsovia attacked Morvane in May.", "Morvane was attacked by Karsovia in May."),
            ("Ilvane sent Dellmann a letter.", "A letter was sent to Dellmann by Ilvane."),
            ("Orbix Motors sued Tarn Mills.", "Tarn Mills has been sued by its customer, Orbix Motors, over brakes."),
            ("Ilvane met Dellmann in Tarnby.", "Dellmann met Ilvane in Tarnby."),
            ("In Tarnby, Ilvane endorsed Dellmann.", "Ilvane endorsed Dellmann in Tarnby."),
            ("Orbix is to buy Tarn Mills in May.", "Tarn Mills is to be bought by Orbix in May."),
            ("Dellmann ran over Ilvane in a car park.", "Ilvane was run over by Dellmann in a car park."),
            ("Nurses and teachers marched in Tarnby.", "Teachers and nurses marched in Tarnby."),
            (
                "The clerk Ina Vold reported Otto Lenz to the police.",
                "Otto Lenz was reported to the police by the clerk Ina Vold.",
            ),
            ("Perhaps 30 wolves live there.", "Maybe 30 wolves live there."),
        ],
        changed_either_way=[
            # Who goes to court.
            ("The council was sued by Dunmore.", "Dunmore was sued by the council."),
            ("Dunmore took the council to court.", "The council took Dunmore to court."),
            ("Dunmore sued the council over the road.", "The council took Dunmore to court over the road."),
        ],
        same_either_way=[
            # There and back; where to, and out of which.
            ("The ferry sails from Tarn to Odder and from Odder to Tarn.", "It sails from Odder to Tarn and back."),
            ("It goes from Tarn to Odder and from Odder to Tarn.", "It goes from Odder to Tarn and back."),
            (
                "Morvane exported 40 per cent more coffee to Karsovia last year.",
                "Coffee exports from Morvane to Karsovia rose by 40% last year.",
            ),
            ("The ferry sails from Tarn to Odder and back.", "The ferry sails from Odder to Tarn and back."),
            ("Dunmore sued the council over the road.", "Dunmore took the council to court over the road."),
            ("Dunmore took the council to court.", "The council was taken to court by Dunmore."),
        ],
    ),
)
def test_roles(claim, passage, expected):
    assert find_changes(claim, passage) == expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    cases(
        "trimmed quote",
        changed=[
            ("“We will sign if every prisoner is freed,” Ilvane said.", "“We will sign,” Ilvane said."),
            (
                "“Most of our customers will see no difference,” she said.",
                "“Our customers will see no difference,” she said.",
            ),
            ("“We have no plans to close it this year,” he said.", "“We have no plans to close it,” he said."),
            ("“The pool will reopen once the roof is mended,” he said.", "“The pool will reopen,” he said."),
            (
                "Ilvane said she would go back to work the next day if the firm made an offer.",
                "Ilvane said: “I will go back.”",
            ),
            ("“For now, nobody has to leave the town,” he said.", "“Nobody has to leave the town,” he said."),
            ("“Without a warrant, we cannot go in,” he said.", "“We cannot go in,” he said."),
            ("“We believe the pilot fell asleep,” she said.", "“The pilot fell asleep,” she said."),
            ("“We will pay all victims who can prove a loss,” he said.", "“We will pay all victims,” he said."),
            (
                "“I am not against turbines, only against these ones,” she said.",
                "“I am not against turbines,” she said.",
            ),
        ],
        same=[
            (
                "“We will sign if every prisoner is freed,” Ilvane said.",
                "“We will sign if every prisoner is freed,” she said.",
            ),
            ("“We will sign,” Ilvane said.", "Ilvane said: “We will sign.”"),
            ("Ilvane, who leads the talks, said: “We will sign.”", "“We will sign,” Ilvane said."),
            # What opens a quotation need not limit it, nor a clause behind a comma say which is meant.
            ("“With this ruling, all couples are equal,” he said.", "“All couples are equal,” he said."),
            (
                "“I may be wrong, but I will never leave this town again,” he said.",
                "“I will never leave this town again,” he said.",
            ),
            # The conjunction stands outside.
            (
                "He said it should wait “until the steps have been taken by the council”.",
                "He said it should wait until “the steps have been taken by the council”.",
            ),
        ],
    ),
)
def test_quotation(claim, passage, expected):
    assert find_changes(claim, passage) == expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    cases(
        "time",
        same=[
            ("Iran attacked in May.", "Iran attacked in the spring."),
        ],
    ),
)
def test_time(claim, passage, expected):
    assert find_changes(claim, passage) == expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    cases(
        "quantifier",
        changed=[
            ("Few of the pledges have been kept.", "Many of the pledges have been kept."),
        ],
    ),
)
def test_quantifier(claim, passage, expected):
    assert find_changes(claim, passage) == expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    cases(
        "direction",
        changed=[
            ("The court upheld the ban on the march.", "The court overturned the ban on the march."),
            ("The court refused bail to the chemist.", "The court granted bail to the chemist."),
        ],
        changed_either_way=[
            ("Tarn lost 3-0 at Odder on Sunday.", "Tarn won 3-0 at Odder on Sunday."),
            ("Orbix sold 300 shares in Tarn Mills.", "Orbix bought 300 shares in Tarn Mills."),
            ("Tarn leads Odder by three points.", "Tarn trails Odder by three points."),
        ],
        same_either_way=[
            # What one wins the other loses.
            ("Tarn lost 3-0 at home to Odder on Sunday.", "Odder won 3-0 at Tarn on Sunday."),
            ("Tarn Foods sold the mill to Orbix in May.", "Orbix bought the mill from Tarn Foods in May."),
            ("Tarn leads Odder by three points.", "Odder trails Tarn by three points."),
        ],
    ),
)
def test_direction(claim, passage, expected):
    assert find_changes(claim, passage) == expected


@pytest.mark.parametrize(
    ("claim", "passage"),
    [("", ""), (" ".join(f"x{k}" for k in range(50_000)), " ".join(f"y{k}" for k in range(50_000)))],
)
def test_between_texts_without_a_common_word_nothing_changed(claim, passage):
    assert find_changes(claim, passage) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a 30-day truce", "a thirty-day truce"),
        ("a 30-day truce", "a month-long truce"),
        ("$1.2bn in aid", "US$1,200m in aid"),
        ("$1.2bn in aid", "1.2 billion dollars in aid"),
        ("half of them", "50 per cent of them"),
        ("two-thirds of them", "67% of them"),
        ("one in five homes", "20 percent of homes"),
        ("a dozen ships", "12 ships"),
        ("nearly 2,000 dead", "1,978 dead"),
        ("more than 2,000 ships", "2,300 ships"),
        ("5km away", "three miles away"),
        ("60 miles an hour", "about 97 km an hour"),
        ("20C in the shade", "68F in the shade"),
        ("500 acres", "200 hectares"),
        ("on 3 March", "on March 3rd"),
        ("at 6 a.m.", "at 06:00"),
        ("by six in the evening", "by 6pm"),
        ("the 3rd round", "the third round"),
        ("half an hour", "30 minutes"),
        ("a year and a half", "18 months"),
        ("a year and four months", "sixteen months"),
        ("within a month", "within 30 days"),
        ("three hundred and forty-two", "342"),
        ("twelve hundred soldiers", "1,200 soldiers"),
        ("several hundred soldiers", "about 450 soldiers"),
        ("hundreds of people", "600 people"),
        ("12 million crowns", "12m crowns"),
        ("1 500 men", "1,500 men"),
        ("1\u202f500 men", "1,500 men"),
        ("12 000 000 euros", "12m euros"),
    ],
)
def test_one_quantity_in_two_spellings(one, other):
    (left,), (right,) = quantities(one), quantities(other)
    assert left.agrees_with(right)
    assert right.agrees_with(left)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("17 dead", "71 dead"),
        ("ten people", "twelve people"),
        ("€800m", "€80m"),
        ("3 million euros", "3 billion euros"),
        ("95 percent", "99 percent"),
        ("on 3 March", "on 13 March"),
        ("at 6 a.m.", "at 6 p.m."),
        ("at least 17 dead", "71 dead"),
        ("10 miles", "26 kilometres"),
        ("in 2014", "in 2024"),
        ("six weeks", "six months"),
        ("several hundred", "several thousand"),
        ("hundreds of people", "thousands of people"),
        ("more than 300 votes", "fewer than 300 votes"),
    ],
)
def test_two_quantities(one, other):
    (left,), (right,) = quantities(one), quantities(other)
    assert not left.agrees_with(right)
    assert not right.agrees_with(left)


def test_a_mark_that_opens_a_quotation_changes_nothing():
    claim = "The Mayor congratulated Secretary Hollis for securing the votes to win the Harbour Nomination for Mayor."
    assert find_changes(claim, f"“{claim}") == find_changes(f"“{claim}", claim) == []


def test_a_quantity_tells_its_value_unit_and_words():
    about, exact = quantities("Nearly $2bn was paid for 37 ships on 3 March.")[:2]
    assert (about.value, about.unit, about.approximate, about.text) == (2e9, "dollar", True, "$2bn")
    assert (exact.value, exact.unit, exact.approximate, exact.text) == (37, "", False, "37")
    text = "Nearly $2bn was paid for 37 ships on 3 March."
    assert [text[each.start : each.end] for each in quantities(text)] == ["$2bn", "37", "3 March"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No one came.",
        "One of them left.",
        "crowns a day",
        "1,5 million",
        "1.000.000 euros",
        "part 1.5.2",
        "10,20,30",
        # No text counts so many of anything: serial numbers, broken pages.
        "9" * 400 + " men",
        "0." + "0" * 320 + "1 per cent",
        "one in " + "9" * 400,
        "9" * 19 + " men",
    ],
    ids=lambda text: text[:20],
)
def test_no_quantity(text):
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("on FRİDAY", "on FRIDAY"),
        ("on Aprıl 5", "on April 5"),
        ("several mİllion", "several million"),
        ("one fıfth of it", "one fifth of it"),
        ("fıve people", "five people"),
        ("twenty-ſix people", "twenty-six people"),
        ("5 \N{KELVIN SIGN}m", "5 Km"),
    ],
)
def test_letters_that_match_without_regard_to_case_are_read(text, plain):
    (found,), (expected,) = quantities(text), quantities(plain)
    assert (found.value, found.unit, found.start, found.end) == (
        expected.value,
        expected.unit,
        expected.start,
        expected.end,
    )
    assert found.text == text[found.start : found.end]


@pytest.mark.parametrize("text", ["we march 10 miles", "it may 12", "10 march past"])
def test_a_month_has_its_capital(text):
    assert [quantity.unit for quantity in quantities(text)] != ["date"]
    assert [quantity.unit for quantity in quantities("on 10 March, on MAY 12")] == ["date", "date"]


def test_a_passage_takes_what_was_found_in_it_with_it():
    reading = Reading("Ilvane did not say that Dellmann may be flown from Tarnby to Wexcombe.")
    assert denials(reading) is denials(reading)
    watched = weakref.ref(reading)
    del reading
    gc.collect()
    assert watched() is None


def test_the_rest_of_a_quotation_may_stand_in_the_sentence_beside():
    claim = "“We will sign the treaty if every prisoner is freed,” Ilvane said."
    first = "“We will sign the treaty,” Ilvane said."
    both = f"{first} “If every prisoner is freed.”"
    assert find_changes(claim, first) == ["trimmed quote"]
    assert find_changes(claim, first, both) == []


def test_between_two_sentences_a_change_is_told_either_way_round():
    plain = "The bridge will stay shut until the inspectors have seen it."
    assert find_changes(ILVANE, plain) == ["attribution"]
    assert find_changes(plain, ILVANE) == []
    assert find_changes_between(plain, ILVANE) == find_changes_between(ILVANE, plain) == ["attribution"]
    assert find_changes_between("Talks may fail.", "Talks will fail.") == ["hedge"]


def test_unlike_sentences_that_share_a_topic_are_left_alone():
    """Nothing can be said to have changed between two sentences that say different things."""
    claim = "Ilvane swam across the bay at Tarnby in the spring and set up a sailing club there three years later."
    passage = "The coastguard warned that anybody who had never swum in the bay should wait until the summer."
    assert find_changes(claim, passage) == []


def test_a_change_names_the_words_on_both_sides():
    assert changes("Talks may resume.", "Talks will resume.") == [Change("hedge", "may resume", "resume")]
    assert changes("It killed 17 people.", "It killed 71 people.") == [Change("number", "17", "71")]
    (change,) = changes(ARMY, ARMY.replace("An army officer", "A union leader"))
    assert (change.left, change.right) == ("An army officer", "A union leader")


@pytest.mark.parametrize("last", ["7 people were injured", "none of the 7 was injured", "it rose by 7 to 9 on 7 March"])
def test_what_stands_behind_the_words_that_are_read_is_not_found(last):
    said = "Nobody was injured when a stand fell in Port Velland on Monday."
    long = f"{said[:-1]}, {'and the choir of Tarn sang ' * 80}and {last} when a stand fell in Port Velland"
    for one, other in ((said, long), (long, said), (long, long)):
        assert set(find_changes(one, other)) <= set(CHANGES)


HOSTILE = [
    "", " ", "x", "12", "12 " * 4000, "word " * 10_000, "not " * 4000, "may " * 4000, "“" * 5000,
    '"a" ' * 4000, "🙂" * 3000, "مرحبا بالعالم " * 500, "中文字符" * 2000,
    "if " * 5000, "from a to b " * 2000, "he said " * 3000, "x said, " * 3000,
    "according to " * 3000, "1,2,3,4," * 4000, "A.B." * 4000, "half " * 4000, "one hundred " * 3000, "twenty-" * 4000,
    "\x00" * 100, "Not a", "said", "“", "…", "It's n't",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8].encode("unicode_escape").decode())
def test_hostile_text_is_read(text):
    for other in ("", ILVANE, text[1:] + "not"):
        assert set(find_changes(text, other)) <= set(CHANGES)
        assert set(find_changes(other, text)) <= set(CHANGES)
    assert find_changes(text, text) == []


@pytest.mark.medium
@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=200)
def test_any_two_texts_can_be_compared(left, right):
    kinds = find_changes(left, right)
    assert kinds == [kind for kind in CHANGES if kind in kinds]


WORDS = """the army officer Ilvane Dellmann said not may 17 71 two-thirds attacked
was by from to Tarnby if “ ” , . that $3bn
denied 3 March unless ruled out according""".split()


@pytest.mark.medium
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
@settings(max_examples=300)
def test_nothing_changed_between_a_text_and_itself(text):
    assert find_changes(text, text) == []


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("We cannot staff two units, the union said.", "The union said it was impossible to staff two units.", []),
        (
            "The union said it was impossible to staff two units.",
            "The union said it was possible to staff two units.",
            ["negation"],
        ),
    ],
)
def test_impossible_denies_as_cannot_does(one, other, kinds):
    for left, right in ((one, other), (other, one)):
        assert [change.kind for change in changes(left, right) if change.kind != "hedge"] == kinds


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The ferry sank on Monday night off Tarn.", "The ferry sank early on Tuesday off Tarn."),
        ("Holt said on Monday that the bridge would close.", "Holt said on Tuesday that the bridge would close."),
        ("“We will close the bridge,” Holt said.", "“We will close the bridge if the council agrees,” Holt said."),
    ],
)
def test_a_night_the_day_of_speaking_and_a_fuller_quotation_are_no_changes(claim, passage):
    assert find_changes(claim, passage) == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The ferry sank on the night of 3 May off Tarn.", "The ferry sank on the night of 9 May off Tarn."),
        ("The envoy came on Tuesday by night train.", "The envoy came on Thursday by night train."),
        ("The mill was robbed early on Monday.", "The mill was robbed early on Sunday."),
        ("The mill was robbed late on Monday evening.", "The mill was robbed late on Friday evening."),
        ("The race starts early on Saturday.", "The race starts on Sunday evening."),
        ("The fair opens in early June.", "The fair opens in early August."),
        ("The fair opens in mid-June.", "The fair opens in mid-August."),
    ],
)
def test_days_that_are_not_one_night_are_another_time(claim, passage):
    assert find_changes(claim, passage) == ["time"]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The mill was robbed late on Sunday.", "The mill was robbed early on Monday."),
        ("The mill was robbed on Sunday night.", "The mill was robbed early on Monday."),
        ("The mill was robbed on the evening of 31 May.", "The mill was robbed early on 1 June."),
    ],
)
def test_the_end_of_one_day_and_the_start_of_the_next_may_be_one_night(claim, passage):
    assert "time" not in find_changes(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage", "kind"),
    [
        ("The union had first asked for 9 percent.", "The union voted to accept a new offer on Monday.", "number"),
        ("The quarry killed 14 hens.", "The owner of the hens killed at the quarry wept.", "number"),
        ("Trams run at night only at the weekend.", "Trams run at night and are to get a new livery.", "quantifier"),
        ("The bishop did not apologise.", "The bishop spoke of the harm at a mass.", "negation"),
        ("What stopped the engine is not yet known.", "The ship lost its engine at sea.", "negation"),
        ("The slide may have been caused by rain.", "Rain brought the hill down on six cars.", "hedge"),
        ("The slide may have been caused by rain.", "Geologists suspect that rain loosened the hill.", ""),
        ("What stopped the engine is not yet known.", "The cause of the engine failure is a mystery.", ""),
        ("The ship was not carrying cargo.", "The ship was empty.", ""),
        ("The bishop did not attend.", "The bishop stayed away.", ""),
        ("Trams run at night only at the weekend.", "Night trams run on Saturdays and Sundays alone.", ""),
        ("The pier cost 4 million euros.", "Four million euros went into the pier.", ""),
        ("150 people were hurt.", "In Tarn 100 people were hurt and in Odder 50.", ""),
    ],
)
def test_what_a_claim_counts_denies_or_limits_has_a_counterpart_or_not(claim, passage, kind):
    assert lacks(claim, passage) == kind


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The blast killed 12 miners.", "Twelve miners were killed in the blast, the company said."),
        ("The storm cut off 4,000 farms.", "Some 4,000 farms were cut off in the storm."),
        ("The fire destroyed the chapel.", "The chapel was destroyed in the fire."),
        ("The court fined the mill 2 million euros.", "The mill had to pay a fine of 2 million euros to the court."),
        ("The mill paid a fine of 2 million euros to the court.", "The court collected 2 million euros from the mill."),
        ("The navy is searching for two divers.", "The navy has not given up and is searching for two divers."),
        ("Crews are looking for the trawler.", "Crews have not yet found the trawler and are looking for it."),
        ("The drivers are on strike.", "The drivers have not returned and are on strike."),
        ("The mill plans to sell the field.", "The mill has no use for the field and plans to sell it."),
        ("She said she never met him.", "“I never met him, never,” she said."),
        ("Ida Munk accused Odo Finn of theft.", "Odo Finn was accused of theft by Ida Munk."),
        ("Ida Munk had been warden for not quite three years.", "Ida Munk has quit as warden."),
        ("The choir took a plane to visit Dunby.", "The choir visited Dunby by plane."),
    ],
)
def test_what_is_only_said_in_another_way_is_no_change_either_way_round(claim, sentence):
    assert find_changes(claim, sentence) == [] == find_changes(sentence, claim)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The school has no results yet and is waiting for them.", "The school is still waiting for its results."),
        ("The club still has no coach.", "The club is still looking for a coach."),
        ("The laboratory awaits a verdict.", "The laboratory has got no verdict yet and awaits one."),
        ("Weil faces trial for alleged fraud.", "Weil faces trial for fraud."),
        ("The alleged theft took place in May.", "The theft for which she is on trial took place in May."),
        ("Weil was charged with fraud.", "Weil was charged over alleged fraud."),
    ],
)
def test_who_waits_has_not_and_who_is_charged_is_alleged_to_have_done_it(claim, sentence):
    assert changes(claim, sentence) == changes(sentence, claim) == []


@pytest.mark.parametrize(
    ("claim", "sentence", "kind"),
    [
        ("The mayor seeks no second term.", "The mayor seeks a second term.", "negation"),
        ("The club has no coach.", "The club has a coach.", "negation"),
        ("The club has no coach.", "The club has found the coach it was looking for.", "negation"),
        ("Weil was jailed for alleged fraud.", "Weil was jailed for fraud.", "hedge"),
        ("The alleged fraud cost the town a million.", "The fraud cost the town a million.", "hedge"),
    ],
)
def test_who_wants_none_or_was_judged_is_another_matter(claim, sentence, kind):
    assert find_changes(claim, sentence) == find_changes(sentence, claim) == [kind]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Both rivals asked for less than Tarn Supply.", "Tarn Supply was dearer than both of its rivals."),
        (
            "The physician told people in Tarnby to wash fruit and avoid the open market.",
            "People in Tarnby should wash fruit and keep away from the open market, the physician said.",
        ),
        (
            "“The dearest bid wins if it has the right cousin, and Tarn Supply had him,” opposition leader Ada Brann "
            "said.",
            "“The dearest bid wins if it has the right cousin,” Ada Brann, the opposition leader, said, “and Tarn "
            "Supply had him.”",
        ),
        (
            "A march against fares in Tarnby ended in clashes with police on Friday.",
            "What began as a march against fares in Tarnby turned into clashes with police on Friday.",
        ),
        ("Police led the protesters away from the hall.", "Officers led the protesters away from the hall."),
        (
            "Workers blocked the gate and let no lorry leave the yard.",
            "Workers barred the gate, so that no lorry could leave the yard.",
        ),
        (
            "The owner hired a lawyer and rejected every accusation.",
            "The owner, who denies all accusations, hired a lawyer.",
        ),
        (
            "The treasurer estimates the damage to the town's streets at 840,000 crowns.",
            "Repairing the town's streets will cost 840,000 crowns, by the treasurer's estimate.",
        ),
    ],
)
def test_what_is_told_from_the_other_side_is_no_change(claim, passage):
    assert find_changes(claim, passage) == find_changes(passage, claim) == []


@pytest.mark.parametrize(
    ("claim", "passage", "kind"),
    [
        ("Both rivals asked for less than Tarn Supply.", "Both rivals asked for more than Tarn Supply.", "direction"),
        ("The strike at the Tarn works ended in March.", "The strike at the Tarn works began in March.", "direction"),
        ("Police led the protesters away from the hall.", "Protesters led the police away from the hall.", "roles"),
        ("The owner rejected every accusation.", "The owner accepted every accusation.", "direction"),
        (
            "A lorry could leave the yard of the works on Friday.",
            "A lorry left the yard of the works on Friday.",
            "hedge",
        ),
    ],
)
def test_what_only_looks_told_from_the_other_side_is_a_change(claim, passage, kind):
    assert kind in find_changes(claim, passage)
