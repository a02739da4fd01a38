"""The quote ledger: who gives a quotation in full, trimmed, in other words, from somebody else or not at all."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

import compare
from compare.coverage.ledger.people import SURELY_ANOTHER, Speakers
from compare.coverage.ledger.sayings import kept
from compare.tables import QUOTE_STATES, QUOTES

DATASETS = Path(__file__).parent.parent / "datasets"


def story(*texts, outlets="ABCDEFGH"):
    """A story told by outlets A, B, ..., one day after the other."""
    return compare.compare_story(
        [
            {"outlet": outlet, "text": text, "story_id": "tarnholm", "published": f"2026-03-0{day}"}
            for day, (outlet, text) in enumerate(zip(outlets, texts, strict=False), start=1)
        ],
        reader=None,
    )


def told(found, words):
    """The rows of the quotation whose fullest form has these words, by outlet."""
    rows = found.quotes[found.quotes["wording"].str.contains(words, regex=False)]
    assert len(set(rows["quote_id"])) == 1, rows[["quote_id", "wording"]].drop_duplicates()
    return rows.set_index("outlet")


def states(found, words):
    return told(found, words)["state"].to_dict()


# The sample stories


def gold(name):
    return pd.read_csv(DATASETS / name / "gold" / "quotes.csv", keep_default_na=False)


@pytest.fixture(scope="module", params=["ceasefire", "harbour"])
def sample(request, compared):
    return compared(request.param), gold(request.param)


def ledger_of(found, rows):
    """The ids of the ledger's quotations that stand where the gold has this one."""
    texts = found.articles.set_index("outlet")["text"]
    hits = Counter()
    for row in rows[rows["state"] != "absent"].itertuples():
        start = texts[row.outlet].index(row.text)
        here = found.quotes[(found.quotes["outlet"] == row.outlet) & found.quotes["start"].notna()]
        hits.update(here.loc[(here["start"] < start + len(row.text)) & (here["end"] > start), "quote_id"])
    return hits


def test_every_planted_quotation_is_one_quotation_of_the_ledger(sample):
    found, cells = sample
    ids = {name: ledger_of(found, rows) for name, rows in cells.groupby("quote_id")}
    assert {name: len(hits) for name, hits in ids.items()} == dict.fromkeys(ids, 1)
    assert len({next(iter(hits)) for hits in ids.values()}) == len(ids)


def test_every_outlets_treatment_is_the_gold_ones(sample):
    found, cells = sample
    wrong = {}
    for name, rows in cells.groupby("quote_id"):
        quote_id = ledger_of(found, rows).most_common(1)[0][0]
        state = found.quotes[found.quotes["quote_id"] == quote_id].set_index("outlet")["state"]
        wrong |= {(name, row.outlet): state[row.outlet] for row in rows.itertuples() if state[row.outlet] != row.state}
    assert wrong == {}


def test_the_officials_view_is_given_to_an_officer_at_one_outlet(compared):
    found = compared("ceasefire")
    rows = told(found, "He looks at Trump and sees someone")
    assert (rows["source"].str.lower() == "a european intelligence official").all()
    assert rows.loc["Kestrel One News", "state"] == "reattributed"
    assert rows.loc["Kestrel One News", "resolved"] == "A Ukrainian army officer"
    assert rows.loc["Kestrel One News", "same_speaker"] < SURELY_ANOTHER
    assert rows["state"].value_counts().to_dict() == {"paraphrased": 3, "absent": 3, "full": 1, "reattributed": 1}


def test_claims_say_who_is_quoted(sample):
    found, _ = sample
    claims = found.claims.set_index("claim")["speaker"]
    quoted = "fire is worth having" if found.story_id == "ceasefire" else "There is no second envelope"
    speaker = claims[claims.index.str.contains(quoted)].iat[0]
    assert speaker.lower() == ("a western diplomat" if found.story_id == "ceasefire" else "dunstan vey")
    assert pd.isna(claims.iat[0])  # the lead is a fact that nobody is asked for


