"""German, French, Spanish and Italian: words, numbers, changes, sentences and quotations by lists of words."""

import csv
import warnings
from pathlib import Path

import pytest

import compare
from compare.language.languages import detect_language
from compare.language.others import LISTED, lists_of, stem_in, words_in
from compare.language.split import split_text
from compare.matching.changes.lexical import changes_abroad, may_differ

STORY = Path(__file__).parents[1] / "datasets" / "fischereihafen"


def numbers(text, language):
    return [word.written for word in words_in(text, language) if word.is_number]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Rund 1.500 Menschen, siebzehn Boote, fünfundzwanzig Tage", ["1500", "17", "25"]),
        ("de", "2,5 Millionen Euro, 3 Mrd. Euro, zwei Millionen", ["2500000", "3000000000", "2000000"]),
        ("de", "Ein Mann und eine Frau, zweihundert, elf", ["200", "11"]),
        ("fr", "1 500 euros, vingt et un lits, deux mille cinq cents", ["1500", "21", "2500"]),
        ("fr", "4,2 pour cent, 2,5 millions, quatre-vingts", ["4.2", "2500000", "80"]),
        ("es", "dos mil trescientos, treinta y cinco, 2.500 millones", ["2300", "35", "2500000000"]),
        ("it", "duemila, un uomo, 3 mila, due milioni, ventuno", ["2000", "3000", "2000000", "21"]),
    ],
)
def test_numbers_are_read_in_digits_and_words(language, text, expected):
    assert numbers(text, language) == expected


def test_words_are_compared_by_their_stems():
    assert stem_in("Fässer", "de") == stem_in("Fass", "de")
    assert stem_in("contrats", "fr") == stem_in("contrat", "fr")
    assert stem_in("firmado", "es") == stem_in("firmada", "es")
    assert stem_in("traghetti", "it") == stem_in("traghetto", "it")
    assert [word.written for word in words_in("l'hôpital 5 %", "fr")] == ["l", "hôpital", "5", "percent"]
    assert [word.stem for word in words_in("5 €", "de")] == [word.stem for word in words_in("5 euros", "de")]


def test_every_language_has_the_same_fields():
    fields = [set(lists_of(language).fields) for language in LISTED]
    assert all(one == fields[0] for one in fields)


@pytest.mark.parametrize(
    ("language", "one", "other", "kind"),
    [
        (
            "de",
            "Der Rat stimmte dem Verkauf der Werft zu.",
            "Der Rat stimmte dem Verkauf der Werft nicht zu.",
            "negation",
        ),
        ("de", "Ein Mitglied wusste von den Zahlungen.", "Kein Mitglied wusste von den Zahlungen.", "negation"),
        ("fr", "Le conseil a approuvé la vente.", "Le conseil n’a pas approuvé la vente.", "negation"),
        ("es", "El pleno aprobó la venta.", "El pleno no aprobó la venta.", "negation"),
        ("it", "Il consiglio ha approvato la vendita.", "Il consiglio non ha approvato la vendita.", "negation"),
        ("de", "Im Speicher lagerten zwölf Fässer.", "Zwanzig Fässer lagerten im Speicher.", "number"),
        ("fr", "Le toit a coûté 2,5 millions.", "Le toit a coûté 25 millions.", "number"),
        ("es", "Había doce barriles en el almacén.", "En el almacén había veinte barriles.", "number"),
        ("it", "Erano 1.500 persone.", "Erano 1.200 persone.", "number"),
        ("de", "Die Brücke öffnet am 3. Mai.", "Die Brücke öffnet am 30. Mai.", "time"),
        ("fr", "Le chômage a augmenté de 4 % en mars.", "Le chômage a baissé de 4 % en mars.", "direction"),
        ("it", "Il gruppo vende la quota nel cantiere.", "Il gruppo compra la quota nel cantiere.", "direction"),
    ],
)
def test_another_number_denial_or_contrary_in_the_same_words_is_a_change(language, one, other, kind):
    (change,) = changes_abroad(one, other, language)
    assert (change.kind, change.proven) == (kind, True)
    assert [change.kind for change in changes_abroad(other, one, language)] == [kind]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Es kamen rund 3.000 Menschen.", "Es kamen 2.900 Menschen."),
        ("de", "Es kostet 2,5 Millionen Euro.", "Es kostet 2.500.000 Euro."),
        ("de", "Der Bau begann am 3.5.2024.", "Der Bau begann am 4.5.2024."),
        ("de", "Mindestens 300 Menschen kamen.", "Mindestens 500 Menschen kamen."),
        ("de", "Ida Holm kauft das Haus von Paul Rehm.", "Paul Rehm verkauft das Haus an Ida Holm."),
        ("fr", "Le pas de tir a été détruit.", "Le tir a été détruit."),
        ("es", "El alcalde no llegó hasta el lunes.", "El alcalde llegó el lunes."),
        ("it", "Finché non arriva, si aspetta.", "Finché arriva, si aspetta."),
        ("de", "Der Rat stimmte zu.", "Der Rat stimmte nicht nur zu."),
        ("de", "Die Schule bleibt geschlossen.", "Bleibt die Schule nicht geschlossen?"),
        ("es", "El precio del pan subió en Altamar.", "En Altamar bajó mucho el precio del pan."),
        ("de", "Am Montag brannten 17 Boote.", "Am Dienstag brannten 23 Boote."),
        ("fr", "Il a signé le contrat.", "Il n’a signé que le contrat."),
        ("fr", "Douze barils étaient stockés.", "12 barils étaient stockés."),
        ("fr", "Le maire a parlé avec son avocat.", "Le maire a parlé sans son avocat."),
        ("es", "Sabía algo del informe.", "No solo sabía algo del informe."),
        ("it", "Il ministro sapeva del rapporto.", "Il ministro ignorava il rapporto."),
    ],
)
def test_what_no_list_settles_accuses_nobody(language, one, other):
    assert changes_abroad(one, other, language) == []
    assert changes_abroad(other, one, language) == []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Die Reederei Sund verklagt die Stadt Altmark.", "Die Stadt Altmark verklagt die Reederei Sund."),
        ("fr", "Vera Lund a critiqué Paul Rehm.", "Paul Rehm a critiqué Vera Lund."),
        ("fr", "Il a signé le contrat.", "Il n’a signé que le contrat."),
        ("es", "Subió el precio del pan en Altamar.", "En Altamar bajó mucho el precio del pan."),
    ],
)
def test_what_may_differ_is_left_open(language, one, other):
    assert may_differ(one, other, language)


