"""Articles in other languages are named, compared within their language, and accused of other digits at most."""

import warnings

import pytest
from click.testing import CliRunner

import compare
from compare.cli import main
from compare.language.languages import code_of, detect_language, language_of_claim, negations_in
from compare.matching.changes.lexical import changes_abroad, digits_changed, may_differ, same_words
from compare.report.story.findings import brief_of
from compare.report.story.quotations import quotations_of
from compare.report.story.view import view_of
from compare.tables import CARRIED
from compare.validation.decisions import decisions_of
from compare.validation.record import available

GERMAN = {
    "Blatt": "Die Senatorin hatte dem Abriss des Speichers zugestimmt. Im Speicher lagerten 340 Fässer Teer.",
    "Bote": "Die Senatorin hatte dem Abriss des Speichers nicht zugestimmt. Im Speicher lagerten 340 Fässer Teer.",
    "Kurier": "Die Senatorin hatte dem Abriss des Speichers zugestimmt. Im Speicher lagerten 430 Fässer Teer.",
}
SPANISH = {
    "Faro": "La alcaldesa había firmado el contrato del muelle. El muelle mide 340 metros.",
    "Ola": "La alcaldesa no había firmado el contrato del muelle. El muelle mide 340 metros.",
    "Mar": "La alcaldesa había firmado el contrato del muelle. El muelle mide 340 metros.",
}
ENGLISH = {"Gannet": "The senator had agreed to the demolition of the warehouse. It held 340 barrels of tar."}


def records(texts, **fields):
    return [{"outlet": outlet, "text": text, "story_id": "quay", **fields} for outlet, text in texts.items()]


def compared(texts, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", compare.InputWarning)
        return compare.compare_story(records(texts), **options)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Der Fährbetrieb ruht seit Sonntag.", "de"),
        ("Le bac ne circule plus depuis dimanche.", "fr"),
        ("El transbordador no circula desde el domingo.", "es"),
        ("Il traghetto è fermo da domenica.", "it"),
        ("De veerboot vaart sinds zondag niet meer.", "nl"),
        ("A balsa está parada desde domingo.", "pt"),
        ("Prom nie kursuje od niedzieli.", "pl"),
        ("Färjan har stått stilla sedan i söndags.", "sv"),
        ("Паром не ходит с воскресенья.", "ru"),
        ("Пором не ходить від неділі.", "uk"),
        ("Feribot pazar gününden beri çalışmıyor.", "tr"),
        ("توقفت العبارة عن العمل منذ يوم الأحد.", "ar"),
        ("渡轮自周日起停运。", "zh"),
        ("フェリーは日曜日から運休している。", "ja"),
    ],
)
def test_the_language_of_one_short_sentence_is_found(text, code):
    assert detect_language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "The ferry has not sailed since Sunday.",
        "Six dockers died.",
        "Jürgen Weißmüller and Françoise Lefèbvre signed for Crédit Naval.",
        '"Basta," said Ruiz.',
        "Borussia Altmark 2, Deportivo Lucía 0",
        "Four killed in Nigeria ferry accident",
        "",
        "340",
    ],
)
def test_english_is_not_taken_for_another_language(text):
    assert detect_language(text) == "en"


def test_codes_are_read_without_country_and_script():
    given = ("pt-BR", "zh_Hant", "EN-gb", "English", "und", "<b>", None, " ")
    assert [code_of(language) for language in given] == ["pt", "zh", *["en"] * 6]


def test_a_claim_of_a_few_words_is_in_the_language_of_the_articles():
    assert language_of_claim("Kai gesperrt", ("de",)) == "de"
    assert language_of_claim("El alcalde no cedió.", ("es",)) == "es"
    assert language_of_claim("Six dockers died.", ("de",)) == "en"
    assert language_of_claim("Six dockers died.", ("en",)) == "en"
    assert language_of_claim("The quay is closed.", ("de",)) == "en"
    assert language_of_claim("Die Senatorin hatte dem Abriss zugestimmt.", ("en",)) == "de"