# How an outlet words a quotation

RAN_AGROUND = "The ferry Tarnholm ran aground off Ostrel on Monday with 80 people on board. "


def test_house_style_and_spelling_leave_a_quotation_full():
    found = story(
        RAN_AGROUND + '"The cease-fire of the unions is over and we shall organise," said Petra Zelinskaya.',
        RAN_AGROUND + "“The ceasefire of the unions is over and we shall organize”, Petra Zelinskaja said.",
        RAN_AGROUND
        + "Mrs Zelinskaia told reporters that the ceasefire of the unions was over and that they would organise.",
    )
    assert states(found, "is over") == {"A": "full", "B": "full", "C": "paraphrased"}
    assert (told(found, "is over")["same_speaker"] > 0.9).all()


def test_a_trimmed_quotation_says_what_is_gone():
    found = story(
        RAN_AGROUND + '"We will pay every passenger, but only if the court orders it," Lena Horvik of the line said.',
        RAN_AGROUND + '"We will pay every passenger," Ms Horvik said.',
        RAN_AGROUND + "Lena Horvik said the line would pay its passengers if a court ordered it to.",
        RAN_AGROUND,
    )
    rows = told(found, "every passenger")
    assert rows["state"].to_dict() == {"A": "full", "B": "trimmed", "C": "paraphrased", "D": "absent"}
    assert rows.loc["B", "gone"] == "but only if the court orders it"
    assert rows.loc["D", ["text", "start", "end", "speaker", "probability"]].isna().all()


@pytest.mark.parametrize(
    ("short", "full", "whole"),
    [
        ("this should not have happened", "What I can say is that this should not have happened", True),
        ("We would rather wait", "We'd rather wait", True),
        ("We'd rather wait", "We would rather wait", True),
        ("the bridge will hold", "Unless it rains, the bridge will hold", False),
        ("the bridge will hold", "I think the bridge will hold", False),
    ],
)
def test_a_lead_in_and_a_contraction_are_nothing_gone(short, full, whole):
    assert kept(short, full).full == whole


def test_a_fragment_in_reported_speech_is_a_trimmed_quotation():
    found = story(
        '"The bridge was warned twice and did nothing at all," said Ivo Marsh, a stoker.',
        'Ivo Marsh, a stoker, complained that the officers "did nothing at all".',
    )
    assert states(found, "warned twice") == {"A": "full", "B": "trimmed"}
    assert told(found, "warned twice").loc["B", "gone"] == "The bridge was warned twice and"


def test_a_few_words_in_marks_are_found_whatever_their_speaker_is_called():
    found = story(
        '"The mates have been saying for weeks that these winches are worn," said Ivo Marsh, secretary of the guild.',
        'Furious Ivo Marsh, who leads the guild, blasted: "These winches are worn."',
        'A stoker of the guild was blunt. "These winches are worn," said the stoker.',
        RAN_AGROUND,
    )
    assert states(found, "winches are worn") == {"A": "full", "B": "trimmed", "C": "trimmed", "D": "absent"}


def test_a_claim_that_one_of_three_gives_as_said_is_said_by_nobody():
    found = story(
        "The harbour will pay 4 million crowns towards the new winches. " + RAN_AGROUND,
        "Four million crowns for the new winches will come from the harbour. " + RAN_AGROUND,
        "The harbour will pay 4 million crowns towards the new winches, according to three people close to the talks.",
    )
    claims = found.claims[found.claims["claim"].str.contains("illion crowns")]
    assert len(claims)
    assert claims["speaker"].isna().all()


def test_words_are_in_brackets_of_nobody_who_only_may_have_said_them():
    found = story(
        "A retired man, 68, was questioned by the harbour police. Keen-eyed rope dealer Wout Hessel smelled a rat when "
        'he was offered the winch. "My hands began to shake when I turned it over," he told us.',
        'The winch is back. "My hands began to shake when I turned it over," said the dealer, Wout Hessel.',
    )
    rows = told(found, "began to shake")
    assert rows["resolved"].to_dict() == {"A": "Wout Hessel", "B": "Wout Hessel"}
    assert not found.claims["claim"].str.contains("retired man[:\\]]").any()


