"""Who is quoted saying what. All people and outlets are invented."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.language.quotes.cues import VERBS
from compare.tables import FLAVOURS, QUOTATIONS

ROOT = Path(__file__).parents[1]


def found(text, *columns):
    table = compare.extract_quotes(text)
    return [tuple(row) for row in table[list(columns)].itertuples(index=False)]


def said(text):
    """Quotation, speaker as the text has it, cue."""
    return found(text, "quote", "speaker", "cue")


def who(text):
    """The resolved speakers, in order."""
    return [name for (name,) in found(text, "resolved")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will not go,” said Ada Korn.", ("We will not go", "Ada Korn", "said")),
        ('"We will not go," Ada Korn said.', ("We will not go", "Ada Korn", "said")),
        ("'We will not go,' said Ada Korn.", ("We will not go", "Ada Korn", "said")),
        ("''We will not go,'' said Ada Korn.", ("We will not go", "Ada Korn", "said")),
        ('Ada Korn said: "We will not go."', ("We will not go.", "Ada Korn", "said")),
        ("Ada Korn said, “We will not go.”", ("We will not go.", "Ada Korn", "said")),
        ("“Why now?” asked Ms Korn.", ("Why now?", "Ms Korn", "asked")),
        ("“We will not,” she said, “give in.”", ("We will not give in.", "she", "said")),
        ("'We know,' said Korn, 'the workers' leaders.'", ("We know the workers' leaders.", "Korn", "said")),
        ('"It is," Mr Vey told reporters on Monday, "over."', ("It is over.", "Mr Vey", "told")),
        ("“Go,” Korn said. “Go home.”", ("Go, Go home.", "Korn", "said")),
        ("He said: “She told me, ‘Stay,’ and I did.”", ("She told me, ‘Stay,’ and I did.", "He", "said")),
        ("“It burned,” fumed a retired optician, 71.", ("It burned", "a retired optician", "fumed")),
        ("“We go,” the union's head, Ada Korn, told a crowd.", ("We go", "Ada Korn", "told")),
        ("“We go,” Ada Korn, the head of the union, said.", ("We go", "Ada Korn", "said")),
        ("The minister was blunt: “We will not go.”", ("We will not go.", "The minister", ":")),
        ("Korn called the plan “a gift to the owners”.", ("the plan “a gift to the owners”", "Korn", "called")),
    ],
)
def test_direct_quotations(text, expected):
    assert said(text) == [expected]
    assert found(text, "kind") == [("direct",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Korn said that the port was closed.", ("the port was closed", "Ada Korn", "said")),
        ("Ada Korn said the port was closed.", ("the port was closed", "Ada Korn", "said")),
        ("The port was closed, Ada Korn said.", ("The port was closed", "Ada Korn", "said")),
        ("The port, Ada Korn admitted, was closed.", ("The port was closed", "Ada Korn", "admitted")),
        ("According to the harbour office, it was closed.", ("it was closed", "the harbour office", "According to")),
        ("The port was closed, according to Ada Korn.", ("The port was closed", "Ada Korn", "according to")),
        ("The port, according to Ada Korn, was closed.", ("The port was closed", "Ada Korn", "according to")),
        ("Officials told reporters the port was closed.", ("the port was closed", "Officials", "told")),
        ("She warned on Monday that the dam could fall.", ("the dam could fall", "She", "warned")),
        ("Ada Korn, who left, said it was over.", ("it was over", "Ada Korn", "said")),
        ("Ada Korn, 52, head of the club, said it was over.", ("it was over", "Ada Korn", "said")),
        ("On Tuesday Ada Korn said it was over.", ("it was over", "Ada Korn", "said")),
        ("A clerk who saw the fire said it was over.", ("it was over", "A clerk who saw the fire", "said")),
        ("A man close to the board said it was over.", ("it was over", "A man close to the board", "said")),
        ("Voters believe the mayor lied about it.", ("the mayor lied about it", "Voters", "believe")),
        ("Korn expects the talks to fail.", ("the talks to fail", "Korn", "expects")),
        ("Korn plans to sue the city.", ("to sue the city", "Korn", "plans")),
        ("Korn promised to repair the road.", ("to repair the road", "Korn", "promised")),
        ("Korn accused Vey of lying about it.", ("Vey of lying about it", "Korn", "accused")),
        ("Korn urged both sides to talk.", ("both sides to talk", "Korn", "urged")),
        ("The report found that the beams had rusted.", ("the beams had rusted", "The report", "found")),
        ("Polls suggest that voters are tired.", ("voters are tired", "Polls", "suggest")),
        ("Ms Korn's claim that it fell drew laughter.", ("it fell drew laughter", "Ms Korn's", "claim")),
        ("It is unclear whether the dam will hold.", ("whether the dam will hold", "", "unclear")),
        ("The minister is expected to resign.", ("to resign", "", "expected")),
        ("She did not say when she would resign.", ("when she would resign", "She", "did not say")),
        ("Critics of the board say the dam is old.", ("the dam is old", "Critics of the board", "say")),
        ("The sum was never paid back, the union claims.", ("The sum was never paid back", "the union", "claims")),
        ("As the bishop put it, the hall was a disgrace.", ("the hall was a disgrace", "the bishop", "put it")),
        ("In the words of the mayor, the hall is lost.", ("the hall is lost", "the mayor", "In the words of")),
        ("It was held with critics saying it was late.", ("it was late", "critics", "saying")),
        ("Emily Reilly said it was over.", ("it was over", "Emily Reilly", "said")),
        ("The assembly said it was over.", ("it was over", "The assembly", "said")),
        ("Ada Korn, D-N.Y., said it was over.", ("it was over", "Ada Korn", "said")),
        (
            "Ada Korn, who led it, said the shot helps those who get it.",
            ("the shot helps those who get it", "Ada Korn", "said"),
        ),
        ("Korn said the United States was ready.", ("the United States was ready", "Korn", "said")),
    ],
)
def test_indirect_quotations(text, expected):
    assert said(text) == [expected]
    assert found(text, "kind") == [("indirect",)]


def test_two_attributions_in_one_sentence():
    text = "“We lost,” said Korn, adding that nobody slept. Vey said it was late and warned that the road was icy."
    assert said(text) == [
        ("We lost", "Korn", "said"),
        ("nobody slept", "Korn", "adding"),
        ("it was late", "Vey", "said"),
        ("the road was icy", "Vey", "warned"),
    ]


def test_partly_quoted_speech_is_one_row_that_keeps_the_marks():
    text = "The union said that it would take “more than hours” until anybody knew."
    assert said(text) == [("it would take “more than hours” until anybody knew", "The union", "said")]


def test_a_quotation_over_several_paragraphs_is_one():
    text = "“I was here,” Ada Korn said. “I saw it.\n\n“Nobody helped.\n\n“Then they left.”\n\nShe went home."
    assert said(text) == [("I was here, I saw it. Nobody helped. Then they left.", "Ada Korn", "said")]


def test_a_quotation_alone_has_the_speaker_of_the_one_before():
    text = "Dunstan Vey said the offer was final. “There is no second envelope.”\n\n“There never was one.”"
    assert [(kind, name) for kind, name in found(text, "kind", "resolved")] == [
        ("indirect", "Dunstan Vey"),
        ("direct", "Dunstan Vey"),
        ("direct", "Dunstan Vey"),
    ]


def test_offsets_point_into_the_text():
    text = "Rain fell. 🌧 “We will not,” she said, “give in.” Vey said that it was late."
    table = compare.extract_quotes(text)
    assert [text[row.start : row.end] for row in table.itertuples()] == [
        "We will not,” she said, “give in.",
        "it was late",
    ]
    assert list(table.columns) == QUOTATIONS.names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Transport Minister Halina Orsett said it was late. “Go,” she said.", ["Halina Orsett", "Halina Orsett"]),
        ("The mayor, Lena Holt, denied it was late. The mayor said it was dark.", ["Lena Holt", "Lena Holt"]),
        ("Ilse Corrigane said it was late. “Go,” Ms Corrigane said.", ["Ilse Corrigane", "Ilse Corrigane"]),
        ("Rolf Aden met Ada Korn. She said it was late. He said it was dark.", ["Ada Korn", "Rolf Aden"]),
        (
            "A European intelligence official said it was late. “Go,” the official said.",
            ["A European intelligence official", "A European intelligence official"],
        ),
        ("A retired teacher came before dawn. “Two bags,” she said.", ["a retired teacher"]),
        ("Two sailors said it was late. They said it was dark.", ["Two sailors", "Two sailors"]),
        ("The Dock Workers’ Union said it was late. It said it was dark.", ["The Dock Workers’ Union"] * 2),
        ("“Go,” he said.", ["he"]),
    ],
)
def test_the_speaker_is_resolved_within_the_text(text, names):
    assert [name.lower() for name in who(text)] == [name.lower() for name in names]


def test_the_words_of_the_text_stay_beside_the_resolved_name():
    text = "Ilse Corrigane climbed on a pallet. “We go,” she said."
    assert found(text, "speaker", "resolved") == [("she", "Ilse Corrigane")]


def test_two_speakers_with_one_surname_are_not_mixed_up():
    text = (
        "Jane Best said the dog was hers, but John Best said it was his. Then both fell silent."
        " “It is mine,” Mr Best said. “Mine,” Jane said. “Ours,” Best said."
    )
    assert who(text) == ["Jane Best", "John Best", "John Best", "Jane Best", "Best"]


def test_cues_have_a_flavour():
    text = "Korn claimed it was late. Korn admitted it was late. Korn said it was late."
    assert found(text, "flavour") == [("doubting",), ("factive",), ("neutral",)]
    assert {cue.flavour for cue in VERBS.values()} == set(FLAVOURS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        '"',
        "“”",
        "''''",
        'The so-called "reform" was passed.',
        "'Tis the season; the '90s were fine and the dogs' bowls were empty.",
        'He is 6\'2" tall and the pipe is 5" wide.',
        "The plans to close the port met with claims and demands.",
        "They ruled out a strike.",
        "Read more: Why the port matters",
    ],
)
def test_what_quotes_nobody(text):
    assert said(text) == []


def test_a_mark_that_is_never_closed_does_not_swallow_the_paragraph():
    text = '"It is over, she said. The strike went on.\n\n“We go,” said Korn.'
    assert said(text) == [("It is over", "she", "said"), ("We go", "Korn", "said")]


def test_a_headline():
    assert said("Minister: ‘We will not go’") == [("We will not go", "Minister", ":")]


def test_dialogue_without_cues_has_no_speaker():
    assert said("“Are you in?”\n\n“I am.”") == [("Are you in?", "", ""), ("I am.", "", "")]


def test_a_transcript():
    text = "MR SMITH: We go on.\n\nMS KORN: No. He said “yes”.\n\nMR SMITH: Fine."
    assert said(text) == [
        ("We go on.", "MR SMITH", ":"),
        ("No. He said “yes”.", "MS KORN", ":"),
        ("Fine.", "MR SMITH", ":"),
    ]


def test_a_caption_is_no_transcript():
    assert said("Image caption: Idle cranes\n\nExclusive: The port is closed") == []


def test_the_same_quotation_twenty_times():
    text = "“We go,” said Ada Korn. " * 20
    assert said(text) == [("We go", "Ada Korn", "said")] * 20


@pytest.mark.medium
@pytest.mark.parametrize(
    "text",
    [
        "word " * 10_000,
        "said " * 10_000,
        "he said, " * 5_000,
        "“" * 5_000,
        "that he said " * 5_000,
        "quickly and " * 5_000 + "said",
        "Ann Lee, " * 5_000 + "said “no”.",
        "the official said " * 3_000,
    ],
)
def test_long_text_without_punctuation(text):
    """Work that grew with the square of the length would take minutes here."""
    table = compare.extract_quotes(text)
    assert (table["end"] - table["start"]).max() < 5_000 or table.empty


PIECES = st.sampled_from(
    [
        *"he she said says told that to and but not by according which who was will".split(),
        *"Ann Lee Mr Vey the mayor plans".split(),
        *"“ ” \" ' ’ ‘ « » , . : ; ? ! — ( )".split(),
        *"adding asked of in Monday 24-year-old U.S. 5% 👍 שלום 不 ß İ".split(),
        "\n\n",
        "\ud800",
        "\u200f",
    ]
)


@pytest.mark.medium
@given(st.lists(st.tuples(PIECES, st.sampled_from([" ", ""]))).map(lambda parts: "".join(a + b for a, b in parts)))
def test_any_text_gives_words_of_its_own_in_order(text):
    table = compare.extract_quotes(text)
    assert table["start"].is_monotonic_increasing
    for row in table.itertuples():
        assert 0 <= row.start < row.end <= len(text)
        rest = text[row.start : row.end].replace("\ud800", "\ufffd")
        for word in row.quote.split():
            assert word in rest
            rest = rest[rest.index(word) + len(word) :]


@pytest.mark.parametrize("story", ["ceasefire", "harbour"])
def test_every_planted_quotation_is_found_with_its_speaker(story):
    folder = ROOT / "datasets" / story
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = {article["outlet"]: article["text"] for article in map(json.loads, lines)}
    tables = {outlet: compare.extract_quotes(text) for outlet, text in articles.items()}
    with (folder / "gold" / "quotes.csv").open(encoding="utf-8", newline="") as file:
        gold = [row for row in csv.DictReader(file) if row["state"] != "absent"]
    assert len(gold) > 20
    missed = []
    for row in gold:
        start = articles[row["outlet"]].index(row["text"])
        table = tables[row["outlet"]]
        # The gold text may begin with its cue ("urged both sides to resume talks").
        near = table[(table["end"] >= start + len(row["text"])) & (table["start"] <= start + len("urged "))]
        words = set(row["speaker"].lower().replace("’s", "").split())
        names = [f"{one.speaker} {one.resolved}".lower().replace("’s", "").split() for one in near.itertuples()]
        if not any(words <= set(name) for name in names):
            missed.append((row["outlet"], row["speaker"], row["text"]))
    assert missed == []


@pytest.mark.parametrize(
    ("text", "quote", "speaker"),
    [
        ("Ann Lee, the head of the club, said the roof leaked all winter.", "the roof leaked all winter", "Ann Lee"),
        ("Ann Lee, 43, said the club lacked teachers.", "the club lacked teachers", "Ann Lee"),
        ("Karl Berg, added the firm faced a fine.", "the firm faced a fine", "Karl Berg"),
        ("Taxes fell, said the mayor.", "Taxes fell", "the mayor"),
    ],
)
def test_a_name_with_an_apposition_is_who_speaks(text, quote, speaker):
    assert compare.extract_quotes(text)[["quote", "speaker"]].to_numpy().tolist() == [[quote, speaker]]


def test_what_is_no_text_is_refused():
    with pytest.raises(compare.InputError, match="the text is a NoneType"):
        compare.extract_quotes(None)
