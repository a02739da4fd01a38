"""Who says it where the speaker stands far from the words. All people and outlets are invented."""

from __future__ import annotations

import pytest

import compare


def told(text):
    """Quotation, speaker and resolved speaker."""
    table = compare.extract_quotes(text)
    return [tuple(row) for row in table[["quote", "speaker", "resolved"]].itertuples(index=False)]


CASES = {
    "an apposition after the cue": [
        ("The weir held all night, said its keeper, Nora Pell.", "The weir held all night", "Nora Pell"),
        ("The weir held, said Nora Pell, the keeper, who slept there.", "The weir held", "Nora Pell"),
        ("The weir, said Nora Pell, the keeper, was sound.", "The weir was sound", "Nora Pell"),
        ("The mill was empty, according to its owner, Dr. Ugo Finn.", "The mill was empty", "Dr. Ugo Finn"),
        ("According to its owner, Ugo Finn, the mill was empty.", "the mill was empty", "Ugo Finn"),
        ("“It leaned,” said one of the masons, Abel Wick, on Friday.", "It leaned", "Abel Wick"),
        ("“It leaned,” warned the chairman, Wim de Marsh, a mason.", "It leaned", "Wim de Marsh"),
        ("Lea Marsh, 22, of Dunby, said the mill was empty.", "the mill was empty", "Lea Marsh"),
        ("Lea Marsh, speaking after the mayor, said the mill was empty.", "the mill was empty", "Lea Marsh"),
        ("Sen. Lea Marsh (R) said the mill was empty.", "the mill was empty", "Sen. Lea Marsh"),
    ],
    "a role before the name": [
        ("The fair is off, says showman Tobias Crum.", "The fair is off", "showman Tobias Crum"),
        ("The fair is off, said officials.", "The fair is off", "officials"),
        ("“It sank,” says diver and guide Una Lowe.", "It sank", "diver and guide Una Lowe"),
    ],
    "a time between name and cue": [
        ("Una Lowe has in the past described the wreck as empty.", "the wreck as empty", "Una Lowe"),
        ("Una Lowe had at times argued that the wreck was empty.", "the wreck was empty", "Una Lowe"),
        ("Una Lowe boasted Monday night that the wreck was empty.", "the wreck was empty", "Una Lowe"),
        ("Hours after it sank, Una Lowe sighed: “It is empty.”", "It is empty.", "Una Lowe"),
        ("Una Lowe on Friday told reporters the wreck was empty.", "the wreck was empty", "Una Lowe"),
        ("The council last week said the wreck was empty.", "the wreck was empty", "The council"),
        ("Una Lowe, the diver, late on 3 May said the wreck was empty.", "the wreck was empty", "Una Lowe"),
        ("Police on Sunday night said the wreck was empty.", "the wreck was empty", "Police"),
        ("The council two days earlier warned that the wreck was empty.", "the wreck was empty", "The council"),
        ("A week later, in Dunby, Una Lowe sighed: “It is empty.”", "It is empty.", "Una Lowe"),
    ],
    "a name cut short": [
        ("The Dunby Mfg. Com. said it would hire. Otto Pike cheered.", "it would hire", "The Dunby Mfg. Com."),
        ("Dunby Vol. Fire Dept. said the mill was empty.", "the mill was empty", "Dunby Vol. Fire Dept."),
        ("The Dunby Vol . said it would close .", "it would close", "The Dunby Vol ."),
        ("He lives on Elm Ave. Otto Pike said it was quiet.", "it was quiet", "Otto Pike"),
        ("It burns in Marl, Calif. Otto Pike said it was out.", "it was out", "Otto Pike"),
    ],
    "a number within": [
        ("It lost 2.3m jars and 40kg of jam, Otto Pike said.", "It lost 2.3m jars and 40kg of jam", "Otto Pike"),
    ],
    "a nickname in the name": [
        ("Arthur “Art” Pollock said the pier was lost.", "the pier was lost", "Arthur “Art” Pollock"),
        (
            'Arthur "the Rock" Pollock told the council the pier was lost.',
            "the pier was lost",
            'Arthur "the Rock" Pollock',
        ),
    ],
    "a signature": [
        ("“A town needs its pier.” — Ines Mohr, angler", "A town needs its pier.", "Ines Mohr"),
        ("“A town needs its pier,” – Alderman Otto Pike", "A town needs its pier", "Alderman Otto Pike"),
        ("“A town needs its pier.”\n― Ines Mohr, angler", "A town needs its pier.", "Ines Mohr"),
        ("“A town needs its pier.”\n\n-- Ines Mohr", "A town needs its pier.", "Ines Mohr"),
        ("Words to keep:\n\n“A town needs its pier.” – Ines Mohr", "A town needs its pier.", "Ines Mohr"),
        ("“A town needs its pier.” | Ines Mohr, Dunby", "A town needs its pier.", "Ines Mohr"),
        ("“A town needs its pier.” – Ines Mohr, in a letter to the council", "A town needs its pier.", "Ines Mohr"),
    ],
    "a colon": [
        ("And from Chairman Otto Pike:\n\n“The pier will go.”", "The pier will go.", "Chairman Otto Pike"),
        ("Then came a word from coach Ines Mohr: “We slept.”", "We slept.", "coach Ines Mohr"),
        ("Ines Mohr, on the loss of the pier: “We wept.”", "We wept.", "Ines Mohr"),
    ],
    "a relative clause": [
        (
            "The club that owns Lowe's pier said it would stay shut.",
            "it would stay shut",
            "The club that owns Lowe's pier",
        ),
        ("The firm which built the pier said it was sound.", "it was sound", "The firm which built the pier"),
        ("The pier that engineers said was sound fell.", "was sound fell", "engineers"),
    ],
    "tokenised text": [
        ("the pier was sound , the owners said .", "the pier was sound", "the owners"),
        ("`` The pier was sound , '' Otto Pike , the owner , told reporters .", "The pier was sound", "Otto Pike"),
        ('" The pier was sound , " said Otto Pike .', "The pier was sound", "Otto Pike"),
    ],
    "whom it is told": [
        ("Otto Pike told the panel the pier was sound.", "the pier was sound", "Otto Pike"),
        ('Otto Pike said on "The Long View" that the pier was sound.', "the pier was sound", "Otto Pike"),
    ],
    "who acts": [
        ("After calling the vote a farce, Otto Pike left the hall.", "the vote a farce", "Otto Pike"),
        ("Otto Pike had praised a guard, called the vote a bad joke.", "the vote a bad joke", "Otto Pike"),
        ("He's said the pier was sound.", "the pier was sound", "He's"),
    ],
    "where it ends": [
        ("Otto Pike said the pier was sound, although nobody had looked.", "the pier was sound", "Otto Pike"),
        ("While Otto Pike said the pier was sound, the council shut it.", "the pier was sound", "Otto Pike"),
        ("Otto Pike said he wants to sell the pier.", "he wants to sell the pier", "Otto Pike"),
    ],
}