def test_pieces_of_a_quotation_are_taken_together():
    found = story(
        '"The engine stopped twice. Nobody told the bridge. I heard it from the cook," said Ivo Marsh, a stoker.',
        '"The engine stopped twice," said Ivo Marsh, a stoker. He was still in his overalls, and his hands shook as '
        'he drank a cup of tea. "I heard it from the cook," he said.',
        '"Nobody told the bridge," Ivo Marsh said.',
    )
    rows = told(found, "Nobody told the bridge")
    assert rows["state"].to_dict() == {"A": "full", "B": "trimmed", "C": "trimmed"}
    assert rows.loc["B", "gone"] == "Nobody told the bridge"
    text = found.articles.set_index("outlet").loc["B", "text"]
    assert text[rows.loc["B", "start"] : rows.loc["B", "end"]].startswith("The engine stopped twice")


def test_what_leads_in_to_a_quotation_belongs_to_it():
    found = story(
        "The minister, Dagny Solheim, called on both sides to return to the talks. "
        '"They know where the door is, and I will hold it open," she said.',
        "Dagny Solheim, the minister, urged both sides to return to the talks.",
    )
    assert states(found, "where the door is") == {"A": "full", "B": "paraphrased"}


def test_what_another_outlet_tells_without_a_source_is_told_in_other_words():
    found = story(
        RAN_AGROUND + "The harbour master said the channel had not been dredged since 2019.",
        RAN_AGROUND + "The channel had not been dredged since 2019.",
        RAN_AGROUND + "It was raining.",
    )
    rows = told(found, "dredged")
    assert rows["state"].to_dict() == {"A": "paraphrased", "B": "paraphrased", "C": "absent"}
    assert pd.isna(rows.loc["B", "speaker"])
    assert (rows["source"] == "The harbour master").all()


def test_two_quotations_of_one_speaker_are_two():
    found = story(
        '"The hull was rotten," Norah Quill said. Later she was angrier. "I want the owner in court," she said.',
        '"I want the owner in court," Norah Quill said.',
    )
    assert states(found, "rotten") == {"A": "full", "B": "absent"}
    assert states(found, "in court") == {"A": "full", "B": "full"}


@pytest.mark.parametrize(
    ("text", "fuller", "gone"),
    [
        ("We will go back", "We will go back, if they pay", "if they pay"),
        ("They are bargaining with the calendar", "[The Tarnish] are bargaining with the calendar", ""),
        ("We will leave", "We will not leave", "not"),
        ("a two-in-three chance of rain", "a 2 in 3 chance of rain", ""),
        ("the harbour", "the harbor", ""),
        ("so it ends", "It began, and so it ends here", "It began and … here"),
        ("We will cut 300 jobs in May", "We will cut 3000 jobs in May", "3000"),
        ("The strike is illegal here", "The strike is legal here", "legal"),
        ("The strike is immoral here", "The strike is moral here", "moral"),
    ],
)
def test_what_is_gone(text, fuller, gone):
    assert kept(text, fuller).gone == gone
    assert kept(text, fuller).full == (gone == "")


def test_a_not_more_is_no_full_quotation():
    assert not kept("We will not sell the harbour", "We will sell the harbour").full
    assert kept("Nobody knows why. We will sell the harbour", "We will sell the harbour").full


# Who says it


@pytest.mark.parametrize(("one", "other"), [("Karl Holm", "Karla Holm"), ("Marta Holm", "Maria Holm")])
def test_an_article_that_has_both_tells_two_with_like_first_names_apart(one, other):
    assert Speakers([f"{one} and {other} spoke."], [one, other]).same(one, other) < SURELY_ANOTHER


