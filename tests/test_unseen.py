"""What nobody sees makes no two texts differ. All people and outlets are invented."""

import re
import unicodedata

import pytest

import compare

TEXT = """The ferry Étoile left the quay at Sévran at nine on Monday and struck a barge, the harbour office said.

Two sailors weren't hurt badly, but José Pérez, the engineer, lost 1 500 euros' worth of tools overboard.

"It's a café on the water, and we can't swim," said Zoë Müller, who owns the vessel's kitchen.

The company had told the crew's union in May that the steering was "not safe enough for passengers".

An inspector wrote on 4 May that the pilots and the bridge had failed to talk twice within a week.

"Nobody listened to us," the union's leader, Inès Mohr, told reporters. "We asked them three times."

The ministry will decide by Friday whether the Étoile may sail again with passengers on board."""


def _hyphenated(text):
    return text.replace("passen", "pas\u00adsen").replace("listened", "lis\u00adtened").replace("swim", "sw\u00adim")


def _joined(text):
    text = text.replace("sailors", "sail\u200bors").replace("water", "wa\u200cter").replace("asked", "ask\u200ded")
    return text.replace("company", "com\ufeffpany").replace("ministry", "\u2060ministry")


def _spaced(text):
    return text.replace("on Monday", "on\u00a0Monday").replace("4 May", "4\u202fMay").replace("1 500", "1\u2009500")


def _curly(text):
    return re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’")


def _decomposed(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("changed", [_hyphenated, _joined, _spaced, _curly, _decomposed])
def test_a_copy_that_differs_in_what_nobody_sees_is_not_edited(changed):
    assert changed(TEXT) != TEXT
    records = [
        {"outlet": "Tarn Echo", "title": "The Étoile weren't safe", "text": TEXT},
        {"outlet": "Quay Post", "title": changed("The Étoile weren't safe"), "text": changed(TEXT), "article_id": "b"},
    ]
    story = compare.compare_story(records, reader=None)
    copy = story.wire.set_index("outlet").loc["Quay Post"]
    assert (copy["wire"], copy["added"], copy["cut_sentences"]) == ("wire", 0, 0)
    assert set(story.coverage["state"]) == {"verbatim"}
    assert not story.coverage["changes"].any()
    assert set(story.quotes.groupby("quote_id")["state"].nunique()) == {1}
    texts = story.articles.set_index("article_id")["text"]
    for row in story.sentences[story.sentences["index"] >= 0].to_dict("records"):
        assert texts[row["article_id"]][row["start"] : row["end"]] == row["text"]
    evidence = story.coverage[story.coverage["outlet"] == "Quay Post"]["evidence"]
    assert all(sentence in texts["b"] for sentence in evidence if sentence not in story.articles["title"].tolist())
    if changed is _curly:
        assert "“It’s a café on the water" in texts["b"]
