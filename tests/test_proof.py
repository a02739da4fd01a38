"""Changes of meaning that words prove, and pairs of which nothing is proven; people and places are invented."""

import pytest

import compare
from compare.matching.changes.kinds import changes, find_changes, find_changes_between

PROVEN = {
    "number": [
        ("The guard was warned twice in 2024.", "The guard was warned once in 2024."),
        ("Twelve ferries were held in port.", "Forty ferries were held in port."),
    ],
    "negation": [
        ("The dam at Elmsett did not give way.", "The dam at Elmsett gave way, the fire service said."),
        ("The dam at Elmsett held.", "The dam at Elmsett gave way."),
        ("The bank took money from the fund.", "The bank denied taking money from the fund."),
        ("The ferry hit the pier.", "Claims that the ferry hit the pier are false."),
        ("The ferry hit the pier.", "It is untrue that the ferry hit the pier."),
        ("Nobody was killed when the crane fell.", "Three people were killed when the crane fell."),
        ("Investigators found no evidence that the brakes had failed.", "The brakes had failed, investigators found."),
        ("The minister said he had not read the report.", "The minister said he had read the report."),
        ("There were no delays at the border on Friday.", "There were delays at the border on Friday."),
        (
            "There were no injuries in the fire at Odder.",
            "The fire at Odder swept through a mill, injuring six workers.",
        ),
        ("The storm over Odder killed nobody.", "The storm over Odder left four people dead."),
        ("The port of Odder rejected the offer.", "The port of Odder did not turn the offer down."),
        ("The judge found the broker Lars Munk guilty.", "The judge found the broker Lars Munk not guilty."),
        ("The firm no longer makes engines in Odder.", "The firm makes engines in Odder."),
    ],
    "hedge": [
        # How sure somebody is of it.
        ("Doctors doubt that the drug works.", "Doctors are certain that the drug works."),
        (
            "Geologists are sure that the cliff at Odder will fall.",
            "Geologists doubt that the cliff at Odder will fall.",
        ),
        (
            "The fire in Marl Street was certainly caused by ice.",
            "It is unclear whether ice caused the fire in Marl Street.",
        ),
        (
            "The letter to the queen is certainly genuine.",
            "Experts are not sure that the letter to the queen is genuine.",
        ),
        ("The jury undoubtedly saw the tape.", "Whether the jury saw the tape is still uncertain."),
        (
            "There is little doubt that the virus came from birds.",
            "There is some doubt that the virus came from birds.",
        ),
        ("Economists believe that prices in Tarn have peaked.", "Economists doubt that prices in Tarn have peaked."),
        ("It is certain that the wreck will be raised.", "It is unlikely that the wreck will be raised."),
        ("The coin from Odder is Roman.", "Experts doubt whether the coin from Odder is Roman."),
        (
            "The clerk Ivy Dunn is alleged to have forged the will.",
            "It has been proven that the clerk Ivy Dunn forged the will.",
        ),
        (
            "It is beyond doubt that the colonel ordered the raid on Tarn.",
            "The colonel allegedly ordered the raid on Tarn.",
        ),
        ("The fire at Rook Farm was probably arson.", "It is certain that the fire at Rook Farm was arson."),
        # What a passage words and does not assert.
        ("The ferry hit the pier.", "It is not known whether the ferry hit the pier."),
        ("The ferry hit the pier.", "The inquiry will examine whether the ferry hit the pier."),
        ("Two people are trapped in the cave.", "Rescuers believe that two people are trapped in the cave."),
        ("The vaccine may cause a rash in children.", "The vaccine causes a rash in children."),
    ],
    "attribution": [
        ("Mayor Tina Holm said the bridge was safe.", "The bridge was safe, said the engineer, Karl Beck."),
        ("“The roof was never safe,” said Ingrid Falk.", "“The roof was never safe,” said Bruno Castell."),
        ("A police spokeswoman said the driver had been drinking.", "Relatives said the driver had been drinking."),
        (
            "The rise in rents was unavoidable, Councillor Petra Lund told the meeting.",
            "The rise in rents was unavoidable, Councillor Hugo Brandt told the meeting.",
        ),
        ("A prosecutor said the bridge was mined.", "A nurse said the bridge was mined."),
        ("A Russian official said the pipeline was closed.", "A German official said the pipeline was closed."),
    ],
    "time": [
        (
            "The guard locked the gate before the thieves came.",
            "Only after the thieves had come did the guard lock the gate.",
        ),
        (
            "The army shelled Kozar before the truce took effect.",
            "Once the truce had taken effect, the army shelled Kozar.",
        ),
        ("The clerk fled Odder after police arrived.", "By the time police arrived, the clerk had fled Odder."),
        ("Striker Ed Vale scored before the interval.", "Striker Ed Vale did not score until after the interval."),
        (
            "The actor Jim Pole married before his film opened.",
            "Following the opening of his film, the actor Jim Pole married.",
        ),
        (
            "The power failed in Tarn Hospital during the operation.",
            "The power failed in Tarn Hospital before the operation.",
        ),
        (
            "The talks in Odder began after the guns fell silent.",
            "The guns fell silent only once the talks in Odder had begun.",
        ),
        ("The exhibition in Tarn will run until 3 June.", "The exhibition in Tarn will begin on 3 June."),
        (
            "The ferry left harbour before the storm warning was issued.",
            "The ferry left harbour after the storm warning was issued.",
        ),
        ("The curfew will stay in place until Sunday.", "The curfew has been in place since Sunday."),
        ("The court will hear the appeal on Thursday.", "The court will hear the appeal on Monday."),
        ("The tunnel was opened in March 1998.", "The tunnel was opened in June 1998."),
        (
            "Doctors treated the miners after they were brought to the surface.",
            "The miners were treated by doctors before they were brought to the surface.",
        ),
        ("The strike in Odder began on 3 May.", "The strike in Odder began on 13 May."),
    ],
    "quantifier": [
        ("Only residents can park in Pell Street.", "Everyone can park in Pell Street, not just residents."),
        (
            "Only women were asked for the Tarn study.",
            "Both men and women were asked for the Tarn study, not only women.",
        ),
        ("Anyone may attend the hearing in Odder.", "Only lawyers may attend the hearing in Odder."),
        ("A majority of the Tarn board backed the merger.", "Only a minority of the Tarn board backed the merger."),
        ("Every school in the district has been inspected.", "Only a few schools in the district have been inspected."),
        ("Most of the striking drivers returned to work.", "Few of the striking drivers returned to work."),
        ("None of the lifeboats was launched.", "All of the lifeboats were launched."),
        (
            "All residents of Pell Street were told to boil their water.",
            "Some residents of Pell Street were told to boil their water.",
        ),
        ("Only the east tower will be demolished.", "The east tower and the west tower will be demolished."),
        # A ladder of quantity: rungs clearly apart.
        ("Each of the lifts in the Salter tower was repaired.", "Half the lifts in the Salter tower were repaired."),
        ("Every barge in Odder was searched.", "Only a handful of the barges in Odder were searched."),
        ("Some of the nurses in Tarn walked out.", "Not one of the nurses in Tarn walked out."),
        ("Most of the cellars in Odder were flooded.", "Hardly any of the cellars in Odder were flooded."),
        ("Many of the farmers in Tarn took the subsidy.", "Not many of the farmers in Tarn took the subsidy."),
        ("The whole village of Morna was evacuated.", "Only part of the village of Morna was evacuated."),
        ("The bulk of the aid sent to Odder arrived.", "Barely any of the aid sent to Odder arrived."),
        ("Not a single window in the chapel was broken.", "Every window in the chapel was broken."),
        ("All of the books in Tarn were ruined.", "A quarter of the books in Tarn were ruined."),
        ("The prize went to all of the finalists in Tarn.", "The prize went to only two of the finalists in Tarn."),
        ("Few delegates backed the motion in Odder.", "The motion in Odder was backed by almost all delegates."),
        (
            "Every tenant of Grove House got a letter.",
            "Some tenants of Grove House got a letter; others heard nothing.",
        ),
    ],
    "modality": [
        ("The ferry hit the pier.", "If the ferry hit the pier, nobody heard it."),
        ("The government agreed to release the prisoners.", "The government released the prisoners."),
        ("The bank cut 400 jobs in its branches.", "The bank plans to cut 400 jobs in its branches."),
        ("Rebels threatened to blow up the dam.", "Rebels blew up the dam."),
        ("Two guards tried to stop the thieves.", "Two guards stopped the thieves."),
        ("The trust must publish its accounts.", "The trust published its accounts."),
        # Done against not done yet.
        ("Tarnland has expelled the envoy.", "Tarnland has threatened to expel the envoy, who remains at his post."),
        ("Divers have searched the lake.", "Divers plan to search the lake but have not yet done so."),
        (
            "The bank has cut 500 jobs in Odder.",
            "The bank would cut 500 jobs in Odder if sales fell, its chairman said.",
        ),
        ("The bank has cut 500 jobs in Odder.", "If sales fell, the bank would cut 500 jobs in Odder."),
        ("The mayor of Tarn has resigned.", "The mayor of Tarn said she would resign if the audit found a gap."),
        ("Skerry Air cancelled its flights to Odder.", "Skerry Air warned that it would cancel its flights to Odder."),
        ("Skerry Air bought ten jets from Norvik.", "Skerry Air is in talks to buy ten jets from Norvik."),
        ("A new bridge was built in Odder.", "A new bridge is to be built in Odder."),
        ("The bank has lowered its rates.", "The bank will lower its rates next month."),
        ("Rebels laid down their arms in Tarn.", "Rebels would lay down their arms in Tarn on condition of a truce."),
        ("The council promised that it would rebuild the pier.", "The council has rebuilt the pier."),
        ("Divers have reached the wreck off Odder.", "Divers were still trying to reach the wreck off Odder."),
    ],
    "direction": [
        (
            "Councillor Greta Holm voted against the new levy.",
            "Councillor Greta Holm voted for the new levy on Tuesday night.",
        ),
        ("The union came out in favour of the merger.", "The union came out against the merger."),
        (
            "House prices in Tarnby rose for the third month running.",
            "For the third month running, house prices in Tarnby fell.",
        ),
        (
            "The appeal court ruled for the fishermen.",
            "The appeal court ruled against the fishermen, who had sued over lost catches.",
        ),
        ("Skerry Rovers won the cup final in Odder.", "Skerry Rovers lost the cup final in Odder."),
        (
            "The regulator accepted the company's rescue plan.",
            "The company's rescue plan was rejected by the regulator.",
        ),
        ("The library will open at weekends from June.", "The library will close at weekends from June."),
        (
            "Water levels in the reservoir are above the safety limit.",
            "Water levels in the reservoir are below the safety limit.",
        ),
        ("Exports of timber grew last year.", "Exports of timber shrank last year."),
        ("The mayor supports the tunnel.", "The mayor opposes the tunnel."),
        ("Exports of timber rose in May.", "Exports of timber went down in May."),
        ("The Tarn Party gained two seats in the election.", "The Tarn Party lost two seats in the election."),
        ("Fewer tourists came to Odder last year.", "More tourists came to Odder last year."),
        ("Attendance in Odder was up on last year.", "Attendance in Odder was down on last year."),
        ("The hill militia fought alongside the army at Tarn.", "The hill militia fought against the army at Tarn."),
        ("The museum in Odder accepted the gift.", "The museum in Odder turned the gift down."),
        ("Orla Kvist was included in the team for Odder.", "Orla Kvist was left out of the team for Odder."),
    ],
}
SAME = {
    "number": [
        ("The guard was warned twice in 2024.", "The guard was warned two times in 2024."),
    ],
    "negation": [
        # Another word says what "no" and "not" say.
        ("The concert was cancelled because of rain.", "Rain meant there was no concert: it was cancelled."),
        ("The union called off the strike.", "There will be no strike, because the union called it off."),
        ("The ceasefire collapsed.", "There is no ceasefire any longer: it collapsed."),
        ("Plans for the airport were scrapped.", "There will be no airport, because the plans were scrapped."),
        ("Chancellor Ada Renn resigned.", "Ada Renn is no longer chancellor: she stepped down."),
        ("Mayor Rhea Stoll resigned on Monday.", "Rhea Stoll, who is no longer mayor, resigned on Monday."),
        ("The pool has been demolished.", "There is no pool in the town now that it has been demolished."),
        ("The deal fell through.", "There is no deal: talks fell through."),
        ("Nobody was killed when the crane fell.", "No one was killed when the crane fell."),
        ("There were no deaths in the fire at Odder.", "The fire at Odder killed nobody."),
        ("No soldiers died in the raid on Odder.", "The raid on Odder wounded two soldiers and killed none of them."),
        ("Nobody was hurt in the fire at Odder.", "The fire at Odder killed one man; nobody else was hurt."),
        (
            "Investigators found no evidence that the brakes had failed.",
            "The brakes had not failed, investigators found.",
        ),
        ("The minister said he had not read the report.", "The minister said he never read the report."),
        (
            "There were no delays at the border on Friday.",
            "On Friday there were no delays at the border, although all lorries were searched.",
        ),
        ("The results were not published until after the vote.", "Only after the vote were the results published."),
        ("The patient is no longer in danger.", "The patient is out of danger."),
        ("Orla Kvist, not her brother, owns the mill.", "Orla Kvist owns the mill."),
        ("The dam at Elmsett did not give way.", "The dam at Elmsett held, the fire service said."),
        ("The storm was the worst since 1987.", "There has been no storm as bad since 1987."),
        ("The slide is the worst in a Tarn quarry since 1987.", "Tarn has not had a quarry slide as bad since 1987."),
    ],
    "hedge": [
        ("Doctors doubt that the drug works.", "Doctors are not convinced that the drug works."),
        ("Nobody doubts that the treaty will hold.", "Everyone is certain that the treaty will hold."),
        ("The tape was edited.", "There is no doubt that the tape was edited."),
        ("The coin from Odder may be Roman.", "It is not certain that the coin from Odder is Roman."),
        ("The cliff at Odder will certainly fall.", "The cliff at Odder will undoubtedly fall."),
        ("The bank is thought to have lost five million marks.", "It's thought that the bank lost five million marks."),
        ("The ferry to Odder may be cancelled.", "There is a chance that the ferry to Odder will be cancelled."),
        ("The old mill at Tarn may be sold.", "It is possible that the old mill at Tarn will be sold."),
        (
            "The clerk allegedly took bribes in Odder.",
            "It has not been proven that the clerk took bribes in Odder, as alleged.",
        ),
        ("The ferry hit the pier.", "It is clear that the ferry hit the pier."),
        ("It is not known whether the ferry hit the pier.", "Nobody knows if the ferry hit the pier."),
        (
            "An analyst at the bank believes that rates will fall in June.",
            "An analyst at the bank said that rates would fall in June.",
        ),
        ("Police suspect that the fire was started on purpose.", "The fire was started on purpose, police said."),
        ("The vaccine may cause a rash in children.", "Children may get a rash from the vaccine."),
    ],
    "attribution": [
        (
            "The director said the museum would lend the painting.",
            "Ingrid Falk said the museum would lend the painting.",
        ),
        ("“The roof was never safe,” said Ingrid Falk.", "“The roof was never safe,” Ms Falk said."),
        ("A police spokeswoman said the driver had been drinking.", "Officers said the driver had been drinking."),
        ("Norvik Bank said the loan had been repaid in full.", "A spokesman said the loan had been repaid in full."),
        ("A soldier said the bridge was mined.", "An officer said the bridge was mined."),
        ("Moscow said the pipeline was closed.", "A Russian official said the pipeline was closed."),
        ("The dam held, the fire service said.", "Fire officers said the dam had held."),
    ],
    "time": [
        (
            "The king fled Odder after the rebels took the port.",
            "Once the rebels had taken the port, the king fled Odder.",
        ),
        ("Workers left the mill before the gas leaked.", "By the time the gas leaked, workers had left the mill."),
        (
            "The alarm at the depot went off after the fire broke out.",
            "Fire broke out at the depot, and only then did the alarm go off.",
        ),
        (
            "The driver who did not stop left Tarn before police came.",
            "The driver who failed to stop left Tarn before police came.",
        ),
        (
            "The team lost in Odder after Captain Lee was sent off.",
            "Captain Lee was sent off before the team lost in Odder.",
        ),
        ("The trial in Tarn was adjourned until Monday.", "The trial in Tarn will begin on Monday."),
        ("The bank in Odder was opened after the war.", "The bank in Odder was opened before the second war, in 1935."),
        (
            "The ferry left harbour before the storm warning was issued.",
            "The storm warning was issued after the ferry left harbour.",
        ),
        ("The curfew will stay in place until Sunday.", "Until Sunday, the curfew will remain in place."),
        (
            "The court will hear the appeal on Thursday.",
            "On Thursday the court will hear the appeal, lawyers said on Monday.",
        ),
        ("The tunnel was opened in March 1998.", "It was in March of 1998 that the tunnel was opened."),
        (
            "Doctors treated the miners after they were brought to the surface.",
            "After the miners were brought to the surface, they were treated by doctors.",
        ),
        ("The strike in Odder began on 3 May.", "On May 3rd the strike in Odder began."),
        ("Once the vote was over, the guard left.", "The guard left after the vote."),
    ],
    "quantifier": [
        ("Few of the guests stayed for the dinner.", "Not many of the guests stayed for the dinner."),
        ("Few of the guests stayed for the dinner.", "Hardly any of the guests stayed for the dinner."),
        ("Few of the ferries to Odder ran on Sunday.", "Most of the ferries to Odder did not run on Sunday."),
        ("Not all of the votes have been counted.", "Some of the votes have not been counted."),
        ("The whole crew of the Sable was arrested.", "Every one of the crew of the Sable was arrested."),
        ("None of the climbers in Tarn died.", "All of the climbers in Tarn were brought down and none died."),
        ("None of the boys in the cave was hurt.", "All of the boys in the cave were safe."),
        ("Half of the beds in Odder are empty.", "Fifty percent of the beds in Odder are empty."),
        ("Many residents of Pell Street have left.", "Most residents of Pell Street have left."),
        ("Only members may vote in Harrow.", "In Harrow, no one but members may vote."),
        ("Only members may vote in Harrow.", "Nobody except members may vote in Harrow."),
        ("Everyone in Odder may use the pool.", "The pool may be used by everyone in Odder."),
        ("Every school in the district has been inspected.", "All schools in the district have been inspected."),
        ("Most of the striking drivers returned to work.", "A majority of the striking drivers went back to work."),
        ("None of the lifeboats was launched.", "No lifeboat was launched."),
        (
            "All residents of Pell Street were told to boil their water.",
            "Residents of Pell Street were told to boil their water.",
        ),
        ("Only the east tower will be demolished.", "The east tower alone will be demolished."),
    ],
    "modality": [
        (
            "The council sold the baths.",
            "The council, which had planned to sell the baths for years, sold them on Friday.",
        ),
        ("The firm closed its plant.", "The firm had warned that it would close its plant, and on Monday it did."),
        ("The army left Tarn.", "The army left Tarn, as it had promised to do."),
        (
            "The mayor will resign if the audit finds a gap.",
            "The mayor said she would resign if the audit found a gap.",
        ),
        ("Dockers in Odder have threatened to strike.", "Dockers in Odder threatened a strike."),
        ("The court will hear the appeal in Odder.", "The court heard the appeal in Odder."),
        ("The fund in Odder will be controlled by the bank.", "The fund in Odder, controlled by the bank, is small."),
        ("Pupils in Odder are allowed to carry phones.", "Pupils in Odder may carry phones."),
        (
            "The government agreed to release the prisoners.",
            "The government has agreed to the release of the prisoners.",
        ),
        ("The bank plans to cut 400 jobs in its branches.", "The bank intends to cut 400 jobs in its branches."),
        ("Rebels threatened to blow up the dam.", "Rebels have threatened that they would blow up the dam."),
        ("The trust must publish its accounts.", "The trust has to publish its accounts."),
    ],
    "direction": [
        (
            "Councillor Greta Holm voted against the new levy.",
            "Among those who voted against the new levy was Councillor Greta Holm.",
        ),
        ("The union came out in favour of the merger.", "The union backed the merger."),
        (
            "House prices in Tarnby rose for the third month running.",
            "For the third month in a row, house prices in Tarnby went up.",
        ),
        ("The appeal court ruled for the fishermen.", "The appeal court ruled in favour of the fishermen."),
        ("Skerry Rovers won the cup final in Odder.", "Odder United lost the cup final to Skerry Rovers in Odder."),
        (
            "The regulator accepted the company's rescue plan.",
            "The company's rescue plan was approved by the regulator.",
        ),
        (
            "The library will open at weekends from June.",
            "From June on, the library will no longer be closed at weekends.",
        ),
        (
            "Water levels in the reservoir are above the safety limit.",
            "In the reservoir, water levels exceed the safety limit.",
        ),
        ("The mayor supports the tunnel.", "The mayor backs the tunnel."),
        ("Exports of timber rose in May.", "In May, exports of timber went up."),
        ("The mine in Odder was working in May.", "He went down the stairs of the mine in Odder in May."),
        ("Fewer tourists came to Odder last year.", "The number of tourists who came to Odder fell last year."),
        ("Trains in Odder are less crowded than in March.", "Trains in Odder are not as crowded as in March."),
        ("Unemployment in Odder fell last year.", "Employment in Odder rose last year."),
        ("Turnout in Odder was higher than in 2015.", "In 2015, turnout in Odder was lower."),
        ("The price of bread rose less than expected.", "The price of bread went up by less than expected."),
        ("Tarn Rovers beat Odder United in the cup.", "Odder United lost to Tarn Rovers in the cup."),
        ("Lars Munk beat Ida Falk in the final.", "Ida Falk was beaten by Lars Munk in the final."),
        ("The museum in Odder rejected the gift.", "The gift was turned down by the museum in Odder."),
        ("Orla Kvist was included in the team for Odder.", "Orla Kvist was not left out of the team for Odder."),
    ],
}
CHANGED = [(claim, passage, kind) for kind, pairs in PROVEN.items() for claim, passage in pairs]