def test_two_with_one_surname_are_two():
    texts = ["Arthur Quill, a welder, came with his daughter Norah Quill."]
    cast = Speakers(texts, ["Arthur Quill", "Norah Quill", "Quill"])
    assert cast.same("Arthur Quill", "Norah Quill") < SURELY_ANOTHER
    assert cast.same("Mr Quill", "Norah Quill") == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Petra Zelinskaya", "Petra Zelinskaia"),
        ("Mr Marsh", "Ivo Marsh"),
        ("Ivo P. Marsh", "Ivo Marsh"),
        ("I. Marsh", "Marsh Ivo"),
        ("Li Wenhao", "Wenhao Li"),
        ("Mr da Costa", "João Pires da Costa"),
        ("Constable Marsh", "Ivo Marsh"),
        ("Tarnish President Petra Zelinskaya", "Petra Zelinskaja"),
        ("the Group of Seven", "the G7"),
        ("a retired teacher", "One retired teacher"),
        ("the mayor", "Ole Brandvik"),
    ],
)
def test_one_speaker_under_two_names(one, other):
    cast = Speakers(["Ole Brandvik, the mayor of Ostrel, spoke."], [one, other])
    assert cast.same(one, other) == cast.same(other, one) > 0.6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ivo Marsh", "Lena Horvik"),
        ("a Tarnish army officer", "a European intelligence official"),
        ("a union spokesman", "a company spokesman"),
        ("the union", "the ministry"),
        ("Ole Brandvik", "a union official"),
        ("Ole Brandvik", "a fisherman"),
    ],
)
def test_surely_another_speaker(one, other):
    cast = Speakers(["Ole Brandvik, the mayor of Ostrel, spoke."], [one, other])
    assert cast.same(one, other) < SURELY_ANOTHER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a European intelligence official", "a senior EU security source"),
        ("a nurse", "a mother of two"),
        ("Ole Brandvik", "an official"),
        ("Ole Brandvik", "he"),
        ("her post", "Lena Horvik"),
        ("Will Marsh", "William Marsh"),
        ("Sir Ewan", "Mr Marsh"),
        ("Don Marsh", "Don Marsh Jr."),
        ("Lena Horvik", "a spokeswoman"),
    ],
)
def test_who_may_be_the_same_is_not_called_another(one, other):
    cast = Speakers(["Ole Brandvik, the mayor of Ostrel, spoke."], [one, other])
    assert SURELY_ANOTHER < cast.same(one, other) < 0.9


def test_descriptors_match_by_meaning():
    called = ["a European intelligence official", "a senior EU security source", "a passing tourist"]
    cast = Speakers([], called)
    official, source, tourist = called
    assert cast.same(official, source) > cast.same(official, tourist) + 0.2


def test_words_given_to_somebody_else():
    found = story(
        '"We never saw the inspection report," said Ole Brandvik, the mayor of Ostrel.',
        '"We never saw the inspection report," said a fisherman who watched from the pier.',
        "The mayor said he had never seen the inspection report.",
    )
    assert states(found, "inspection report") == {"A": "full", "B": "reattributed", "C": "paraphrased"}
    assert (told(found, "inspection report")["source"] == "Ole Brandvik").all()


def test_a_source_that_would_not_be_named_is_named():
    found = story(
        '"The board knew about the crack in June," said a person familiar with the matter.',
        '"The board knew about the crack in June," said Rune Alsaker, the chairman of the ferry line.',
        '"The board knew about the crack in June," a person familiar with the matter said.',
    )
    assert states(found, "the crack") == {"A": "full", "B": "reattributed", "C": "full"}


def test_nobody_is_accused_where_the_source_stands_near():
    found = story(
        '"We never saw the inspection report," said Ole Brandvik, the mayor of Ostrel.',
        "The mayor, Ole Brandvik, had come to the pier. A fisherman stood beside him. "
        '"We never saw the inspection report," the fisherman said.',
    )
    row = told(found, "inspection report").loc["B"]
    assert row["state"] == "full"
    assert row["same_speaker"] < SURELY_ANOTHER


