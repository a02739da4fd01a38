"""Wordings that a stranger understands: what is put in, what is put before, and what is no claim."""

import numpy as np
import pytest

from compare.claims.around import Around
from compare.claims.phrasing import asked, central, states_by_itself, worded
from compare.language.clauses import clauses
from compare.language.standing import described, lacks

NAMES = {
    "he": (
        "Mayor Martin Osk spoke on Monday. He said the weir would hold.",
        "He said",
        "[Martin Osk] said the weir would hold.",
    ),
    "said he": (
        'Mayor Martin Osk spoke on Monday. "The weir will hold," he said.',
        '"The',
        '"The weir will hold," [Martin Osk] said.',
    ),
    "his": ("Martin Osk spoke. His deputy resigned at noon.", "His", "[Martin Osk’s] deputy resigned at noon."),
    "joint": ("Martin Osk spoke. But he stayed in office.", "But", "[Martin Osk] stayed in office."),
}


@pytest.mark.parametrize(("text", "begins", "wording"), NAMES.values(), ids=NAMES)
def test_a_name_stands_in_brackets_where_it_is_sure(text, begins, wording):
    start = text.index(begins)
    found = worded(text[start:], Around(text), start, len(text))
    assert found.casefold() == wording.casefold()


def test_no_name_is_put_in_where_two_may_be_meant():
    text = "Martin Osk met Peter Lunn at the weir. He said the water would rise."
    start = text.index("He said")
    assert worded(text[start:], Around(text), start, len(text)) == (
        "[Martin Osk met Peter Lunn at the weir.] He said the water would rise."
    )


def test_who_is_neither_he_nor_she_by_name_is_not_guessed():
    text = "Reeve Tallow opened the weir. She left early. He said the water would rise."
    start = text.index("He said")
    assert "[Reeve Tallow]" not in worded(text[start:], Around(text), start, len(text))


def test_who_speaks_is_not_the_one_spoken_of():
    text = "“The pier is safe,” said Ada Moll. “I know that she had every right to close it.”"
    start = text.index("I know")
    assert "[Ada Moll] had" not in worded(text[start:-1], Around(text), start, len(text) - 1)


def test_what_is_said_of_something_named_before_gets_the_sentence_before():
    text = "Ada Moll spoke of the pier. “It is older than the mill,” she said."
    start = text.index("“It")
    assert worded(text[start:], Around(text), start, len(text)).startswith("[Ada Moll spoke of the pier.] “It is")


def test_somebody_brought_in_before_stands_for_the_official():
    text = "A harbour official rang the mill. It rained. The official would not say why."
    start = text.index("The official")
    assert worded(text[start:], Around(text), start, len(text)) == "[A harbour official] would not say why."
    several = text.replace("It rained.", "A port official came too.")
    start = several.index("The official")
    assert "[A" not in worded(several[start:], Around(several), start, len(several))


WHICH = {
    "a body by an apposition": (
        "The tests were asked for by Clean Weir, a group of 40 anglers. It rained. The group says the weir leaks.",
        "The group [Clean Weir] says the weir leaks.",
    ),
    "a company by its shares": (
        "Ostwick’s shares fell on Monday. The works will close. The company blamed the price of zinc.",
        "The company [Ostwick] blamed the price of zinc.",
    ),
    "two bodies": (
        "Clean Weir, a group of anglers, met Old Mill, a group of millers. It rained. The group says the weir leaks.",
        None,
    ),
    "a union is not the company before it": (
        "Ostwick would not comment on the vote. The union says the works will close.",
        None,
    ),
    "a body in its name": (
        "The Lunn Foundation paid for the nets. It rained. The foundation says the nets are safe.",
        "The foundation [Lunn Foundation] says the nets are safe.",
    ),
    "a role": (
        "Mayor Martin Osk opened the weir. It rained. Lunn says the mayor came late.",
        "Lunn says the mayor [Martin Osk] came late.",
    ),
    "a role after the first word of a sentence": (
        "Plus President Osk opened the weir. It rained. Lunn says the president came late.",
        None,
    ),
    "a thing": (
        "The crews got an offer of 3 percent on Friday. It rained. Lunn called the offer an insult.",
        "Lunn called the offer [of 3 percent] an insult.",
    ),
    "two things": (
        "The crews got an offer of 3 percent. A second offer came. Lunn called the offer an insult.",
        None,
    ),
}


@pytest.mark.parametrize(("text", "wording"), WHICH.values(), ids=WHICH)
def test_which_one_it_is_stands_behind_it_where_there_is_but_one(text, wording):
    start = text.rindex(". ") + 2
    found = worded(text[start:], Around(text), start, len(text))
    assert found.replace("\N{NO-BREAK SPACE}", " ") == (wording or text[start:])
    assert asked(found) == text[start:]  # what is added is not looked for