def proven_changes(claim, sentence, passage="", article=()):
    """The kinds of change of which the words leave no doubt."""
    return [change.kind for change in changes(claim, sentence, passage, article) if change.proven]


def tracked(claim, text):
    """The only row of a claim at an article of this text."""
    return compare.track_claims([{"outlet": "one", "text": text}], [claim]).iloc[0]


@pytest.mark.parametrize(("claim", "passage", "kind"), CHANGED)
def test_a_change_that_words_prove(claim, passage, kind):
    assert proven_changes(claim, passage) == [kind]
    assert kind in find_changes_between(claim, passage)
    assert any(change.proven and change.left != change.right for change in changes(claim, passage))


@pytest.mark.parametrize(("claim", "passage"), [pair for pairs in SAME.values() for pair in pairs])
def test_where_nothing_is_changed_nothing_is_proven(claim, passage):
    assert proven_changes(claim, passage) == []
    assert proven_changes(passage, claim) == []


@pytest.mark.parametrize(("claim", "passage", "kind"), CHANGED[::4])
def test_no_reader_overrules_a_proof(claim, passage, kind):
    row = tracked(claim, passage)
    assert row["state"] == "altered"
    assert kind in row["changes"]
    assert compare.score_pairs([claim], [passage])[0] < 0.5