@pytest.mark.parametrize(
    ("text", "quote", "speaker"), [case for kind in CASES.values() for case in kind], ids=lambda text: text[:40]
)
def test_who_says_it(text, quote, speaker):
    assert [row[:2] for row in told(text)] == [(quote, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "The brewers' guild declined to comment.",
        "A spokesman for Corvin Mills refused to comment on the fire.",
        "Otto Pike could not be reached for comment on Sunday.",
        "Otto Pike, who runs the pier, would not comment.",
        "The guild had no comment and did not respond to requests for comment.",
        "Otto Pike, the man that maintains the pier, declined to comment.",
        "Otto Pike declined to be named.",
        "Asked whether he slept, Otto Pike said no.",
        "Otto Pike has found ways to save money, and found himself alone.",
        "Voters in 15 states went to the polls after a week of angry tweets.",
        "It is a village known to its guests.",
        "The pier has stood for a century, and no one expects it to last.",
        "The stairs behind the mill are known as the “Ladder.”",
        "Otto Pike invited the poet Ines Mohr to the opening.",
        "The book, “Low Water and High Tide,” is about the pier at Dunby.",
    ],
)
def test_where_nothing_is_said(text):
    assert [row for row in told(text) if row[1]] == []


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“We paid,” said Otto Pike.\n\nCouncillor Ines Mohr sighed. “You never did.”", ["Otto Pike", "Ines Mohr"]),
        ("Otto Pike said he paid. The warden, Ines Mohr, sighed. “You never did.”", ["Otto Pike", "Ines Mohr"]),
        ("“We paid,” said Otto Pike.\n\nInes Mohr sighed.\n\n“You never did.”", ["Otto Pike", "Ines Mohr"]),
        ("“We paid,” said Otto Pike. The room fell silent. “We paid twice.”", ["Otto Pike", "Otto Pike"]),
    ],
)
def test_a_quotation_alone_is_of_the_person_who_acted_last(text, speakers):
    assert [row[2] for row in told(text)] == speakers