def test_the_sentence_before_is_given_where_it_brings_in_what_is_meant():
    text = "Marl town council will hold a special session on Tuesday. The session will be open to all."
    start = text.index("The session")
    assert worded(text[start:], Around(text), start, len(text)).startswith("[Marl town council will hold a")
    other = text.replace("special session", "ballot")
    start = other.index("The session")
    assert worded(other[start:], Around(other), start, len(other)) == "The session will be open to all."


def test_a_claim_is_worded_by_the_clause_that_stands_alone_best():
    told = ["The union rejected the raise.", "Sailors’ Local 9 rejected the raise.", "The union said no to the raise."]
    alike, none = np.full((3, 3), 0.8), np.zeros((3, 3), dtype=bool)
    assert central(told, told, alike, none) == 1


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("The agency refused to go higher.", ["agency"]),
        ("Ada Moll said the ruling would stand.", ["ruling"]),
        ("Ada Moll said the company would appeal.", []),
        ("The offer of 3 percent was turned down.", []),
        ("The union leader left.", []),
        ("The union, Sailors’ Local 9, said no.", []),
        ("The union [Sailors’ Local 9] said no.", []),
        ("“The agency lied,” said Ada Moll.", []),
    ],
)
def test_what_is_only_described_is_found(text, nouns):
    assert [one["noun"] for one in described(text)] == nouns


def test_what_which_means_is_left_open_where_it_may_be_either():
    sentence = "The mayor has shown a letter from the bank, which was written on plain paper."
    clause = clauses(sentence)[1]
    wording = worded(clause.read(sentence), Around(sentence), clause.start, clause.end)
    assert wording == f"[{sentence.partition(' which')[0]}] which was written on plain paper."


@pytest.mark.parametrize(
    ("text", "open_to"),
    [
        ("Six are missing.", 1),
        ("All four were on the ferry.", 1),
        ("Six miners are missing.", 0),
        ("Others shrugged at the news of it.", 3),
        ("The contract it has lost is worth 38 million.", 3),
        ("Mending it will cost 3 million.", 3),
        ("“That is easy to mend,” Ada Moll said.", 3),
        ("“It’s easy to say why the pier fell,” Ada Moll said.", 0),
        ("[Ada Moll:] He will close the pier.", 3),
    ],
)
def test_what_is_left_open(text, open_to):
    assert lacks(text) == open_to


def test_whoever_a_sentence_begins_with_may_be_the_one_it_means():
    text = "Martin Osk spoke on Monday. A tall male in his 40s was led away."
    start = text.index("A tall")
    assert worded(text[start:], Around(text), start, len(text)) == text[start:]


def test_what_leans_gets_the_sentence_before_and_what_is_looked_for_stays():
    text = "The valve at Low Moss was replaced in May. It failed again in June."
    start = text.index("It failed")
    wording = worded(text[start:], Around(text), start, len(text))
    assert wording == f"[{text[: start - 1]}] {text[start:]}"
    assert asked(wording) == text[start:]
    assert lacks(wording) == 0


def test_a_context_of_several_sentences_is_not_far_longer_than_what_it_explains():
    text = "The valve at Low Moss was replaced in May. It failed again in June, as the mill had said. It was old."
    start = text.index("It was")
    assert worded(text[start:], Around(text), start, len(text)) == text[start:]
    longer = text.replace("was old", "was the third one in a year that broke")
    start = longer.index("It was")
    assert worded(longer[start:], Around(longer), start, len(longer)).startswith("[The valve at Low Moss")


def test_what_joins_two_clauses_is_no_part_of_a_context():
    text = "A quake brought the roof down on four men, and three of them have lived to tell the tale."
    start = text.index("three")
    wording = worded(text[start:], Around(text), start, len(text))
    assert wording.startswith("[A quake brought the roof down on four men …] ")


def test_a_context_that_names_not_everybody_whom_his_may_mean_is_not_put_before():
    text = (
        "Ada Moll said that she wept. The pier killed Martin Osk on Friday. It rained. The body was found at noon. "
        "“Grown men wept at that,” said Reeve Tallow, a diver. At the gate his brother Gregor stood with a candle."
    )
    start = text.index("At the gate")
    assert worded(text[start:], Around(text), start, len(text)) == text[start:]
    alone = text.replace("killed Martin Osk", "fell down")
    start = alone.index("At the gate")
    assert worded(alone[start:], Around(alone), start, len(alone)) != alone[start:]


def test_the_first_person_is_the_outlet_s():
    text = "We stood in the rain for four hours."
    assert worded(text, Around(text, "Parents First"), 0, len(text)) == f"[Parents First:] {text}"