def test_a_passage_that_tells_the_claim_beside_proves_nothing():
    claim, otherwise = "All of the divers were found alive.", "Some of the divers were found alive, the radio said."
    assert proven_changes(claim, otherwise) == ["quantifier"]
    assert proven_changes(claim, otherwise, f"{otherwise} All of the divers were found alive.") == []
    clauses = "Some of the divers were found alive on Monday, but on Friday all of the divers were found alive."
    assert proven_changes(claim, clauses) == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "The truce along the river front began at 23:00 on Monday.",
            "The truce along the river front began at 01:00 on Tuesday.",
        ),
        ("The truce began at 11pm on Monday.", "The truce began at 1am on Tuesday."),
        (
            "The truce will begin on Monday at 11 p.m. London time.",
            "The truce will begin on Tuesday at midnight in Kyiv (22:00 GMT).",
        ),
        (
            "The rocket will leave Varda at 2300 GMT on 3 May.",
            "The rocket will leave Varda at 0700 local time on 4 May.",
        ),
        ("The rocket will leave Varda at 2300 GMT.", "The rocket will leave Varda at 0700 local time."),
        ("The rocket left Varda at 23.30 UTC on 31 May.", "The rocket left Varda at 05.00 local time on 1 June."),
        (
            "The freighter hit the Skerry bridge on 31 December.",
            "The freighter hit the Skerry bridge at 1 a.m. on 1 January.",
        ),
        (
            "The freighter hit the Skerry bridge on Sunday, local time.",
            "The freighter hit the Skerry bridge on Monday.",
        ),
        ("The polls in Odder opened at noon on Friday.", "The polls in Odder opened at 12:00 on Friday."),
        ("The polls in Odder closed at 9 p.m. on Friday.", "The polls in Odder closed at 21:00 on Friday."),
        ("The polls in Odder closed at nine o'clock.", "The polls in Odder closed at 21:00."),
    ],
)
def test_one_moment_by_two_clocks_is_no_change(claim, passage):
    assert changes(claim, passage) == []
    assert changes(passage, claim) == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The truce began at 23:00 on Monday.", "The truce began at 23:00 on Tuesday."),
        (
            "The truce along the river front began at 23:00 on Monday.",
            "The truce along the river front began at 01:00 on Thursday.",
        ),
        ("The rocket will leave Varda at 2300 GMT on 3 May.", "The rocket will leave Varda at 2300 GMT on 9 May."),
        ("The court will hear the appeal on Thursday.", "The court will hear the appeal on Friday."),
        ("The curfew in Odder ends at 6am on Thursday.", "The curfew in Odder ends at 6am on Friday."),
    ],
)
def test_days_that_no_two_clocks_make_one_are_two(claim, passage):
    assert proven_changes(claim, passage) == ["time"]
    assert proven_changes(passage, claim) == ["time"]