@pytest.mark.parametrize(
    "told",
    [
        "Minister Carla Voss came to the ward and spoke to a nurse. {}, she said.",
        "Mayor Ruth Adler walked over the bridge with the minister. {}, she said.",
        "Minister Helen Strand flew over the site with a geologist from Skarn. {}, she said.",
        "Volunteer Rosa Tamm recalled a woman at the gate. {}, she said.",
        "Judge Ruth Adler spoke for an hour, and so did the girl's mother. {}, she said.",
        "Mayor Ruth Adler stood beside his wife and was silent. {}",
    ],
)
def test_who_may_mean_somebody_without_a_name_accuses_nobody(told):
    words = '"Nobody told the families for three days"'
    faithful = [f"{words}, said Tove Hald.", f"Tove Hald said: {words}.", f"{words}, Tove Hald said."]
    found = story(*faithful, told.format(words))
    assert states(found, "the families") == dict.fromkeys("ABCD", "full")


@pytest.mark.parametrize(
    "told",
    [
        "{}, the hospital said.",
        "{}, nurses said.",
        "{}, the report said.",
        "{}, said Hald Marsh, a clinic in Ennis. Its head is Tove Hald of Hald Marsh.",
        "{}, her spokesman said.",
        "{}, said a spokesman for Tove Hald.",
        "{}, said Sister Benedicta.",
        "{}, said Tove Ruhn. The nurse is Tove Hald-Ruhn since May.",
        "{}, said Lady Ruin. It is the name under which Tove Hald, who performs as Ruin, is known.",
        "{}, said Nurse Hald.",
        "{}, said Hald Tove.",
        "{}, said T. Hald.",
    ],
)
def test_who_may_be_the_source_or_her_house_accuses_nobody(told):
    words = '"Nobody told the families for three days"'
    faithful = [f"{words}, said Tove Hald.", f"Tove Hald said: {words}.", f"{words}, Tove Hald said."]
    found = story(*faithful, told.format(words))
    assert states(found, "the families")["D"] != "reattributed"


@pytest.mark.parametrize(
    "told",
    [
        "{}, said Otto Grieg.",
        "Otto Grieg said: {}.",
        "Doctor Otto Grieg is angry. {}, he said.",
        "Otto Grieg, a doctor, is angry. {}, he said.",
        "{}, said Major Ruhn of the army.",
        "{}, said the mayor, Sven Ruhn, who left.",
    ],
)
def test_words_given_to_another_named_person(told):
    words = '"Nobody told the families for three days"'
    faithful = [f"{words}, said Tove Hald.", f"Tove Hald said: {words}.", f"{words}, Tove Hald said."]
    found = story(*faithful, told.format(words))
    assert states(found, "the families") == dict.fromkeys("ABC", "full") | {"D": "reattributed"}


def test_what_two_report_in_like_words_both_may_have_said():
    found = story(
        "The union leader Arne Lund said on Tuesday that the ferry had been overloaded for years.",
        "Judge Mette Krogh said on Friday that the ferry was overloaded for years.",
    )
    assert "reattributed" not in set(found.quotes["state"])


def test_copies_of_one_text_have_one_voice_in_who_the_speaker_is():
    copy = (
        "OSTREL (Longwave) — The ferry Tarnholm ran aground off Ostrel on Monday with 80 people on board. "
        "Two tugs pulled it free in the night, when the tide was at its highest and the wind had dropped. "
        "All the passengers were taken to the sports hall, where volunteers had set up camp beds and soup. "
        "The line has run between the islands for forty years, mostly with boats bought from other owners. "
        '"We never saw the inspection report," said a fisherman who watched from the pier. '
        "Divers will look at the hull on Wednesday, if the weather over the strait allows them to go down."
    )
    mayor = '"We never saw the inspection report," said Ole Brandvik, the mayor of Ostrel.'
    found = story(
        mayor,
        copy,
        copy + " The school stays shut.",
        copy,
        "It rained hard in Ostrel all that night. " + mayor,
    )
    assert (told(found, "inspection report")["source"] == "Ole Brandvik").all()


# The table