def test_the_first_person_of_a_quotation_is_not_the_outlet_s():
    text = "“We met many groups. We shall remember the rain.\n\n“And we shall return."
    start = text.index("We shall")
    end = text.index("\n")
    assert "Parents First" not in worded(text[start:end], Around(text, "Parents First"), start, end)


def test_a_name_in_brackets_is_looked_for():
    assert asked("[Martin Osk] said the weir would hold.") == "[Martin Osk] said the weir would hold."


@pytest.mark.parametrize(
    ("sentence", "wordings"),
    [
        (
            "The board gathered on Monday and said the pier would close in May.",
            ["The board gathered on Monday.", "[The board] said the pier would close in May."],
        ),
        (
            "Two of the boats have been handed over, and Dag Hollin, who leads the union, warned of a strike.",
            ["Two of the boats have been handed over.", "Dag Hollin, who leads the union, warned of a strike."],
        ),
        (
            "Reporters gathered at the pier, and Dag Hollin, who leads the union, never told them of a strike.",
            ["Reporters gathered at the pier.", "Dag Hollin, who leads the union, never told them of a strike."],
        ),
    ],
)
def test_a_clause_is_told_as_a_sentence(sentence, wordings):
    found = [worded(clause.read(sentence), Around(sentence), clause.start, clause.end) for clause in clauses(sentence)]
    assert found == wordings


@pytest.mark.parametrize(
    ("wording", "elsewhere", "claim"),
    [
        ("Help is on offer.", True, False),
        ("Rain fell in the valley.", False, True),
        ("Four boats sank.", False, True),
        ("They were asleep when the bang came to the house.", False, False),
        ("They were asleep when the bang came to the house.", True, True),
    ],
)
def test_what_states_next_to_nothing_or_is_understood_by_nobody_is_no_claim(wording, elsewhere, claim):
    assert states_by_itself(wording, told_elsewhere=elsewhere) is claim


@pytest.mark.parametrize(
    "text",
    [
        "On Friday they said it was over for the pier.",
        "Last May she promised that the pier would stay open.",
        "Donald Osk made his on the pier, asking the harbour board for help.",
        "Neither replied to a request from the harbour board.",
        "Because the pier, the oldest in Selwick, is closed.",
        "Under the plan they will move to Selwick.",
        "His daughter, Wilma Lunn, came across it in Selwick.",
    ],
)
def test_what_points_back_lacks_its_name(text):
    assert lacks(text) == 3


@pytest.mark.parametrize(
    "text", ["It is not certain how long the pier will stay open.", "In her speech, Ann Lee praised the pier."]
)
def test_what_points_nowhere_lacks_nothing(text):
    assert lacks(text) == 0


def as_worded(text, begins):
    start = text.index(begins)
    end = text.find(".", start) + 1
    return worded(text[start:end], Around(text), start, end)


BESIDE = {
    "a club": ("Aldmoor Rangers have lost their captain. His wife had a girl.", "His wife", None),
    "a band": ("The Silver Birch spoke first. Silver Birch said no. His uncle left.", "His uncle", None),
    "somebody told of as late": ("Rasmus Quell met Peter Dale there. His agent was silent.", "His agent", None),
    "somebody told before": ("Rasmus Quell fell ill. Then Peter Dale spoke. His agent was silent.", "His agent", None),
    "a bishop": ("Pastor Greta Lund spoke first. The bishop spoke next. Her sermon was short.", "Her sermon", None),
    "a trade before the name": ("Baker Joan Osk was fined. She denied it.", "She denied", "Joan Osk"),
    "a comma behind what is owned": (
        "Mayor Ada Moll spoke. Her deputy, a miller, resigned.",
        "Her deputy",
        "Ada Moll’s",
    ),
    "police": ("Captain Olaf Osk was held. Police searched his cabin.", "Police", "Olaf Osk’s"),
}


@pytest.mark.parametrize(("text", "begins", "who"), BESIDE.values(), ids=BESIDE)
def test_his_and_her_go_to_a_person_and_only_to_the_one_who_can_be_meant(text, begins, who):
    found = as_worded(text, begins)
    named = found.startswith("[") and not found.partition("]")[0].endswith(".")
    assert f"[{who}]" in found if who else not named


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("The court awarded her damages of 900 crowns.", False),
        ("The firm sent her letters of regret.", False),
        ("The court raised her damages to 900 crowns.", True),
    ],
)
def test_what_is_given_her_may_be_hers_or_for_her(told, name):
    assert ("[Dele Abara’s]" in as_worded(f"Mrs Dele Abara sued. {told}", told[:9])) == name