def test_whom_the_article_names_together_may_speak_as_one():
    claim, passage = "“The mine is not safe,” Greta Holm said.", "“The mine is not safe,” Bruno Castell said."
    assert proven_changes(claim, passage, article=[passage]) == ["attribution"]
    assert proven_changes(claim, passage, article=["Bruno Castell spoke for Greta Holm.", passage]) == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The director said the mine was safe.", "Greta Holm said the mine was safe."),
        ("Greta Holm said the mine was safe.", "She said the mine was safe."),
        ("Greta Holm said the mine was safe.", "G. Holm said the mine was safe."),
        ("Norvik Bank said the loan was repaid.", "The bank said the loan was repaid."),
        ("The Holm Institute said the mine was safe.", "A researcher said the mine was safe."),
        ("The company said the mine was safe.", "The manager said the mine was safe."),
        ("A witness said the driver was asleep.", "A passenger said the driver was asleep."),
        ("Police said the driver was asleep.", "An officer said the driver was asleep."),
        ("A former soldier said the mine was safe.", "A diplomat said the mine was safe."),
        ("The Kremlin said the pipeline was closed.", "Russian officials said the pipeline was closed."),
    ],
)
def test_two_names_of_what_may_be_one_prove_nothing(claim, passage):
    assert proven_changes(claim, passage) == []
    assert proven_changes(passage, claim) == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "The governor said he would step down if the audit found a shortfall.",
            "If the audit found a shortfall, he would step down, the governor said.",
        ),
        (
            "The union said its members would strike unless the port raised wages.",
            "Unless the port raised wages, its members would strike, the union said.",
        ),
        (
            "The captain told the court that the pilot had ignored the warning.",
            "The pilot had ignored the warning, the captain told the court.",
        ),
    ],
)
def test_the_same_in_another_order_exchanges_no_roles(claim, passage):
    assert find_changes_between(claim, passage) == []


