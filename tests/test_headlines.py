"""Headlines: evidence of what an outlet tells, no claims, and held against the text below them."""

import pandas as pd
import pytest
from report_stories import small_story

import compare
from compare.coverage.states import prominence
from compare.language.split import headline_span, split_articles, with_headlines
from compare.report.story.page import render_page
from compare.tables import HEADLINES

FERRY = [
    {
        "article_id": "gannet",
        "outlet": "The Gannet",
        "title": "Ferry captain resigns after collision | The Gannet",
        "text": "The ferry hit the pier on Monday morning. Nobody was hurt in it.",
    },
    {
        "article_id": "ledger",
        "outlet": "Ledger",
        "title": "Ferry hits pier",
        "text": "A ferry struck the pier on Monday. The captain of the ferry resigned after the collision.",
    },
]


@pytest.fixture(scope="module")
def ferry():
    return compare.compare_story(FERRY, reader=None)


def cell(story, words, outlet):
    claim = story.claims.set_index("claim")["claim_id"].filter(like=words).item()
    return story.coverage.set_index(["claim_id", "outlet"]).loc[(claim, outlet)]


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Strike is over | The Gannet", "Strike is over"),
        ("Strike is over - Gannet", "Strike is over"),
        ("Strike is over – the gannet ", "Strike is over"),
        ("Strike is over|Gannet", "Strike is over"),
        ("Strike is over » Harbour · The Gannet", "Strike is over » Harbour"),
        ("  Strike is over\n", "Strike is over"),
        ("Mayor sues The Gannet", "Mayor sues The Gannet"),
        ("Mayor sues Anglo-Gannet", "Mayor sues Anglo-Gannet"),
        ("Gannet - bird of the year", "Gannet - bird of the year"),
        ("The Gannet", ""),
        ("| Gannet", ""),
        ("   ", ""),
    ],
)
def test_the_outlet_s_name_at_the_end_is_no_part_of_a_headline(title, headline):
    start, end = headline_span(title, "The Gannet")
    assert title[start:end] == headline


def test_each_headline_stands_before_its_sentences_and_changes_no_id():
    articles = compare.read_articles([FERRY[0], {"outlet": "Tern", "text": "Rain fell.", "title": None}, FERRY[1]])
    text = split_articles(articles)
    sentences = with_headlines(articles, text)
    assert sentences["index"].tolist() == [-1, 0, 1, 0, -1, 0, 1]
    pd.testing.assert_frame_equal(sentences[sentences["index"] >= 0].reset_index(drop=True), text)
    head = sentences.iloc[0]
    assert (head["sentence_id"], head["text"]) == ("gannet:-1", "Ferry captain resigns after collision")
    assert articles["title"][0][head["start"] : head["end"]] == head["text"]
    pd.testing.assert_frame_equal(with_headlines(articles.assign(title=None), text), text)


def test_a_claim_that_only_the_headline_tells_is_carried(ferry):
    told = cell(ferry, "captain", "The Gannet")
    assert told["state"] == "paraphrased"
    assert told["sentence_id"] == "gannet:-1"
    assert told["evidence"] == "Ferry captain resigns after collision", "alone, and joined with no sentence"
    assert told["position"] == -1
    mention = ferry.mentions.set_index("sentence_id").loc["gannet:-1"]
    assert (mention["role"], mention["start"], mention["end"]) == ("evidence", 0, 37)
    claims = ferry.claims.set_index("claim")
    assert claims["salience"].filter(like="captain").item() == 0.75, "as prominent as the lead"
    assert ferry.only_in("Ledger").empty


def test_what_the_text_tells_is_judged_by_the_text_alone(ferry):
    without = compare.compare_story([one | {"title": None} for one in FERRY], reader=None)
    assert set(without.claims["claim_id"]) == set(ferry.claims["claim_id"])
    pd.testing.assert_frame_equal(without.matches, ferry.matches)
    key = ["claim_id", "outlet"]
    both = ferry.coverage.merge(without.coverage, on=key, suffixes=("", "_before"))
    kept = both[both["sentence_id"] != "gannet:-1"]
    assert len(kept) == len(both) - 1
    for name in ("state", "probability", "sentence_id", "position"):
        assert kept[name].equals(kept[f"{name}_before"].rename(name)), name