def test_the_ledger_has_a_row_for_every_quotation_and_outlet(sample):
    found, _ = sample
    quotes = found.quotes
    assert len(quotes) == quotes["quote_id"].nunique() * len(found.outlets)
    assert set(quotes["state"]) <= set(QUOTE_STATES)
    absent = quotes["state"] == "absent"
    for name in ("text", "start", "end", "sentence_id", "probability"):
        assert quotes[name].isna().equals(absent)
    assert (quotes["gone"] != "").equals(quotes["state"] == "trimmed")
    assert quotes.groupby("quote_id")["state"].agg(lambda kinds: (kinds != "absent").any()).all()


def test_every_text_stands_where_the_row_says(sample):
    found, _ = sample
    texts = found.articles.set_index("article_id")["text"]
    sentences = found.sentences.set_index("sentence_id")
    for row in found.quotes[found.quotes["start"].notna()].itertuples():
        sentence = sentences.loc[row.sentence_id]
        assert sentence["start"] <= row.start < sentence["end"]
        first, last = row.text.split()[0], row.text.split()[-1]
        span = texts[sentence["article_id"]][row.start : row.end]
        assert span.startswith(first.rstrip(","))
        assert span.endswith(last)


def test_the_order_of_the_articles_changes_nothing(compared):
    articles = compare.read_articles(DATASETS / "harbour")
    one, other = compared("harbour").quotes, compare.compare_story(articles.iloc[::-1], reader=None).quotes
    keys = ["quote_id", "outlet"]
    pd.testing.assert_frame_equal(one.sort_values(keys, ignore_index=True), other.sort_values(keys, ignore_index=True))


@pytest.mark.medium
@pytest.mark.parametrize(("name", "lost"), [("harbour", 0), ("ceasefire", 1)])
def test_a_later_article_changes_no_id_but_of_quotations_that_it_shows_to_be_one(compared, name, lost):
    articles = compare.read_articles(DATASETS / name).sort_values("published")
    before, after = compare.compare_story(articles.iloc[:-1], reader=None).quotes, compared(name).quotes
    assert len(set(before["quote_id"]) - set(after["quote_id"])) == lost


def test_a_quotation_in_pieces_stands_where_its_first_piece_does():
    text = (
        '"Short bit here now," said Ann Vey. It rained all day in the town. '
        '"And the much longer remainder of what the harbour council decided," said Ann Vey.'
    )
    whole = '"Short bit here now and the much longer remainder of what the harbour council decided," said Ann Vey.'
    found = story(text, whole)
    row = told(found, "harbour council decided").loc["A"]
    sentence = found.sentences.set_index("sentence_id").loc[row["sentence_id"]]
    assert sentence["start"] <= row["start"] < sentence["end"]


def test_a_quotation_without_a_cue_has_none():
    found = story('The crowd waited. "We will never give in to the harbour council," it rang.')
    assert found.quotes["cue"].isna().all()


# What is no orderly quotation


def test_a_mark_that_is_never_closed_quotes_nothing():
    found = story(
        'The mayor spoke. "We will rebuild the pier by the spring, Anna Holt said. The crowd cheered.\n\nIt rained.',
        "“We will rebuild the pier by the spring,” Anna Holt said.",
    )
    assert states(found, "rebuild the pier") == {"A": "paraphrased", "B": "full"}


@pytest.mark.parametrize(
    "text",
    [
        'The "so-called" experts met in the "Blue Room" of the town hall to talk about the "plan".',
        "The workers' union and the '90s band's singer didn't agree. The fans' plan wasn't rock 'n' roll.",
        "It rained in Ostrel all day.",
        "...",
        "\"\" '' “”",
    ],
)
def test_what_quotes_nobody_makes_an_empty_ledger(text):
    quotes = story(text, text + " More will follow.").quotes
    assert len(quotes) == 0
    assert list(quotes.columns) == QUOTES.names