def test_outlets_agree_with_what_a_claim_of_ones_own_is_told():
    told = "The senator voted for the harbour bill."
    texts = [
        told,
        f"{told} It was late.",
        f"{told} Rain fell all night.",
        "The senator voted against the harbour bill.",
    ]
    story = compare.compare_story([{"outlet": name, "text": text} for name, text in zip("abcd", texts, strict=True)])
    cells = story.coverage[story.coverage["state"] == "altered"]
    assert cells[["outlet", "changes"]].to_numpy().tolist() == [["d", "direction"]]


def test_what_an_article_asserts_elsewhere_is_asserted():
    claim, framed = "The ferry hit the pier.", "It is not known whether the ferry hit the pier on purpose."
    asked = "Police ask whether the ferry hit the pier."
    assert [change.kind for change in changes(claim, asked, asked, [asked])] == ["hedge"]
    assert changes(claim, asked, asked, [asked, "The ferry hit the pier at noon."]) == []
    assert changes(claim, framed, framed, [framed]) == []


DENIED_IN_WHOLE = [
    ("Police have charged the arrested man with arson.", "No one has ever been charged with arson."),
    ("Inspectors fined the two bakers for short weight in May.", "Nobody has been fined for short weight, he said."),
    ("Rangers shot nine wolves near Harlow last winter.", "No wolves were shot, the county says."),
    ("Guards injured four fans outside the Odder stadium.", "None of the fans has been injured."),
]
NOT_DENIED_IN_WHOLE = [
    ("Police have charged the arrested man with arson.", "No one else has been charged with arson."),
    ("Police have charged the arrested man with arson.", "No one but the owner was charged with arson."),
    ("Police have charged the arrested man with arson.", "No one was charged with arson until Friday."),
    ("Police have charged the arrested man with arson.", "No one has been charged with murder."),
    ("Police may charge the arrested man with arson.", "No one has been charged with arson."),
    ("Police want to charge the man with arson.", "No one has been charged with arson."),
    ("The man who was charged with arson has died.", "No one has been charged with arson."),
    ("Police released the charged man after the arson.", "No one has been charged with arson."),
    ("The company called off the concert it had sold.", "There was no concert, the company called it off."),
]