def test_headlines_form_no_claims_and_no_quotations():
    titles = ["Mayor: 'We will never sell the old harbour'", "'We will never sell the old harbour', says mayor"]
    texts = ["The council met on Monday.", "Rain fell in the valley."]
    story = compare.compare_story(
        [{"outlet": f"Paper {n}", "title": a, "text": b} for n, (a, b) in enumerate(zip(titles, texts, strict=True))],
        reader=None,
    )
    assert sorted(story.claims["claim"]) == sorted(texts)
    assert story.quotes.empty
    assert story.matches.empty


def test_a_headline_that_asks_tells_nothing():
    asking = [FERRY[0] | {"title": "Has the captain of the ferry resigned after the collision?"}, FERRY[1]]
    story = compare.compare_story(asking, reader=None)
    assert cell(story, "captain", "The Gannet")["state"] == "omitted"
    asked = story.headlines.set_index("outlet").loc["The Gannet"]
    assert asked[["state", "probability"]].isna().all()
    assert story.headlines["state"].notna().sum() == story.headlines["probability"].notna().sum() == 1


def test_a_headline_that_only_names_what_a_long_claim_is_about_does_not_carry_it():
    long = "He handed Kettering Pumps 16 million crowns without asking for a signature, and now the town pays twice."
    articles = [
        {
            "outlet": "Gannet",
            "title": "Kettering Pumps announces end of Varnley works",
            "text": "Rain fell in the valley.",
        },
        {"outlet": "Ledger", "title": None, "text": long},
    ]
    tracked = compare.track_claims(articles, [long], reader=None).set_index("outlet")
    assert tracked.loc["Gannet", "state"] == "omitted"


def test_track_claims_counts_headlines():
    tracked = compare.track_claims(FERRY, ["The captain of the ferry resigned."], reader=None).set_index("outlet")
    assert tracked.loc["The Gannet", ["state", "sentence_id"]].tolist() == ["paraphrased", "gannet:-1"]
    assert tracked.loc["Ledger", "sentence_id"] == "ledger:1"


def test_only_a_headline_speaks_for_an_article_without_text():
    bare = [FERRY[0] | {"text": "Subscribe to our newsletter."}, FERRY[1]]
    with pytest.warns(compare.InputWarning, match="no sentence to compare"):
        story = compare.compare_story(bare, reader=None)
    with pytest.warns(compare.InputWarning, match="no sentence to compare"):
        tracked = story.track(["Grain prices fell in the capital."]).set_index("outlet")
    assert cell(story, "captain", "The Gannet")["state"] == "paraphrased"
    # Of what the headline does not tell, nothing is known.
    assert tracked.loc["The Gannet", ["state", "probability"]].tolist() == ["undecided", 0.5]
    assert story.headlines.set_index("outlet")["state"].to_dict() == {
        "The Gannet": "undecided",
        FERRY[1]["outlet"]: "paraphrased",
    }


def test_a_headline_may_contradict_a_claim():
    headed = FERRY[0] | {"title": "17 people were hurt in the ferry collision", "text": "Schools open again in May."}
    told = FERRY[1] | {"text": "In the ferry collision 71 people were hurt. Rain fell in the valley."}
    story = compare.compare_story([headed, told], reader=None)
    told = cell(story, "71", "The Gannet")
    assert told[["state", "changes", "position"]].tolist() == ["contested", "number", -1]


def test_each_headline_is_held_against_its_own_text(ferry):
    table = ferry.headlines.set_index("article_id")
    assert list(ferry.headlines.columns) == HEADLINES.names
    assert table.loc["gannet", "title"] == "Ferry captain resigns after collision"
    assert table.loc["gannet", "state"] == "omitted", "that another outlet's text says it does not count"
    assert table.loc["gannet", "sentence_id"] == "gannet:0"
    assert table.loc["ledger", ["state", "evidence"]].tolist() == ["paraphrased", "A ferry struck the pier on Monday."]


def headed(title, text):
    return compare.compare_story([{"outlet": "Gannet", "title": title, "text": text}], reader=None).headlines.iloc[0]


