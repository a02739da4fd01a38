"""The outlets' page as text: the same every time, small, says who checked, and keeps hostile text text."""

import re
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from outlet_counts import drawn
from stored_runs import RATES, add_figure, coded, record_of, stored
from test_report_page import HOSTILE, Page

import compare
from compare.cli import main
from compare.corpus.results import Results, results_of
from compare.corpus.store import RunManifest
from compare.outlets.differences import outlet_differences
from compare.outlets.rates import outlets_table, rates_table
from compare.report.record.page import render_record
from compare.report.record.view import Estimate, scale_of, small
from compare.settings import Settings

pytestmark = pytest.mark.slow  # pages of whole corpora: not for the edit loop


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return stored(tmp_path_factory.mktemp("outlets") / "run", copies=("Orrery", "Pennant"))


@pytest.fixture(scope="module")
def page(run):
    return record_of(run.corpus)


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    """A run, and what two coders say of 300 of its decisions."""
    folder = tmp_path_factory.mktemp("labelled")
    run = stored(folder / "run", stories=30)
    return run, compare.read_sheets(coded(run, folder / "sheets", n=300))


def counted(counts):
    """Give the results of a corpus of which only the counts are known."""
    stories = counts["story_id"].unique().tolist()
    manifest = RunManifest("0.1.0", "5e77", "da7a", "b011", None, None, 0, dict.fromkeys(stories, ""), finished=True)
    rows = counts.query("version == 'printed'")[["story_id", "outlet"]]
    title = "The headline of a story, about as long as such headlines are"
    rates = rates_table(counts)
    outlets = outlets_table(counts, rates)
    measures = ("carriage", "alteration", "quotations dropped")
    return Results(
        manifest=manifest,
        settings=Settings(),
        names=dict.fromkeys(stories, ""),
        validation=None,
        grouped=None,
        articles=rows.assign(title=title, published=pd.Timestamp("2026-03-12", tz="UTC"), language="en"),
        claims=pd.Series(dtype=int),
        outlet_stories=counts,
        rates=rates,
        outlets=outlets,
        decided_rates=rates,
        decided_outlets=outlets,
        differences={"printed": outlet_differences(counts, measures)},
        group_differences=None,
        corrected=None,
        corrected_differences={},
        copies=bool(outlets["wire"].any()),
    )


def text_of(html):
    return " ".join("".join(Page(html).texts).split())


def findings(html):
    return re.findall(r"<li>(.*?)</li>", html.split('class="findings"')[1].split("</ul>")[0], re.DOTALL)


def test_the_same_run_gives_the_same_bytes(run, page, tmp_path):
    """In another process, where sets of texts have another order."""
    path = tmp_path / "record.html"
    code = f"import compare; compare.open_run({str(run.folder)!r}).report({str(path)!r})"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONHASHSEED": "1", "PYTHONPATH": "."})
    is_same = path.read_bytes() == page.encode()
    assert is_same  # pytest would look for the difference in two megabytes for ever


def test_a_page_is_made_of_results_alone(run, monkeypatch):
    results = results_of(run.corpus, {name: name in {"Gannet", "Pennant"} for name in RATES})

    def refuse(*_, **__):
        raise AssertionError("rendering computes")

    for name, module in list(sys.modules.items()):
        if name.startswith(("compare.outlets", "compare.corpus")):
            for function in [one for one in vars(module) if callable(getattr(module, one))]:
                monkeypatch.setattr(module, function, refuse)
    monkeypatch.setattr(np.random, "default_rng", refuse)
    page = render_record(results)
    assert 'id="groups"' in page
    assert 'id="missing"' in page
    with pytest.raises(AssertionError, match="rendering computes"):
        record_of(run.corpus)


def test_it_says_first_that_nobody_has_checked_and_how_to_change_that(page):
    text = text_of(page)
    said = text.index("Not validated: nobody has checked these decisions")
    assert said < text.index("In brief")
    assert "storydiff sample RUN/ -o sheets/" in text
    assert text.endswith("seed 3; not validated.")