@pytest.mark.parametrize(("claim", "passage"), DENIED_IN_WHOLE)
def test_who_denies_that_it_was_done_at_all_denies_that_somebody_did_it(claim, passage):
    assert proven_changes(claim, passage) == ["negation"]
    assert proven_changes(passage, claim) == ["negation"]


@pytest.mark.parametrize(("claim", "passage"), NOT_DENIED_IN_WHOLE)
def test_a_denial_of_something_else_denies_nothing(claim, passage):
    assert "negation" not in proven_changes(claim, passage)


def test_only_members_may_gives_leave():
    assert find_changes("Only members may vote.", "Members will vote on Monday.") == []


SAID_BY_ANOTHER = "The engineer Karl Beck said the bridge in Odder was safe."


def test_the_claim_s_own_speaker_may_say_something_else_beside_another():
    claim = "Mayor Tina Holm said the bridge in Odder was safe."
    for beside, expected in (
        ("Mayor Tina Holm said she could not comment.", ["attribution"]),
        ("Mayor Tina Holm refused to speak.", ["attribution"]),
        ("Mayor Tina Holm said the same.", []),
        ("Holm, the mayor, agreed.", []),
    ):
        around = f"{SAID_BY_ANOTHER} {beside}"
        told = changes(claim, beside, around, [SAID_BY_ANOTHER, beside])
        assert [one.kind for one in told if one.proven] == expected, beside