def test_a_quotation_far_from_its_first_words_is_a_row_of_its_own():
    cue = "said Otto Pike, who has run the pier, the fair and the mill at Dunby for more than thirty years"
    assert [row[:2] for row in told(f"“It is lost,” {cue}. “We knew.”")] == [
        ("It is lost", "Otto Pike"),
        ("We knew.", "Otto Pike"),
    ]
    assert [row[0] for row in told("“It is lost,” he said, pointing at the pier, “and we knew.”")] == [
        "It is lost and we knew."
    ]


def test_a_word_in_marks_before_a_day_is_no_nickname():
    assert [row[1] for row in told("Otto Pike called Ines Mohr “Liar” Monday at the hall.")] == ["Otto Pike"]


def test_a_person_is_neither_several_nor_a_house():
    text = (
        "Some 640 workers took part, the Quaymen's Alliance said. For Rory Munn, who keeps a hotel on the island, it "
        'could hardly be worse. "July pays for January here," he said. Opposition leader Hanne Voss said it would not '
        "go far. Insurers put the damage at 150 million, though they said that it was too early for a firm figure."
    )
    found = compare.extract_quotes(text).set_index("quote")["resolved"]
    assert found["July pays for January here"] == "Rory Munn"
    assert found["it was too early for a firm figure"] != "Hanne Voss"


def test_it_is_the_house_whose_name_begins_the_sentence_before():
    text = (
        "The force said it was considering an appeal. Irisight, the vendor, was not a party to the proceedings. "
        "It says that its system is accurate in 99 per cent of cases."
    )
    assert compare.extract_quotes(text)["resolved"].tolist()[-1] == "Irisight"