DUTCH = {
    "Krant": "De senator had ingestemd met de sloop van het pakhuis. In het pakhuis lagen 340 vaten teer.",
    "Bode": "De senator had niet ingestemd met de sloop van het pakhuis. In het pakhuis lagen 340 vaten teer.",
    "Post": "De senator had ingestemd met de sloop van het pakhuis. In het pakhuis lagen 340 vaten teer.",
}


@pytest.mark.parametrize("reader", [None, "small"])
@pytest.mark.parametrize(("texts", "code", "denying"), [(GERMAN, "de", "Bote"), (SPANISH, "es", "Ola")])
def test_a_denial_in_the_same_words_is_a_change_in_a_language_with_lists(texts, code, denying, reader):
    story = compared(texts, reader=reader)
    assert story.articles["language"].tolist() == [code] * 3
    (claim,) = story.claims.loc[~story.claims["claim"].str.contains("340"), "claim_id"]
    told = story.conflicts[story.conflicts["claim_id"] == claim].set_index("side")
    assert set(told["changes"]) == {"negation"}
    assert told.loc[1, "outlets"] == denying
    assert "omitted" not in set(story.coverage["state"])


@pytest.mark.parametrize("reader", [None, "small"])
def test_a_denial_in_a_language_without_lists_is_left_undecided(reader):
    story = compared(DUTCH, reader=reader)
    states = story.matrix().loc[story.claims.loc[~story.claims["claim"].str.contains("340"), "claim_id"]]
    assert set(states["Bode"]) == {"undecided"}
    undecided = story.coverage[story.coverage["state"] == "undecided"]
    assert undecided["probability"].max() <= 0.5
    assert "omitted" not in set(story.coverage["state"])


def test_other_digits_in_the_same_words_are_a_change():
    story = compared(GERMAN)
    numbers = story.conflicts[story.conflicts["changes"] == "number"]
    assert numbers["says"].tolist() == ["340", "430"]
    assert numbers["outlets"].tolist() == ["Blatt; Bote", "Kurier"]


def test_other_words_are_never_sure_outside_english():
    told = {**GERMAN, "Post": "Die Senatorin hatte in den Abriss des Speichers eingewilligt."}
    story = compared(told)
    loose = story.coverage[story.coverage["state"].isin(["paraphrased", "partial"])]
    assert (loose["probability"] <= 0.75).all()
    of_post = story.coverage[story.coverage["outlet"] == "Post"].merge(story.claims, on="claim_id")
    assert not set(of_post["state"]) & {"altered", "contested"}
    assert set(of_post.loc[of_post["state"] == "verbatim", "claim"]) <= {told["Post"]}, "only its own wording"


def test_articles_are_compared_within_their_language():
    story = compared({**GERMAN, **ENGLISH})
    assert story.articles["language"].tolist()[:3] == ["de"] * 3
    assert story.articles["language"].isna().tolist() == [False, False, False, True]
    language = dict(zip(story.articles["outlet"], story.articles["language"].map(code_of), strict=True))
    english = story.claims.loc[story.claims["claim"].str.contains(r"\b(?:the|It)\b"), "claim_id"]
    across = story.coverage[
        (story.coverage["outlet"].map(language) == "en") != story.coverage["claim_id"].isin(english)
    ]
    assert len(across) > 3
    assert set(across["state"]) == {"undecided"}
    assert across["sentence_id"].isna().all()


def test_a_given_claim_in_another_language_is_omitted_by_nobody():
    with pytest.warns(compare.InputWarning, match="no article is in the language of 'Die Senatorin .*' \\(de\\)"):
        table = compare.track_claims(
            records(ENGLISH), ["Die Senatorin hatte dem Abriss zugestimmt.", "The senator had agreed."], reader=None
        )
    assert table["state"].tolist() == ["undecided", "verbatim"]