def test_another_order_of_the_same_words_is_no_difference():
    assert not may_differ(
        "Ein Gutachter hatte vor Rissen in der Kaimauer gewarnt.",
        "Vor Rissen in der Kaimauer hatte ein Gutachter gewarnt.",
        "de",
    )
    assert not may_differ("Am Montag unterschrieb Ida Holm.", "Ida Holm unterschrieb am Montag.", "de")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Im 19. Jahrhundert stand er, geb. Brandt, am 3. Mai hier. Er brannte ab.", 2),
        ("de", "„Wir bauen nicht“, sagte sie. „Das ist teuer.“ Dann ging sie.", 3),
        ("fr", "Le Dr. Holm habite bd. Morel, selon l’art. 3 du rapport. Il a parlé.", 2),
        ("es", "Mons. Rehm vino, p. ej. el lunes. ¿Por qué ahora? Nadie lo sabe.", 3),
        ("it", "L’on. Morel cita l’art. 3, pag. 12 del rapporto. Il resto è lì.", 2),
    ],
)
def test_abbreviations_and_ordinals_end_no_sentence(language, text, expected):
    assert len(split_text(text, language)) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Polizei fasst drei Verdächtige", "de"),
        ("La ministre démissionne", "fr"),
        ("El hospital costará el doble", "es"),
        ("Si dimette la ministra", "it"),
        ("Das Gericht wies die Klage ab.", "de"),
        ("Palestinian envoy resigns", "en"),
        ('"Es reicht" (enough), Ms Brandstätter told ZDF-Mittag.', "en"),
    ],
)
def test_headlines_of_a_few_words_are_recognised(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("language", "text", "quote", "speaker", "cue"),
    [
        (
            "de",
            "„Wir bauen nie wieder“, sagte Bürgermeisterin Ida Holm am Montag.",
            "Wir bauen nie wieder",
            "Ida Holm",
            "sagte",
        ),
        ("de", "Am Montag sagte Ida Holm: „Der Kai bleibt gesperrt.“", "Der Kai bleibt gesperrt.", "Ida Holm", "sagte"),
        ("de", "»Wir warten«, so Paul Rehm, »bis es hell wird.«", "Wir warten bis es hell wird.", "Paul Rehm", "so"),
        (
            "de",
            "„Niemand hat gefragt“, hat die Reederin Vera Lund gesagt.",
            "Niemand hat gefragt",
            "Vera Lund",
            "gesagt",
        ),
        ("fr", "« C’est trop cher », a déclaré la maire Ida Holm.", "C’est trop cher", "Ida Holm", "a déclaré"),
        ("fr", "Selon Ida Holm, le quai est « perdu pour longtemps ».", "perdu pour longtemps", "Ida Holm", "Selon"),
        ("fr", "« C’est un scandale », dit-il.", "C’est un scandale", "", "dit-il"),
        (
            "es",
            "—No lo haremos nunca —dijo Luis Ruiz—. Es muy caro.",
            "No lo haremos nunca Es muy caro.",
            "Luis Ruiz",
            "dijo",
        ),
        ("es", "«Esperamos», añadió Luis Ruiz, «el informe».", "Esperamos el informe", "Luis Ruiz", "añadió"),
        ("it", "«Costa troppo», ha detto la sindaca Ida Holm.", "Costa troppo", "Ida Holm", "ha detto"),
        ("it", "— Non lo faremo, disse Rossi.", "Non lo faremo", "Rossi", "disse"),
    ],
)
def test_quotations_have_their_speakers(language, text, quote, speaker, cue):
    found = compare.extract_quotes(text, language)
    assert found[["quote", "resolved", "cue"]].to_numpy().tolist() == [[quote, speaker, cue]]
    row = found.iloc[0]
    assert text[row["start"] :].startswith(quote.split()[0])
    assert text[: row["end"]].endswith(quote.split()[-1])