def test_every_figure_of_the_table_is_on_the_page(run, page):
    rows = Page(page.split('class="version printed"')[1].split('class="version collapsed"')[0])
    cells = [text.strip() for text in rows.texts if text.strip()]
    first = run.corpus.outlets.query("version == 'printed'").sort_values("rate", ascending=False).iloc[0]
    assert first["outlet"] == "Gannet"
    start = cells.index("Gannet")
    share = f"{100 * first['rate']:.0f}\u00a0%"
    interval = f"{100 * first['low']:.0f}\u2013{100 * first['high']:.0f}"
    assert cells[start + 1 : start + 3] == [share, interval]
    counts = [str(first[name]) for name in ("stories", "claims", "carried", "altered", "undecided", "omitted")]
    assert cells[start + 5 : start + 11] == counts
    for heading in ("only here", "prominence", "kept", "trimmed", "dropped", "copies"):
        assert heading in cells


def test_what_the_data_bear_is_said_with_interval_and_link(page):
    said = findings(page)
    assert "<bdi>Gannet</bdi></strong> carries more of what others tell than <strong><bdi>Ledger</bdi>" in said[0]
    assert re.search(
        r"a difference of \d\d points \(95 % interval \d\d to \d\d; q\u00a0.* With wire copies as", said[0]
    )
    assert 'href="#differences"' in said[0]
    assert "are copies of a text that others also run" in said[1]
    assert len(said) <= 3


def test_where_nothing_differs_beyond_chance_it_says_so(tmp_path):
    alike = stored(tmp_path / "run", {"Gannet": 0.5, "Orrery": 0.5, "Pennant": 0.5}, covers=1.0)
    (said,) = findings(record_of(alike.corpus))
    assert said.startswith("No difference in how much two outlets carry of what others tell is larger than chance")
    assert "of 3 pairs none has q below .05" in said


def test_parts_without_anything_to_show_are_left_out(run, page):
    links = re.findall(r'<a href="#(\w+)">', page.split("<nav")[1].split("</nav>")[0])
    # No sentence of this run is kept, so that there is no wording to compare.
    assert links == ["brief", "record", "differences", "alike", "missing", "selection", "outlets", "method"]
    grouped = record_of(run.corpus, groups={name: name in {"Gannet", "Pennant"} for name in RATES})
    assert 'id="groups"' in grouped
    assert "too few outlets to speak of such outlets in general" in grouped
    copies_together = record_of(run.corpus, groups={name: name[:1] < "M" for name in RATES})
    assert "Pennant, Orrery share most of their texts with others of their group" in copies_together


def test_an_outlet_alone_and_outlets_that_share_no_story_still_give_a_page(tmp_path):
    alone = record_of(stored(tmp_path / "one", {"Gannet": 0.5}).corpus)
    assert "There is only one outlet" in findings(alone)[0]
    apart = counted(drawn(1, 1, [0.4, 0.6], covers=1.0))
    assert "one story: no interval" in render_record(apart)