RESOLVED = {
    "who is a man and who a woman": [
        ("Kwame Pike ran the mill with his wife, Odile Lunn.\n\n“We slept there,” she said.", "Odile Lunn"),
        ("Teresa Lunn and her pupil Rafael Pike found the bell. “It was a jug,” he said.", "Rafael Pike"),
        ("Abner Pike was there. “I ran,” he said.\n\nParamedic Ada Lunn came. “I slept,” she said.", "Ada Lunn"),
        ("Taylor Jane Pike came. “I ran,” she said.", "Taylor Jane Pike"),
        ("Abner Pike taught his neighbour, Doreen Lunn, to row.\n\n“He let me steer,” she said.", "Doreen Lunn"),
    ],
    "what opens a sentence before a name": [
        ('Furious Petra Knoll raged: "They took my bench."', "Petra Knoll"),
        ('Red-faced boss Lionel Trask mumbled: "We got this one wrong."', "Lionel Trask"),
        ("Devastated Owen Prace said the shop was all he had.", "Owen Prace"),
        ('Mum-of-three Carrie Lodd, 31, said: "The kids were soaked."', "Carrie Lodd"),
        ('Grieving widow Hetty Oram sobbed: "He only went out for milk."', "Hetty Oram"),
        ('Girlfriend Tess Marlow told us: "He promised to ring at noon."', "Tess Marlow"),
        ('Enraged Councillor Ike Dorn said: "The lights stay off tonight."', "Ike Dorn"),
        ("PM Ilka Brandt vowed the bridge would open by spring.", "Ilka Brandt"),
        ("Two-time champion Greta Solm said the ice was soft.", "Greta Solm"),
        ("09:10 Marl Lines says the tide was too low.", "Marl Lines"),
        ("Anne-Marie Kost said the ledger was lost.", "Anne-Marie Kost"),
        ("Ahmed Ali Sabri said the ledger was lost.", "Ahmed Ali Sabri"),
        ("Hunter Bly said the ledger was lost.", "Hunter Bly"),
        ("Manning Clare said the ledger was lost.", "Manning Clare"),
    ],
    "what belongs to somebody": [
        ("A plumber's report of May speaks of “rust on each and every joint”.", "A plumber's report"),
        ("An engineer's colleague said the bolts were never checked.", "An engineer's colleague"),
        ('"Twelve letters, no answer," said its chair, Per Oldham.', "Per Oldham"),
        ('"We owe the baker, too," said its treasurer, Will Harker.', "Will Harker"),
        ('The Weavers\' Guild is angry. "Nobody asked a weaver," its chair said.', "the Weavers' Guild’s chair"),
        ('Marl Farms shut the path. "Every gate was open," said its spokeswoman.', "Marl Farms’ spokeswoman"),
        (
            "Ida Bloom, chair of the Anglers' Society, was out. The society met without her. "
            '"The salmon cannot pass it," its chair said later.',
            "Ida Bloom",
        ),
    ],
    "the subject of the sentence before": [
        (
            "A retired man, 71, was questioned.\n\nKeen-eyed coin trader Wout Hessel smelled a rat when he was offered "
            'the hoard. "I nearly dropped it," he told us.',
            "Wout Hessel",
        ),
        ('A caretaker was bailed.\n\nWout Hessel runs the shop. "I heard nothing," he said.', "Wout Hessel"),
        ('The suspect is 44. Neighbour Wout Hessel saw him. "It was always at night," he said.', "Wout Hessel"),
        (
            "A pensioner of 70 was arrested.\n\nThe coins were on offer in the shop. The trader grew wary and rang the "
            'police.\n\n"I nearly dropped it," he said.',
            "The trader",
        ),
        ('The judge sent Rudi Zahn to prison. "You showed no remorse," he said.', "The judge"),
        (
            'Upper Marl is dry.\n\nThe firm\'s boss, Tobin Reeve, was contrite. "We let you down," he said.',
            "Tobin Reeve",
        ),
        ('Kaja Brem beat Ulla Storm by a second. "I could hear her breathing," she said.', "Kaja Brem"),
        ('Kaja Brem\'s coach, Filip Roon, was in tears. "She has worked for this," he said.', "Filip Roon"),
        ('Braddle, of the porters\' guild, said it was late. "We need new carts," he said.', "Braddle"),
        ('"I saw it all," said a retired teacher. "It fell like a tree," he added.', "a retired teacher"),
    ],
    "nobody surely": [
        ('Joris Veen and Wout Hessel were at the gate. "It was dark by then," he said.', "he"),
        ('A neighbour of the man and a colleague of his came. "It was a shock to us," he said.', "he"),
        ('Corder Lead has closed its north shaft. "I was there that day," he said.', "he"),
        ('Lower Tarn woke to sirens. "I ran out in my socks," she said.', "she"),
        ('Homes in Fallow Cross are dry. "We let people down badly," he said.', "he"),
        ('"I am tired," said Hugo Merrin. Stony Ford was no mere ford. "It was a place of ghosts," he said.', "he"),
    ],
}


@pytest.mark.parametrize(
    ("text", "speaker"), [case for kind in RESOLVED.values() for case in kind], ids=lambda text: text[:40]
)
def test_who_is_meant(text, speaker):
    assert told(text)[-1][2] == speaker


def test_a_count_of_votes_is_nothing_that_anybody_votes_for():
    assert [row[1] for row in told("Members backed the deal by 804 votes to 211, the union said.")] == ["the union"]