def test_every_foreign_article_is_warned_about_by_name():
    texts = {f"Blatt {number}": GERMAN["Blatt"] for number in range(6)}
    with pytest.warns(compare.InputWarning) as warned:
        compare.compare_story(records(texts), reader=None)
    assert all(f"{outlet} (de)" in str(warned[0].message) for outlet in texts)


def test_the_language_that_is_given_wins():
    with pytest.warns(compare.InputWarning, match=r"Gannet \(cy\) is not in English"):
        story = compare.compare_story(records(ENGLISH, language="cy"), reader=None)
    assert story.articles["language"].tolist() == ["cy"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert compare.compare_story(records(GERMAN, language="en"), reader=None).articles["language"].iat[0] == "en"


def test_the_first_screen_accuses_nobody_outside_english_but_by_digits():
    told = {
        "Blatt": "Der Abriss verzögert sich. Im Speicher am Kai lagerten 340 Fässer Teer. Das Dach war undicht.",
        "Kurier": "Gestern tagte der Senat. Im Speicher am Kai lagerten 340 Fässer Teer. Das Dach war undicht.",
        "Post": "Die Kammer klagt. Im Speicher am Kai lagerten 340 Fässer Teer. Das Dach war undicht.",
        "Bote": "Die Reeder schweigen. Im Speicher am Kai lagerten 430 Fässer Teer. Ein Kran fiel um.",
    }
    view = view_of(compared(told))
    brief = brief_of(view, quotations_of(view))
    accused = [(one.outlet, one.claim.text) for finding in brief.decisions for one in finding.decisions]
    assert accused == [("Bote", "Im Speicher am Kai lagerten 340 Fässer Teer.")]


@pytest.mark.medium
def test_pages_and_lists_say_that_the_comparison_is_lexical(tmp_path):
    page = compared(GERMAN).report(tmp_path / "page.html").read_text(encoding="utf-8")
    said = "3 articles not in English: Blatt (de), Bote (de), Kurier (de). The comparison is lexical there"
    assert said in page
    for outlet, text in GERMAN.items():
        (tmp_path / f"{outlet}.txt").write_text(text, encoding="utf-8")
    files = [str(tmp_path / f"{outlet}.txt") for outlet in GERMAN]
    for verb in (["claims"], ["track", "--claim", "Die Senatorin hatte dem Abriss des Speichers zugestimmt."]):
        assert said in CliRunner().invoke(main, [verb[0], *files, *verb[1:], "--reader", "none"]).stdout


MIXED = {
    "Gannet": 'Ida Holm has signed the contract. "We will never rebuild it here," said Ida Holm. It held tar.',
    "Tern": 'Ida Holm has signed the contract. "We will never rebuild it here," said Ida Holm. It held wood.',
    "Skua": "Ida Holm has signed the contract. The fire brigade came on Monday, and nobody was hurt.",
    "Blatt": "Die Senatorin hatte dem Abriss des Speichers zugestimmt. Im Speicher lagerten 340 Fässer Teer.",
}


def test_what_is_quoted_in_another_language_is_absent_nowhere(tmp_path):
    story = compared(MIXED, reader=None)
    one = next(one for one in quotations_of(view_of(story)) if one.wording == "We will never rebuild it here")
    assert [version.outlet for version in one.versions] == ["Gannet", "Tern", "Skua"]
    assert [version.outlet for version in one.at("absent")] == ["Skua"]
    page = story.report(tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<td>not compared" in page
    assert "its quotations are not looked for there: neither counts as left out" in page


def test_a_record_counts_nothing_of_another_language_as_left_out_or_dropped(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", compare.InputWarning)
        several = [
            row | {"story_id": f"s{number}", "title": f"Day {number}"} for number in range(6) for row in records(MIXED)
        ]
        corpus = compare.compare_corpus(several, reader=None)
    printed = corpus.outlets.query("version == 'printed'").set_index("outlet")
    assert printed.loc["Skua", ["quotations", "dropped"]].tolist() == [6, 6]
    assert printed.loc["Blatt", ["quotations", "dropped", "omitted"]].tolist() == [0, 0, 0]
    page = corpus.report(tmp_path / "record.html").read_text(encoding="utf-8")
    assert page.count("6 articles not in English. What is told in one language is not looked for") == 1
    brief = page[page.index('id="brief"') : page.index('id="record"')]
    coverage = corpus.table("coverage")
    told = coverage["state"].isin(CARRIED)
    elsewhere = told.groupby([coverage["story_id"], coverage["claim_id"]]).transform("sum") > told
    shared = coverage[elsewhere & (coverage["outlet"] == "Skua") & coverage["sentence_id"].notna()]
    assert printed.loc["Skua", "claims"] == len(shared)
    assert printed.loc["Blatt", ["claims", "undecided"]].tolist() == [0, 0], "nobody else writes in its language"
    decisions = decisions_of(corpus)
    by_outlet = available(decisions).groupby(decisions["outlet"]).sum()
    assert by_outlet.to_dict() == printed["claims"].to_dict()
    assert "Blatt" not in brief, "no finding compares across languages"
    assert "interval ;" not in brief


def test_a_page_in_english_says_nothing_of_languages(tmp_path):
    page = compare.compare_story(records(ENGLISH), reader=None).report(tmp_path / "page.html")
    assert "comparison is lexical" not in page.read_text(encoding="utf-8")


def test_marks_and_capitals_do_not_count_as_words():
    assert same_words("Der Kai sei „gesperrt“, hieß es.", "Der Kai sei gesperrt, hieß es")
    assert same_words("Es kostet 1.250.000 Euro.", "Es kostet 1 250 000 Euro.")
    assert same_words("Es misst 7,50 m.", "Es misst 7,5 m.")
    assert not same_words("Es stieg um 5 %.", "Es stieg um 5 €.")
    assert not same_words("कल पुल खुला", "कल पुल खोला")  # vowel signs
    assert not same_words("…", "!")


def test_only_digits_in_the_same_words_are_a_change_of_numbers():
    (change,) = digits_changed("Es sanken 17 Boote.", "Es sanken 71 Boote.")
    assert (change.kind, change.left, change.right, change.proven) == ("number", "17", "71", True)
    assert digits_changed("Es sanken 17 Boote.", "Es sanken rund 20 Boote.") == []
    assert digits_changed("Es sanken 17 Boote.", "Es sanken siebzehn Boote.") == []
    assert digits_changed("Es waren minus 5 Grad.", "Es waren minus 5 Grad.") == []
    assert digits_changed("Es waren -5 Grad.", "Es waren 5 Grad.")


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Der Senat stimmte zu.", "Der Senat stimmte nicht zu.", "de"),
        ("Le sénat a approuvé le plan.", "Le sénat n’a pas approuvé le plan.", "fr"),
        ("Il senato ha approvato.", "Il senato non ha approvato.", "it"),
        ("De raad stemde in.", "De raad stemde niet in.", "nl"),
        ("A câmara aprovou o plano.", "A câmara não aprovou o plano.", "pt"),
        ("Rada zgodziła się.", "Rada nie zgodziła się.", "pl"),
        ("Die Reeder verklagen die Stadt.", "Die Stadt verklagen die Reeder.", "de"),
        ("Es sanken 17 Boote im Hafen.", "Im Hafen sanken 20 Boote.", "de"),
        ("Belediye planı onayladı.", "Belediye planı onaylamadı.", "tr"),  # nothing is listed for Turkish
    ],
)
def test_what_may_say_something_else_is_known_as_such(one, other, language):
    assert may_differ(one, other, language) != bool(changes_abroad(one, other, language))


def test_other_words_of_a_listed_language_may_say_the_same():
    assert not may_differ("Der Senat stimmte zu.", "Der Senat hat zugestimmt.", "de")
    assert not may_differ("Der Senat stimmte nicht zu.", "Der Senat gab kein grünes Licht.", "de")
    assert not may_differ("Belediye planı onayladı.", "Belediye planı onayladı", "tr")
    assert negations_in("tr") is None