def test_every_table_and_link_can_be_found_by_those_who_do_not_see_it(page):
    parsed = Page(page)
    ids = [attributes["id"] for _, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"][1:] for attributes in parsed.all("a")}
    assert targets <= set(ids)
    assert {attributes.get("aria-labelledby") for attributes in parsed.all("section")} <= set(ids)
    assert all("scope" in attributes for attributes in parsed.all("th"))
    assert len(parsed.all("caption")) == len(parsed.all("table"))
    assert all(attributes.get("aria-hidden") == "true" for attributes in parsed.all("svg"))
    assert len(parsed.all("main")) == len(parsed.all("h1")) == 1
    labels = {attributes["for"] for attributes in parsed.all("label")}
    assert {attributes["id"] for attributes in parsed.all("input")} == labels


def test_hostile_names_stay_text(tmp_path):
    hostile = stored(tmp_path / "run", stories=4, rename=lambda name: f"{name} {HOSTILE}")
    page = Page(record_of(hostile.corpus))
    assert len(page.all("script")) == 3, "those of the figures"
    assert not page.all("img")
    assert not [attributes for _, attributes in page.elements if any(name.startswith("on") for name in attributes)]
    assert all(attributes["href"].startswith("#") for attributes in page.all("a"))
    assert any("Gannet </script><script>alert(1)</script>" in text for text in page.texts)


def test_a_page_of_twenty_outlets_and_four_hundred_stories_is_small():
    corpus = counted(drawn(1, 400, [0.3 + 0.02 * number for number in range(20)]))
    page = render_record(corpus)
    assert len(page.encode()) < 1.5e6
    assert "script-src 'none'\"" not in page, "the policy is one of several"
    assert "<script" not in page


def test_intervals_are_drawn_where_they_lie():
    one = Estimate(0.52, 0.47, 0.6)
    scale = scale_of([one])
    assert (scale.start, scale.end) == (0.4, 0.6)
    assert (scale.at(0.4), scale.at(0.5), scale.at(0.6), scale.at(0.9)) == (0, 60, 120, 120)
    assert (one.share, one.share_range) == ("52\u00a0%", "47\u201360")
    assert (one.turned.points, one.turned.points_range) == ("\u221252", "\u221260 to \u221247")
    assert [small(p) for p in (0.0004, 0.0341, 1.0, float("nan"))] == ["<\u00a0.001", ".034", "1.000", "\u2013"]


def test_coders_labels_correct_the_table_where_definitions_agree(tmp_path):
    run = stored(tmp_path / "run", stories=30, overlooked=0.5)
    validation = compare.read_sheets(coded(run, tmp_path / "sheets", n=400, by="outlet"))
    checked = run.corpus.with_validation(validation)
    decided, corrected = (one.outlets.set_index(["outlet", "version"]) for one in (run.corpus, checked))
    at = ("Orrery", "printed")
    coverage = run.corpus.coverage
    carried = coverage["state"].ne("omitted").groupby(coverage["claim_id"]).transform("sum")
    orrery = coverage[(coverage["outlet"] == "Orrery") & (carried - coverage["state"].ne("omitted") > 0)]
    assert len(orrery) == decided.loc[at, "claims"], "the corrected rate is of the same claims"
    true = sum(run.truth[claim, "Orrery"] for claim in orrery["claim_id"]) / len(orrery)
    assert decided.loc[at, "rate"] < decided.loc[at, "high"] < true, "the toolkit misses half of them"
    assert corrected.loc[at, "low"] < true < corrected.loc[at, "high"]
    assert corrected.loc[at, "omission"] == pytest.approx(1 - corrected.loc[at, "rate"])
    assert corrected.loc[at, "carried"] == decided.loc[at, "carried"]
    assert corrected["validated"].to_dict() == {row: row[1] == "printed" for row in corrected.index}
    assert set(checked.rates.query("validated")["measure"]) == {"carriage", "omission"}
    assert repr(checked) == f"<Corpus of 30 stories; {validation.sentence}>"
    assert not run.corpus.outlets["validated"].any()


def test_an_outlet_with_few_labels_keeps_what_is_decided_and_says_so(tmp_path):
    run = stored(tmp_path / "run", RATES | {"Beacon": 0.5}, covers=0.9)
    sheets = coded(run, tmp_path / "sheets", n=20)
    corpus = compare.open_run(run.folder, validation=compare.read_sheets(sheets))
    rows = corpus.outlets.query("version == 'printed' and not validated")
    assert len(rows) > 0
    assert rows["warning"].str.contains("not corrected: . coded units, too few for an interval").all()
    unchanged = run.corpus.outlets.set_index(["outlet", "version"])["rate"]
    assert rows.set_index(["outlet", "version"])["rate"].to_dict().items() <= unchanged.to_dict().items()


def test_labels_of_another_run_are_refused(run, tmp_path):
    other = stored(tmp_path / "run", seed=2)
    validation = compare.read_sheets(coded(other, tmp_path / "sheets"))
    with pytest.raises(compare.InputError, match=r"sample \w+ was not drawn from these decisions: "):
        run.corpus.report(tmp_path / "x.html", validation=validation)
    with pytest.raises(compare.InputError, match="was not drawn from these decisions"):
        run.corpus.story("s1").report(tmp_path / "x.html", validation=validation)
    # Of a sample of many stories, each is a part.
    path = other.corpus.story("s1").report(tmp_path / "story.html", validation=validation)
    assert "2 coders checked 200 of" in text_of(path.read_text(encoding="utf-8"))
    assert not (tmp_path / "x.html").exists()


def test_a_sample_of_a_run_is_that_of_its_stories(run):
    of_run = compare.sample_decisions(run.corpus, 50)
    of_stories = compare.sample_decisions([run.corpus.story(story) for story in run.corpus.stories], 50)
    assert of_run.sample_id == of_stories.sample_id
    pd.testing.assert_frame_equal(of_run.units, of_stories.units)


def test_with_labels_the_page_begins_with_them_and_has_both_figures(labelled, tmp_path):
    run, validation = labelled
    html = run.corpus.report(tmp_path / "record.html", validation=validation).read_text(encoding="utf-8")
    text = text_of(html)
    said = text.index("Validated: 2 coders checked 300 of")
    places = [text.index(figure) for figure in ("alpha1.00", "precision1.00", "recall1.00", "In brief")]
    assert [said, *places] == sorted([said, *places])
    assert "Not validated" not in text
    assert findings(html)[0].startswith(
        "Corrected for the toolkit’s errors, <strong><bdi>Gannet</bdi></strong> carries"
    )
    assert "in the stories that both cover" in findings(html)[0]
    assert 'id="corrected"' in html
    assert "as the toolkit decides, %" in text


def test_corrected_differences_need_labels(run):
    with pytest.raises(compare.InputError, match="this corpus is not validated; see with_validation"):
        run.corpus.corrected_differences()


def test_groups_are_compared_corrected_too(labelled):
    run, validation = labelled
    corpus = run.corpus.with_validation(validation)
    groups = {"Gannet": "high", "Orrery": "low", "Pennant": "low", "Ledger": "low"}
    (row,) = corpus.corrected_differences(groups=groups).to_dict("records")
    assert (row["group"], row["other"]) == ("low", "high")
    assert -0.6 < row["low"] < row["estimate"] < row["high"] < -0.2
    for given, decided in (
        (corpus.corrected_differences(groups=groups), corpus.differences(groups=groups)),
        (corpus.corrected_differences(), corpus.differences()),
    ):
        counted = decided.set_index(["one", "other"])["difference"].to_dict()
        counted |= {(other, one): -difference for (one, other), difference in counted.items()}
        for pair in given.to_dict("records"):
            assert pair["as_decided"] == pytest.approx(counted[pair["group"], pair["other"]], abs=1e-6)


def test_a_notebook_shows_the_record_in_its_own_colours(run):
    html = run.corpus._repr_html_()
    assert "Corpus of 14 stories; not validated" in html
    assert Page(html).all("table")
    assert "Gannet" in html
    assert "color" not in html


def storydiff(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env={"COLUMNS": "120"})


def refused(*arguments):
    done = storydiff(*arguments)
    assert done.exit_code == 2
    return done.stderr.strip().removeprefix("storydiff: ")


def test_the_command_line_samples_and_reports_a_run(run, tmp_path):
    sheets, groups = tmp_path / "sheets", tmp_path / "groups.csv"
    done = storydiff("sample", run.folder, "-o", sheets, "--units", 100, "--coders", 1)
    assert done.exit_code == 0, done.output
    text = (sheets / "coder-1.csv").read_text(encoding="utf-8")
    (sheets / "coder-1.csv").write_text(text.replace(",,\n", ",yes,\n").replace(",,\r\n", ",yes,\r\n"))
    groups.write_text("outlet,owner\nGannet,A\nOrrery,A\nPennant,B\nLedger,B\n", encoding="utf-8")
    output = tmp_path / "record.html"
    done = storydiff("report", run.folder, "-o", output, "--sheets", sheets, "--groups", groups)
    assert done.exit_code == 0, done.output
    assert "validated: 100 of" in done.stdout
    html = output.read_text(encoding="utf-8")
    assert 'id="groups"' in html
    assert "owner: carriage" in html
    assert "Differences between corrected rates of groups" in html
    done = storydiff("report", run.folder, "--story", "s1", "-o", output, "--sheets", sheets / "coder-1.csv")
    assert done.stdout.count("alidated") == 1
    assert "<h1><bdi>Story s1</bdi></h1>" in output.read_text(encoding="utf-8")


def test_listings_say_once_that_nobody_has_checked(run, tmp_path):
    for arguments in (
        ("claims", run.folder, "--story", "s1"),
        ("claims", run.folder, "--story", "s1", "--omitted-by", "Ledger"),
        ("track", run.folder, "--claim", "A boat sank."),
        ("report", run.folder, "-o", tmp_path / "a.html"),
        ("report", run.folder, "--story", "s1", "-o", tmp_path / "b.html"),
    ):
        done = storydiff(*arguments)
        assert done.exit_code == 0, done.output
        assert done.stdout.lower().count("not validated") == 1, arguments


def test_a_run_where_it_makes_no_sense_is_refused(run, tmp_path):
    articles = tmp_path / "articles.jsonl"
    articles.write_text('{"outlet": "Gannet", "text": "A boat sank."}\n', encoding="utf-8")
    folder = run.folder
    assert refused("report", folder, articles) == (
        f"{folder}: is a run folder and must be given alone; leave out {articles}."
    )
    one = f"{folder}: is a run of 14 stories, and this command takes one; add --story ID, such as --story s0."
    assert refused("claims", folder) == one
    assert refused("report", folder, "--story", "quay").startswith("the run has no story 'quay'; it has s0, s1")
    assert refused("corpus", folder, "-o", tmp_path / "again") == (
        f"{folder}: is already a run; see it with: storydiff report {folder}"
    )
    assert refused("report", folder, "--skip-bad") == (
        f"--skip-bad is for articles, but the stories of {folder} have already been compared."
    )
    assert refused("report", folder, "--key", "key.parquet") == "--key belongs to sheets; add --sheets FILE."
    assert refused("report", folder, "--sheets", tmp_path).startswith(f"{tmp_path}: has no CSV sheets; name the files")
    groups = tmp_path / "groups.csv"
    assert refused("report", folder, "--groups", groups) == f"{groups}: does not exist; check the path."
    groups.write_text("\n", encoding="utf-8")
    assert (
        refused("report", folder, "--groups", groups) == f"{groups}: is empty; give the columns outlet and one other."
    )


def test_a_part_with_a_figure_brings_the_script_that_draws_it(run, monkeypatch):
    add_figure(monkeypatch)
    page = Page(record_of(run.corpus))
    assert [attributes.get("type") for attributes in page.all("script")] == [
        "application/json",
        "application/octet-stream",
        "module",
    ]
    assert "</script>" not in page.raw["script", "data"]
    assert "map" in {attributes.get("data-figure") for attributes in page.all("div")}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "has several columns to group by; choose one with --group-by leaning or --group-by country"),
        (["--group-by", "size"], "has no column 'size' to group by; it has leaning, country"),
        (["--group-by", "country"], None),
    ],
)
def test_a_table_of_groups_may_have_several_columns(run, tmp_path, options, said):
    names = list(RATES)
    lines = [f"{name},{'left' if place % 2 else 'right'},{'ab'[place % 2]}" for place, name in enumerate(names)]
    (tmp_path / "groups.csv").write_text("\n".join(["outlet,leaning,country", *lines]), encoding="utf-8")
    command = ["report", str(run.folder), "-o", str(tmp_path / "r.html"), "--groups", str(tmp_path / "groups.csv")]
    done = CliRunner().invoke(main, [*command, *options])
    assert done.exit_code == (2 if said else 0), done.output
    if said:
        assert said in done.output
    else:
        assert "country" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_what_outlets_share_may_have_no_words(tmp_path):
    rows = [("x", "2025: 3-1, 14 000."), ("y", "停戦交渉は金曜日に始まった。")]
    articles = [{"story_id": story, "outlet": outlet, "text": text} for story, text in rows for outlet in ("A", "B")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", compare.InputWarning)  # it knows English
        assert compare.compare_corpus(articles, reader=None).report(tmp_path / "record.html").exists()
