"""Which articles are whole and which were cut off, and that nobody is said to leave out what stood after the cut."""

import warnings

import pandas as pd
import pytest

import compare
from compare.cli.terminal import claims_as_text
from compare.language.boilerplate import is_boilerplate
from compare.language.completeness import completeness_of, with_completeness
from compare.language.fitness import not_looked_for
from compare.outlets.counts import with_counts
from compare.report.story.view import view_of
from compare.tables import unread
from compare.validation.decisions import decisions_of

BODY = (
    "Mayor Ilse Varga closed the Lindow bridge on Monday after inspectors found cracks in two of its pillars. "
    "The repair will cost 14 million euros, the city said.\n\n"
    "Buses will take a detour through Marsh Street until October. The bridge was built in 1931."
)

# What stands under articles that are whole.
WHOLE_ENDS = [
    "",
    "\n\n“We were warned,” he said. “Nobody listened.”",
    '\n\n"We were warned," he said. "Nobody listened. "',
    "\n\nSubscribe to our newsletter for more stories like this.",
    "\n\nRead more: Five bridges that are older than the city",
    "\n\nRead more about: Lindow, bridges, Ilse Varga",
    "\n\nRead more\nFerry returns to the quay\nA harbour without ships",
    "\n\nRead or share this story: https://example.org/1Sf2MfC",
    "\n\nRead the full report at example.org",
    "\n\nMore information at www.example.org/bridge",
    "\n\nhttps://example.org/lindow/bridge",
    "\n\n(Reuters)",
    "\n\n(Reporting by Jo Hale; editing by Ann Foss)",
    "\n\nBy Jo Hale and Ann Foss",
    "\n\nJo Hale in Lindow",
    "\n\nJo Hale contributed to this report",
    "\n\n© 2026 Harbour Post",
    "\n\nIn numbers:\n- 14 million euros\n- 20,000 cars a day\n- 95 years",
    "\n\nAlso closed:\nMarsh Street\nThe quay",
    "\n\nMOST READ",
    "\n\nTo keep reading scores up, the school at the bridge bought 200 books.",
    "\n\nO river, carry me away,\nand all the bridges with thee",
    "\n\nTo be continued…",
    "\n\nThis is a developing story...",
    "\n\nMore to come...",
    "\n\nWe shall see...",
    "\n\nAnd so it goes…",
    "\n\nWhat happens next?",
    "\n\nAnd then it fell!",
    "\n\nSo he waits... and waits... and the river goes by without a word to anybody...",
    "\n\nHis last words on the tape are “I only wanted to…”",
    "\n\nUpdated at 14:05 on 3 March",
    "\n\nThe paywall of the Post says: “This article is for subscribers.”",
    "\n\nReaders who want to read on have to subscribe, the Post said on Monday.",
    "\n\nPhotograph: Jo Hale/Example Images",
    "\n\nThe rest of this story is history.",
    "\n\nIl vous reste deux jours pour voter.",
    "\n\nMr. Brandl has sued the city in the past; see his case at example.org.",
    "\n\nThe author is a reader in law at Lindow University",
    "\n\nVerse 3\nThe bridge is down",
]

WALLS = [
    "Subscribe to read on.",
    "Subscribe to continue reading",
    "To continue reading, log in or subscribe.",
    "This article is for subscribers only.\nAlready a subscriber? Sign in",
    "Create a free account to continue reading",
    "You have reached your limit of free articles.",
    "To continue reading, create an account.",
    "Log in to read the rest of this article",
    "Jetzt weiterlesen mit Lindow Plus",
    "Dieser Artikel ist nur für Abonnenten",
    "Il vous reste 75 % de cet article à lire. La suite est réservée aux abonnés.",
    "Article réservé aux abonnés",
    "Suscríbete para seguir leyendo",
    "Contenido exclusivo para suscriptores",
    "Abbonati per continuare a leggere",
    "Questo articolo è riservato agli abbonati",
    "Dit artikel is alleen voor abonnees",
    "Log in om verder te lezen",
    "Assine para continuar lendo",
    "Conteúdo exclusivo para assinantes",
]
CUT_ENDS = [
    *(f"\n\n{wall}" for wall in WALLS),
    " Inspectors had warned of the… [+2345 chars]",
    " Inspectors had wa… [+1204 chars]",
    " Inspectors had warned of the cracks [...]",
    " Subscribe to read on.",
    " Inspectors had warned of the cracks two years ago in a report to the...",
    " Inspectors had warned of the cracks in a report that the council…",
    " Inspectors had warned of the cracks … Read more at example.org",
    " Inspectors had warned of the cracks in a report ... (more)",
    " Inspectors had warned of the",
    " Inspectors had warned of cracks, and",
    " Inspectors had warned of cracks in a report that",
    " Inspectors had warned of cracks, the city,",
    " Inspectors had warned of them in a letter to Mayor Varga, who",
    " Inspectors had warned that cracks in the pillars would",
    " Inspectors had warned of the cracks in an infrastruct",
    "\n\n“Inspectors had warned of the cracks,”",
    "\n\nInspectors had told the city two years ago that its",
    "\n\nInspectors had told the city two years ago (",
    # Not told from a missing full stop: these are unknown.
    " Inspectors had warned of the cracks",
    "\n\nInspectors had warned of the cracks two years ago in a report",
]


