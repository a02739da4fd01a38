"""Lines that an outlet repeats: left out where they are its own, kept where they are claims."""

import pandas as pd
import pytest

import compare
from compare.language.boilerplate import is_heading, line_key
from compare.language.repeated import mark_repeated
from compare.language.split import split_articles

# Four articles of one outlet on four stories that have nothing to do with each other.
TEXTS = (
    "The council raised parking fees on Monday.\n\nDrivers in the old town will pay twice as much from June.",
    "A school in Vell won the science prize.\n\nIts pupils had built a boat that cleans canals.",
    "Snow closed two mountain roads overnight.\n\nBuses to the valley ran three hours late.",
    "The museum has bought a painting of the flood of 1856.\n\nIt will hang in the entrance hall.",
)
FOLLOW_UPS = (
    "Ferry crews walked out again on Tuesday.\n\nNo ship left the harbour.",
    "The company made a new offer to the ferry crews.\n\nThe union will answer by Friday.",
    "A judge heard the company's case against the strike.\n\nCrews gathered outside the harbour court.",
)


def articles(texts, stories=None, outlet="Northern Courier"):
    stories = stories or [f"story {number}" for number in range(len(texts))]
    ids = [f"{outlet} {number}" for number in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "outlet": outlet, "story_id": stories, "text": list(texts)})


def learned(*args, **kwargs):
    return compare.learn_boilerplate(articles(*args, **kwargs))["line"].tolist()


def flagged(table, boilerplate=None):
    table = compare.read_articles(table)
    sentences = mark_repeated(table, split_articles(table), boilerplate)
    return sentences.loc[sentences["boilerplate"], "text"].tolist()


@pytest.mark.parametrize(
    "line",
    [
        "Do you have a story for us?",
        "Our reporters cover the region every day.",
        "Jane Doe is the Northern Courier's political editor.",
        "John Roe is a reporter based in the capital.",
        "Thank you for reading the Northern Courier.",
        "To tell us more, write to tips@courier.example.",
        "Listen to all episodes of the Harbour Hour wherever podcasts are found.",
    ],
)
def test_a_line_that_speaks_for_the_outlet_is_left_out_from_the_second_article_on(line):
    assert learned([f"{text}\n\n{line}" for text in TEXTS[:2]]) == [line]
    assert learned([f"{line}\n\n{text}" for text in TEXTS[:2]]) == [line]
    assert learned([f"{TEXTS[0]}\n\n{line}", TEXTS[1]]) == []


@pytest.mark.parametrize("line", ["FULL TEXT.", "What we hear today", "MORE FROM POLITICS"])
def test_a_label_is_left_out_from_the_third_story_on(line):
    assert learned([f"{line}\n\n{text}" for text in TEXTS[:3]]) == [line]
    assert learned([f"{line}\n\n{text}" for text in TEXTS[:2]]) == []


def test_a_slogan_that_has_nothing_to_do_with_its_articles_is_left_out_from_the_third_story_on():
    slogan = "Fearless daily journalism in honour of truth and reason."
    with_slogan = [f"{text}\n\n{slogan}" for text in TEXTS]
    assert learned(with_slogan[:3]) == [slogan]
    assert learned(with_slogan[:2]) == []
    assert learned(with_slogan[:3], stories=["one", "one", "two"]) == []


@pytest.mark.parametrize(
    "background",
    [
        "The strike began on 3 March after talks failed.",
        "The strike began in spring after talks about wages and working hours had failed.",
        "The ferry crews want six per cent more from the company.",
        "“You will not see a ship in your harbour until we are paid,” the union said.",
    ],
)
def test_background_that_follow_ups_repeat_stays(background):
    texts = [f"{text}\n\n{background}" for text in FOLLOW_UPS]
    assert learned(texts) == learned(texts, stories=["strike"] * 3) == []
    assert flagged(articles(texts)) == []


@pytest.mark.parametrize("formula", ["No one was hurt.", "Police are investigating.", "She was 85."])
def test_what_happens_again_and_again_stays_a_claim(formula):
    assert learned([f"{text}\n\n{formula}" for text in TEXTS]) == []


def test_a_report_of_the_outlets_own_doing_stays_where_the_article_is_about_it():
    own = "The company told the Northern Courier about its offer to the ferry crews."
    assert learned([f"{text}\n\n{own}" for text in FOLLOW_UPS[1:]], stories=["strike"] * 2) == []


def test_numbers_days_and_addresses_may_vary():
    ends = ("You have 3 free articles left this Monday.", "You have 12 free articles left this 4 May.")
    assert learned([f"{text}\n\n{end}" for text, end in zip(TEXTS, ends, strict=False)]) == [ends[0]]
    assert line_key("Updated 14:05 on Monday, 3 March") == line_key("Updated 9 on Tuesday, 12 May")
    assert line_key("Write to a.b@courier.example!") == line_key("Write to news@courier.example.")
    assert line_key("@janedoe") == line_key("12.") == ""
    assert line_key("Fees rose in Vell.") != line_key("Fees rose in Marsh.")


def test_all_of_an_authors_note_is_left_out():
    note = ["Jane Doe writes about schools and roads.", "You can reach her at jane.doe@courier.example."]
    assert learned([f"{text}\n\n{' '.join(note)}" for text in TEXTS[:2]]) == note


