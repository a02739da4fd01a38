"""The parts of the outlets' page on likeness, wording and omissions: planted habits are shown, with their sentences."""

import csv
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from shared_runs import compared_once, session_folder
from stored_runs import record_of, stored
from test_report_outlets import findings, text_of
from test_report_page import Page

import compare
from compare.corpus import results
from compare.corpus.store import write_manifest
from compare.report.record.findings import further
from compare.report.record.worded import marked_in

pytestmark = pytest.mark.slow  # pages of whole corpora: not for the edit loop

PLANTED = Path(__file__).parents[1] / "datasets" / "planted-bias"
TOPICS = ("closure", "march", "occupation")


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The stories of three topics: the run of all, whose manifest names no others."""
    run = compared_once(session_folder(tmp_path_factory))(PLANTED / "articles.jsonl", reader=None)
    some = {story: name for story, name in run.manifest.stories.items() if story.startswith(TOPICS)}
    write_manifest(run.folder, replace(run.manifest, stories=some))
    return compare.open_run(run.folder)


@pytest.fixture(scope="module")
def leaning():
    with (PLANTED / "outlets.csv").open(encoding="utf-8") as file:
        return {row["outlet"]: row["leaning"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def page(planted):
    return record_of(planted)


@pytest.fixture(scope="module")
def grouped(planted, leaning):
    return record_of(planted, groups=leaning)


def part(html, name):
    return html.split(f'<section id="{name}"')[1].split("\n<section id=")[0]


def rows(html):
    return re.findall(r"<tr.*?</tr>", html, re.DOTALL)


def test_every_part_says_that_nobody_has_checked_it(page):
    for name in ("alike", "wording", "missing"):
        assert "not validated" in text_of(part(page, name)).lower(), name


def test_no_part_shows_a_missing_number_or_an_empty_figure(page, grouped):
    for html in (page, grouped):
        for name in ("alike", "wording", "missing"):
            assert not re.search(r"\bnan\b|None|\binf\b", text_of(part(html, name)))
        parsed = Page(html)
        places = {attributes["data-figure"] for attributes in parsed.all("div") if "data-figure" in attributes}
        assert all(f'"{name}":' in parsed.raw["script", "data"] for name in places)
    assert places == {"alike-map", "alike-tree", "omission", "omission-groups"}


def test_all_pairs_of_outlets_have_their_distance(planted, page):
    html = part(page, "alike")
    assert "The distances of 15 pairs" in html
    row = planted.map.distances(version="collapsed").sort_values("corrected").iloc[0]
    (shown,) = [one for one in rows(html) if f">{row['one']}<" in one and f">{row['other']}<" in one]
    assert f">{row['corrected']:.2f}<" in shown
    assert f">{row['both']}<" in shown


def test_a_planted_doubt_is_shown_with_the_sentences_of_both(page):
    html = part(page, "wording").split("<h3>Doubting cues")[1].split("<h3>")[0]
    first, evidence = rows(html)[1:3]
    assert "<bdi>Cormorant Gazette</bdi>" in first
    assert "beyond chance" in first
    quoted = re.findall(r"<b><bdi>(.*?)</bdi></b> <q><bdi>(.*?)</bdi></q>", evidence)
    assert [name == "Cormorant Gazette" for name, _ in quoted] == [True, False]
    assert ["claimed" in sentence for _, sentence in quoted] == [True, False]


def test_names_are_set_off_in_the_sentences_of_both_and_may_be_chance(planted, page):
    html = part(page, "wording").split("<h3>Names of parties")[1]
    assert not (planted.wording.naming()["q_value"] < 0.05).any(), "thirty stories do not suffice"
    assert "Not beyond chance: the 3 most frequent" in html
    row = planted.wording.naming().iloc[0]
    shown = rows(html)
    first = next(at for at, one in enumerate(shown) if f">{row['label_one']}<" in one and f">{row['other']}<" in one)
    evidence = "".join(shown[first + 1 : first + 3])
    for side in ("one", "other"):
        assert re.search(rf"<bdi>{row[side]}</bdi></b>.*?<mark>{row[f'label_{side}']}</mark>", evidence, re.IGNORECASE)


def test_a_term_beyond_chance_is_unfolded_and_one_that_is_not_is_called_so(page):
    html = part(page, "wording")
    assert html.count("<details open>") <= 2
    for shown in re.findall(r"<details.*?</details>", html, re.DOTALL):
        if "none beyond chance" in shown:
            assert "<details open>" not in shown
            assert "Not beyond chance: the " in shown or "No term appears in enough" in shown


def test_many_outlets_are_each_compared_with_all_others(planted, monkeypatch):
    monkeypatch.setattr(results, "ALL_PAIRS", 5)
    html = part(record_of(planted), "wording")
    assert html.count("<bdi>all others</bdi>") >= 6
    assert "there are 6 comparisons" in text_of(html)


def test_gaps_between_groups_have_their_sentences_and_their_doubt(grouped):
    html = part(grouped, "missing")
    assert "No single claim is beyond chance" in html
    above, _, table = html.partition('<table class="rows gaps">')
    claims = table.split("</table>")[0].split('<th scope="row">')[1:]
    doubt = "oo few outlets: one claim proves nothing by itself"
    assert len(claims) > 0
    assert f"T{doubt}" in above or all(f"t{doubt}" in claim for claim in claims), "once for all or with each claim"
    carried, left_out = re.findall(r"<b><bdi>(.*?)</bdi></b>", html)[:2]
    assert left_out.endswith(", the nearest that it has")
    assert carried in {"Cormorant Gazette", "Quayside Ledger", "Lantern Row Post"}
    assert "harbour less hill" in html


def test_the_model_says_in_points_what_omissions_go_with(planted, page):
    html = part(page, "missing")
    row = planted.omissions.model(version="collapsed").query("term == 'quote'").iloc[0]
    (shown,) = [one for one in rows(html) if "a claim that quotes somebody" in one]
    points = f"{row['points']:+.0f}".replace("-", "\u2212")
    assert f">{points}<" in shown
    assert re.search(r"<li>A claim that the others put high.* is left out \d+ points less often", html)


def test_without_statsmodels_it_says_what_to_install(planted, monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "statsmodels"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "statsmodels", None)
    html = part(record_of(planted), "missing")
    assert 'pip install "storydiff[stats]"' in text_of(html)
    assert "data-figure" not in html


def test_two_outlets_get_a_sentence_and_no_map(tmp_path):
    run = stored(tmp_path / "run", {"Gannet": 0.7, "Ledger": 0.4})
    html = part(record_of(run.corpus), "alike")
    (row,) = run.corpus.map.distances().to_dict("records")
    assert f"both carry {row['both']} of the {row['either']} claims that either carries" in text_of(html)
    assert "With two outlets there is no map to draw" in html
    assert "data-figure" not in html


def test_at_the_top_stands_only_what_is_beyond_chance(page, tmp_path):
    assert further({}) == []
    said = findings(page)
    assert len(said) <= 3
    assert sum('href="#wording"' in one or 'href="#missing"' in one for one in said) == 1
    alike = stored(tmp_path / "run", {"Gannet": 0.5, "Orrery": 0.5, "Pennant": 0.5}, covers=1.0)
    assert not re.search("#(wording|missing|alike)", "".join(findings(record_of(alike.corpus))))


def test_sentences_are_cut_around_the_words_that_they_are_quoted_for():
    long = f"{'The crew waited. ' * 20}Rioters <b>came</b> & went. {'Then they left. ' * 20}"
    shown = str(marked_in(long, "rioters"))
    assert "<mark>Rioters</mark> &lt;b&gt;came&lt;/b&gt; &amp; went." in shown
    assert shown.startswith("… ")
    assert shown.endswith("…")
    assert len(shown) < 330
    assert str(marked_in("A car crashed.", "cars")) == "A car crashed."
    assert str(marked_in("It was said.", "")) == "It was said."


def test_attributions_bring_a_sentence_that_shows_the_difference(planted):
    table = planted.wording.attributions().query("kind == 'flavour' and value == 'doubting' and q_value < .05")
    sentences = planted.sentences.set_index("sentence_id")["text"]
    assert len(table) > 0
    for row in table.to_dict("records"):
        more, less = ("one", "other") if row["difference"] > 0 else ("other", "one")
        assert "claimed" in sentences[row[f"sentence_{more}"]]
        assert "claimed" not in sentences[row[f"sentence_{less}"]]
    nobody = planted.wording.attributions().query("kind == 'hedge' and rate_one == 0 and rate_other == 0")
    assert nobody["sentence_one"].isna().all()