def test_whole_and_cut_articles_are_told_apart_and_no_whole_one_is_called_cut():
    assert len(WHOLE_ENDS) == len(CUT_ENDS) == 40
    assert [end for end in WHOLE_ENDS if completeness_of(BODY + end) == "cut"] == []
    found = sum(completeness_of(BODY + end) == "cut" for end in CUT_ENDS) / 40
    assert (1 + found) / 2 >= 0.95  # balanced accuracy
    assert sum(completeness_of(BODY + end) == "unknown" for end in WHOLE_ENDS) <= 5
    assert {completeness_of(BODY + end) for end in CUT_ENDS[-2:]} == {"unknown"}


def test_a_label_above_a_whole_article_says_that_it_was_paid_for():
    for wall in WALLS:
        assert completeness_of(f"{wall}\n\n{BODY}") == "yes", wall


def test_what_is_given_is_kept_and_only_an_odd_end_and_a_short_text_together_are_a_cut():
    long = BODY * 8
    texts = [long] * 8 + [BODY, BODY + " Inspectors had warned of the cracks", BODY + "\n\nSubscribe to read on."]
    given = [None] * 10 + ["yes"]
    articles = compare.read_articles(
        [
            {"outlet": "Harbour Post", "text": text, "complete": known, "article_id": str(number)}
            for number, (text, known) in enumerate(zip(texts, given, strict=True))
        ]
    )
    assert with_completeness(articles)["complete"].tolist() == ["yes"] * 9 + ["cut", "yes"]


@pytest.mark.parametrize(("given", "read"), [("Cut", "cut"), (True, "yes"), (False, "cut"), ("unknown", "unknown")])
def test_the_field_complete_is_read(given, read):
    articles = compare.read_articles([{"outlet": "Harbour Post", "text": BODY, "complete": given}])
    assert articles["complete"].tolist() == [read]


def test_another_value_of_complete_is_refused():
    with pytest.raises(compare.InputError, match='record 1: field "complete" is "partly"; write yes, cut or unknown'):
        compare.read_articles([{"outlet": "Harbour Post", "text": BODY, "complete": "partly"}])


def test_a_paywall_is_no_sentence_of_the_story():
    assert all(is_boilerplate(line) for wall in WALLS for line in [wall.split("\n")[0]])
    assert not is_boilerplate("Readers who want to read on have to subscribe, the Post said on Monday.")


STORY = {
    "Harbour Post": BODY + " Tom Brandl called for an inquiry into the delay. Inspectors had warned of the cracks in "
    "2024, according to a report to the council.",
    "Delta Courier": "The Lindow bridge was closed on Monday because inspectors found cracks in two pillars, Mayor "
    "Ilse Varga said. The city puts the cost of the repair at 14 million euros. Buses will be diverted through Marsh "
    "Street until October. The bridge was built in 1931. Tom Brandl, the opposition leader, called for an inquiry into "
    "the delay. A report to the council says that inspectors had warned of the cracks in 2024.",
    "Lindow Times": "Mayor Ilse Varga shut the Lindow bridge on Monday after inspectors found cracks in two of its "
    "pillars. The repair will cost 14 million euros, according to the city.\n\nSubscribe to read on.\nAlready a "
    "subscriber? Sign in",
    "Free Sheet": "Inspectors found cracks in two pillars of the Lindow bridge, and Mayor Ilse Varga closed it on "
    "Monday. The repair costs 14 million euros. Shopkeepers on the quay fear for their trade.",
}


@pytest.fixture(scope="module")
def story():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compare.compare_story([{"outlet": name, "text": text} for name, text in STORY.items()], reader=None)


def test_a_cut_article_leaves_nothing_out(story):
    states = story.matrix()["Lindow Times"]
    assert "not assessable" in set(states)
    assert "omitted" not in set(states)
    assert states.isin(["verbatim", "paraphrased", "partial"]).sum() >= 2  # what it does carry counts
    assert story.omitted_by("Lindow Times").empty
    assert len(story.omitted_by("Free Sheet")) >= 2
    # Who knows what stood after the cut? Nobody tells anything alone that the cut article does not tell.
    assert all(story.only_in(outlet).empty for outlet in ("Harbour Post", "Delta Courier", "Free Sheet"))
    cut = story.coverage[story.coverage["state"] == "not assessable"]
    assert cut["position"].isna().all()
    assert cut["sentence_id"].isna().all()
    assert set(cut["probability"]) == {0.5}
    assert set(story.sentences.loc[story.sentences["boilerplate"], "text"]) >= {"Subscribe to read on."}