def test_a_line_within_the_text_stays():
    text = "{} Your guide to the day stays free of charge. {}"
    assert learned([text.format(*words.split("\n\n")) for words in TEXTS]) == []


def test_another_outlet_may_print_the_same_line():
    line = "Do you have a story for us?"
    table = pd.concat(
        [
            articles([f"{text}\n\n{line}" for text in TEXTS[:2]]),
            articles([f"{TEXTS[2]}\n\n{line}"], stories=["story 2"], outlet="Daily Herald"),
        ]
    )
    assert compare.learn_boilerplate(table)["outlet"].tolist() == ["Northern Courier"]
    assert flagged(table) == [line, line]


def test_copies_of_an_article_count_once():
    text = f"{TEXTS[0]}\n\nYou can park free of charge on Sundays.\n\nFULL TEXT."
    assert learned([text] * 100) == []
    assert flagged(articles([text] * 100)) == []
    updated = [text, f"{text}\n\nThe mayor defended the fees.", f"A shop owner protested.\n\n{text}"]
    assert learned(updated) == []


def test_an_article_does_not_lose_everything():
    line = "Do you have a story for us?"
    table = articles([f"{TEXTS[0]}\n\n{line}", f"{TEXTS[1]}\n\n{line}", line])
    assert flagged(table) == [line, line]


def test_empty_lines_and_single_lines_are_no_matter():
    table = articles(
        [f"\n\n\n{TEXTS[0]}\n\n \n\nDo you have a story for us?\n\n\n", "One line", "One line", "…", "   \n."]
    )
    assert flagged(table) == []


def test_a_text_without_line_breaks_loses_the_lines_at_its_edges():
    line = "Do you have a story for us?"
    table = articles([f"{text} {line}".replace("\n\n", " ") for text in TEXTS[:2]])
    assert flagged(table) == [line, line]


def test_the_order_of_the_articles_does_not_matter():
    texts = [f"{text}\n\nDo you have a story for us?\n\nFULL TEXT." for text in TEXTS]
    table = compare.read_articles(articles(texts))
    assert flagged(table) == flagged(table.iloc[::-1])


def test_what_other_stories_taught_is_handed_on_and_may_be_changed():
    line = "Do you have a story for us?"
    known = compare.learn_boilerplate(articles([f"{text}\n\n{line}" for text in TEXTS]))
    assert known.to_dict("records") == [{"outlet": "Northern Courier", "line": line, "articles": 4, "stories": 4}]
    story = articles([f"{TEXTS[0]}\n\n{line}"])
    assert flagged(story) == []
    assert flagged(story, known) == [line]
    assert flagged(story, known.iloc[:0]) == []
    comparison = compare.compare_story(story, boilerplate=known, reader=None)
    assert comparison.boilerplate_lines() == {"Northern Courier": 1}
    assert comparison.sentences.query("boilerplate")["text"].tolist() == [line]
    assert line not in comparison.track([line])["evidence"].tolist()
    assert compare.track_claims(story, [line], reader=None)["evidence"].tolist() == [line]


def test_what_is_no_table_of_lines_is_refused():
    with pytest.raises(compare.InputError, match="boilerplate is not a table of outlets and lines"):
        compare.compare_story(articles(TEXTS[:1]), boilerplate=["Do you have a story for us?"], reader=None)


def test_nothing_to_learn_from_gives_an_empty_table():
    table = compare.learn_boilerplate(articles(TEXTS[:1]))
    assert table.empty
    assert table.columns.tolist() == ["outlet", "line", "articles", "stories"]


def test_a_heading_is_short_and_no_sentence():
    assert is_heading("Most read")
    assert is_heading("FULL TEXT.")
    assert not is_heading("No one was hurt.")
    assert not is_heading("Council raises parking fees in the old town")


@pytest.mark.parametrize(
    "line",
    [
        "Reporters at the scene saw smoke rising from the roof.",
        "Regulators fined the app three million euros last year.",
        "The ministry declined to comment on this report.",
        "Officials said they could not discuss this video.",
        "Support the plan received came from farmers.",
        "An aide asked journalists with accreditation to leave.",
        "The embassy did not answer emails to press@embassy.example.",
    ],
)
def test_a_claim_that_two_follow_ups_end_with_stays(line):
    assert learned([f"{text}\n\n{line}" for text in TEXTS[:2]]) == []


def test_follow_ups_of_one_story_keep_what_they_share():
    line = "You can see the smoke from the harbour, residents said."
    told = articles([f"{text}\n\n{line}" for text in TEXTS[:2]], stories=["fire", "fire"])
    assert compare.learn_boilerplate(told)["line"].tolist() == []


def test_what_another_outlet_prints_in_the_same_story_belongs_to_it():
    line = "You can see the smoke from the harbour at night."
    own = articles([f"{text}\n\n{line}" for text in TEXTS[:2]], stories=["fire", "flood"])
    other = articles([f"{TEXTS[2]}\n\n{line}"], stories=["fire"], outlet="Daily Herald")
    assert compare.learn_boilerplate(own)["line"].tolist() == [line]
    assert compare.learn_boilerplate(pd.concat([own, other]))["line"].tolist() == []