@pytest.mark.parametrize(
    "text", ["Das Stück „Der alte Speicher“ wird gespielt.", "Er nannte das „Unsinn“.", "", "—", "„"]
)
def test_a_title_or_a_word_in_marks_is_no_quotation(text):
    assert compare.extract_quotes(text, "de").empty


def test_the_language_of_a_text_with_quotations_is_detected():
    found = compare.extract_quotes("„Wir werden hier nie wieder bauen“, sagte Ida Holm am Montag.")
    assert found[["speaker", "cue"]].to_numpy().tolist() == [["Ida Holm", "sagte"]]


@pytest.mark.parametrize("reader", [None, "small"])
def test_the_german_story_is_told_rightly_or_left_open(reader):
    with (STORY / "truth.csv").open(encoding="utf-8") as file:
        truth = {row["claim_id"]: row for row in csv.DictReader(file)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", compare.InputWarning)
        articles = compare.read_articles(sorted(map(str, STORY.glob("*.txt"))))
        told = compare.track_claims(articles, [row["claim"] for row in truth.values()], reader=reader)
        story = compare.compare_story(articles, reader=reader)
    by_claim = {row["claim"]: row for row in truth.values()}
    right = {"carried": {"verbatim", "paraphrased"}, "omitted": {"omitted"}}
    judged = [(by_claim[row["claim"]][row["outlet"]], row["state"], row["changes"]) for _, row in told.iterrows()]
    wrong = [one for one in judged if one[1] not in {*right.get(one[0], {"altered"}), "undecided"}]
    assert wrong == []
    assert sum(state == "undecided" for _, state, _ in judged) <= 3
    assert sorted(changes for *_, changes in judged if changes) == ["negation", "number"]
    # Found without the claims, too: one outlet is said to differ in the number, and nobody is in what is told alike.
    accused = story.coverage[story.coverage["state"] == "altered"]
    assert set(zip(accused["outlet"], accused["changes"], strict=True)) <= {
        ("Nordblatt", "number"),
        ("Nordblatt", "negation"),
    }
    assert "Nordblatt" in set(story.conflicts.loc[story.conflicts["side"] == 1, "outlets"])
    spoken = story.quotes[story.quotes["state"] == "full"]
    assert set(spoken["outlet"]) == {"Altmarker Bote", "Küstenkurier"}
    assert spoken["speaker"].str.endswith("Ida Holm").all()


def test_a_mixed_story_is_compared_within_each_language():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", compare.InputWarning)
        german = compare.read_articles(sorted(map(str, STORY.glob("*.txt"))))
        english = [
            {"outlet": "The Gannet", "text": "Altmark will rebuild its harbour. The work costs 19 million euros."},
            {"outlet": "The Tern", "text": "Altmark will rebuild its harbour. The work costs 19 million euros."},
        ]
        records = [*german[["outlet", "text"]].to_dict("records"), *english]
        story = compare.compare_story([{**row, "story_id": "harbour"} for row in records], reader=None)
    english_outlets = {"The Gannet", "The Tern"}
    in_english = set(story.claims.loc[story.claims["claim"].str.contains(r"\bAltmark will|\bwork costs"), "claim_id"])
    assert len(in_english) == 2
    across = [
        (row["outlet"] in english_outlets) != (row["claim_id"] in in_english) for _, row in story.coverage.iterrows()
    ]
    assert set(story.coverage.loc[across, "state"]) == {"undecided"}
    within = story.coverage[
        story.coverage["claim_id"].isin(in_english) & story.coverage["outlet"].isin(english_outlets)
    ]
    assert set(within["state"]) == {"verbatim"}