def test_a_cut_article_counts_in_no_rate(story):
    rates = story.outlet_rates().set_index("outlet")
    assert pd.isna(rates.loc["Lindow Times", "rate"])
    assert rates["rate"].drop("Lindow Times").notna().all()
    claims = story.claim_rates().set_index("claim_id")
    unknown = story.coverage.loc[story.coverage["state"] == "not assessable", "claim_id"]
    assert set(claims.loc[unknown, "outlets"]) == {3}
    assert claims.loc[unknown, "voices"].max() < claims.drop(unknown)["voices"].min()
    assert set(claims.drop(unknown)["outlets"]) == {4}
    away = unread(story.coverage)
    assert set(story.coverage.loc[away, "outlet"]) == {"Lindow Times"}
    assert away.sum() == len(story.coverage) // 4  # what it carries, too: else its rate would be 100 %
    assert "not assessable" not in set(decisions_of(story)["state"])


def test_salience_is_a_mean_over_the_outlets_that_can_be_assessed(story):
    carried = story.coverage[~story.coverage["position"].isna() & (story.coverage["state"] != "undecided")]
    for claim in story.claims[story.claims["part_of"].isna()].to_dict("records"):
        here = carried[carried["claim_id"] == claim["claim_id"]]
        outlets = story.claim_rates().set_index("claim_id").loc[claim["claim_id"], "outlets"]
        assert claim["salience"] == pytest.approx((1 - here["position"].clip(lower=0) / 2).sum() / outlets, abs=1e-5)


def test_a_page_says_that_an_article_was_cut_off(story, tmp_path):
    page = story.report(tmp_path / "page.html", plotly=False).read_text(encoding="utf-8")
    said = "cut off after 29 words: what is not in it cannot be called left out"
    assert view_of(story).cut == {"Lindow Times": said}
    assert f"The article of <strong><bdi>Lindow Times</bdi></strong> was {said}." in page
    assert "cannot be assessed" in page
    brief = story.report(tmp_path / "brief.html", brief=True).read_text(encoding="utf-8")
    assert said in brief


def test_tracked_claims_and_coding_tables_do_not_answer_for_a_cut_article(story):
    tracked = story.track({"inquiry": "Tom Brandl called for an inquiry into the delay."})
    assert tracked.set_index("outlet")["state"]["Lindow Times"] == "not assessable"
    wide = compare.to_wide(tracked).set_index("outlet")
    assert pd.isna(wide.loc["Lindow Times", "inquiry"])
    assert wide.loc["Free Sheet", "inquiry"] == 0


def test_a_record_counts_a_cut_article_in_none_of_its_outlets_rates(story):
    counts = with_counts(story.story_id, story.tables)["outlet_stories"]
    counts = counts[counts["version"] == "printed"].set_index("outlet")
    assert counts.loc["Lindow Times", ["claims", "carried", "omitted", "undecided"]].tolist() == [0, 0, 0, 0]
    assert counts.loc["Free Sheet", "omitted"] >= 2
    assert counts["only_here"].tolist() == [0, 0, 0, 0]


def test_an_outlet_with_a_whole_and_a_cut_article_leaves_nothing_out():
    articles = [{"outlet": name, "text": text} for name, text in STORY.items()]
    articles.append({"outlet": "Free Sheet", "text": "The Lindow bridge is closed.\n\nSubscribe to read on."})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        story = compare.compare_story(articles, reader=None)
    assert "omitted" not in set(story.matrix()["Free Sheet"])


def test_a_quotation_that_a_cut_article_lacks_is_not_dropped():
    said = {"quote_id": "q1", "kind": "direct"}
    quotes = pd.DataFrame(
        [said | {"outlet": "A", "state": "full"}, *(said | {"outlet": o, "state": "absent"} for o in "BC")]
    )
    articles = pd.DataFrame({"outlet": list("ABC"), "language": None, "complete": ["yes", "cut", "unknown"]})
    assert not_looked_for(quotes, articles) == [False, True, False]


def test_the_terminal_shows_cut_off_cells_without_a_number(story):
    shown = claims_as_text(story, every=True)
    assert "… not assessable" in shown
    assert "…50" not in shown


def test_a_claim_of_a_codebook_that_nobody_can_be_assessed_for_has_no_salience():
    articles = [{"outlet": name, "text": f"{BODY}\n\nSubscribe to read on."} for name in ("Harbour Post", "Free Sheet")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        story = compare.compare_story(articles, codebook=["A ferry sank in a storm off Marl."], reader=None)
    assert set(story.coverage["state"]) == {"not assessable"}
    assert story.claims["salience"].tolist() == [0]
    assert story.claim_rates()["rate"].isna().all()