def test_a_headline_that_alters_its_own_text():
    found = headed(
        "71 people were hurt in the ferry collision", "17 people were hurt in the ferry collision. Rain fell."
    )
    assert found[["state", "changes"]].tolist() == ["altered", "number"]


def test_capitals_make_no_difference():
    text = "The ferry hit the pier on Monday. Nobody was hurt."
    quiet, loud = headed("Ferry hits the pier", text), headed("FERRY HITS THE PIER", text)
    assert quiet["state"] == loud["state"] == "verbatim"


def test_a_headline_as_the_first_sentence():
    # A full sentence is a sentence of the text; a bare line is the headline once more, and is no proof of itself.
    said = headed("The ferry captain has resigned.", "The ferry captain has resigned. Rain fell in the valley.")
    assert (said["state"], said["evidence"]) == ("verbatim", "The ferry captain has resigned.")
    again = headed("Ferry captain has resigned", "Ferry captain has resigned\n\nRain fell in the valley.")
    assert (again["state"], again["evidence"]) == ("omitted", "Rain fell in the valley.")


def test_stories_without_headlines():
    story = compare.compare_story([one | {"title": None} for one in FERRY], reader=None)
    assert story.headlines.empty
    assert story.sentences["index"].min() == 0
    assert 'id="headlines"' not in render_page(story)


def test_nothing_is_more_prominent_than_the_lead():
    assert prominence(pd.Series([-1, 0, 0.5, 1])).tolist() == [1, 1, 0.75, 0.5]


@pytest.mark.medium
def test_tables_with_headlines_are_read_back_and_reproduced(ferry, tmp_path):
    for text in ("full", "none"):
        ferry.export(tmp_path / text, text=text)
        assert compare.reproduce(tmp_path / text, FERRY).ok
    story = compare.read_bundle(tmp_path / "full")
    pd.testing.assert_frame_equal(story.headlines, ferry.headlines)
    pd.testing.assert_frame_equal(story.sentences, ferry.sentences)
    withheld = compare.read_bundle(tmp_path / "none")
    assert withheld.headlines[["title", "evidence"]].isna().all(axis=None)
    assert withheld.headlines["state"].tolist() == ferry.headlines["state"].tolist()
    assert "resigns" not in "".join(path.read_text() for path in (tmp_path / "none/csv").iterdir())


def test_the_page_has_the_headlines_side_by_side(ferry):
    page = render_page(ferry)
    section = page[page.index('<section id="headlines"') :].partition("</section>")[0]
    assert section.index("Ferry hits pier") < section.index("Ferry captain resigns after collision"), "by outlet"
    assert "1 of 2 headlines says something that was not found in the article’s own text" in section
    assert "not found in its own text, 9\u00a0% chance that it is carried; what comes nearest:" in section
    assert 'The ferry hit the pier on Monday morning. <a href="#s4">in the article</a>' in section
    assert '<bdi id="s3" class="headline">Ferry captain resigns after collision</bdi> | The Gannet' in page
    assert page.count('id="s3"') == 1
    assert '"positions":[[0,0],[-100,' in page
    assert 'id="headlines"' not in render_page(small_story())


def test_a_play_on_words_is_not_held_against_its_text():
    told = {
        "outlet": "Gannet",
        "title": "Wheel of fortune: bus crews bag bumper rise",
        "text": "The drivers of the city's bus lines get 6 per cent more from May. Their crews had asked for eight.",
    }
    other = told | {"outlet": "Ledger", "title": "Drivers get 6 per cent more"}
    story = compare.compare_story([told, other], reader=None)
    assert "not found in its own text" not in render_page(story)


@pytest.mark.parametrize("title", ["They lost", "A bitter pill for a sunny town", "Bus fares"])
def test_a_headline_that_judges_or_only_names_is_not_held_against_its_text(title):
    text = "The drivers of the city's bus lines get 6 per cent more from May. Their crews had asked for eight."
    told = [{"outlet": outlet, "title": title, "text": text} for outlet in ("Gannet", "Ledger")]
    mark = "not found in its own text"
    assert mark not in render_page(compare.compare_story(told, reader=None))
    held = [one | {"title": "Mayor Orrin Vale flees to Tarn"} for one in told]
    assert mark in render_page(compare.compare_story(held, reader=None))