def test_a_headline_in_the_text_does_not_split_a_quotation():
    found = story(
        'Mayor: "We will never sell the pier"\n\n"We will never sell the pier," Anna Holt said.',
        '"We will never sell the pier," Anna Holt said on Tuesday.',
    )
    assert states(found, "never sell the pier") == {"A": "full", "B": "full"}


def test_a_quotation_repeated_is_one_quotation():
    said = '"We will never sell the old pier," Anna Holt said. '
    rows = told(story(said * 20, said), "old pier")
    assert rows["state"].to_dict() == {"A": "full", "B": "full"}
    assert rows.loc["A", "text"] == "We will never sell the old pier"


def test_dialogue_without_a_cue_is_quoted_from_nobody():
    found = story(
        '"Will you sell the pier?"\n\n"No, never in my life."\n\n"Not even for ten million?"', '"No, never in my life."'
    )
    rows = told(found, "never in my life")
    assert rows["state"].to_dict() == {"A": "full", "B": "full"}
    assert rows["source"].isna().all()


def test_a_transcript_is_quoted_from_its_labels():
    found = story(
        "ANNA HOLT: We will never sell the pier to anybody.\n\nREPORTER: Who has asked you to sell it?\n\n"
        "ANNA HOLT: Nobody has asked.\n\nREPORTER: Thank you.",
        '"We will never sell the pier to anybody," said Anna Holt.',
    )
    rows = told(found, "never sell the pier")
    assert rows["state"].to_dict() == {"A": "full", "B": "full"}
    assert (rows["same_speaker"] > 0.9).all()


def test_one_outlet_alone_quotes_in_full():
    assert states(story('"We will never sell the old pier," Anna Holt said.'), "old pier") == {"A": "full"}


def test_of_two_articles_of_an_outlet_the_fuller_one_counts():
    found = story(
        '"We will never sell the old pier," Anna Holt said.',
        '"We will never sell the old pier, and never the lighthouse," Anna Holt said on Tuesday.',
        "Anna Holt said the old pier would never be sold.",
        outlets="AAB",
    )
    assert states(found, "lighthouse") == {"A": "full", "B": "paraphrased"}


def test_an_absence_says_how_sure_it_is(sample):
    found, _ = sample
    cells = found.quotes.merge(found.coverage, on=["claim_id", "outlet"], suffixes=("", "_of_claim"))
    assert len(cells) > 100
    assert (cells["claim_probability"] == cells["probability_of_claim"]).all()


def test_of_one_against_one_nobody_is_accused():
    said = '"Not one of us has been told anything about the harbour," said {}.'
    found = story(said.format("Priya Speakersell"), said.format("Ian Marsh"))
    assert "reattributed" not in set(found.quotes["state"])


def test_a_remark_in_another_paragraph_is_another_quotation():
    first = "Ann Vey said the group would go to court over the harbour."
    second = '"My own children learned to swim in that old pool," she said.'
    found = story(f"{first}\n\n{second}", first)
    assert states(found, "learned to swim") == {"A": "full", "B": "absent"}


def test_what_somebody_denies_is_not_what_they_say():
    quotes = story(
        "Lumo denies that it knew of the fault before April. Its kettles are made abroad.",
        "Lumo disputes that it knew of the fault before April. The kettles are sold here.",
    ).quotes
    assert not quotes["text"].astype(str).str.contains("knew of the fault").any()


@pytest.mark.parametrize(
    "told",
    [
        'Otto Grieg recalled her saying: "The valve had been stuck for days and nobody came to look at it."',
        '"The valve had been stuck for days and nobody came to look at it," said Otto Grieg, quoting her.',
        'Otto Grieg read from her letter: "The valve had been stuck for days and nobody came to look at it."',
    ],
)
def test_who_only_repeats_what_another_said_takes_no_words_from_anybody(told):
    said = '"The valve had been stuck for days and nobody came to look at it," said Tove Hald, a plant engineer.'
    found = story(*(RAN_AGROUND + one for one in (said, said.replace("a plant", "the plant"), said, told)))
    assert "reattributed" not in states(found, "stuck for days").values()
