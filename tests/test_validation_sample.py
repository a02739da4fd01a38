"""The sample: every stratum has its share, coders see nothing of the decision, the same seed draws the same."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from coded_runs import OUTLETS, rows_of, run

import compare
from compare.errors import InputError
from compare.validation.strata import allocate


def test_every_stratum_is_drawn_from_and_far_below_the_cut_off_too():
    sample = compare.sample_decisions(run(), 40)
    assert len(sample.units) == 40
    strata = sample.strata.set_index("stratum")
    assert (strata["units"] >= 2).all()
    assert strata.loc["0.00 to 0.10", "units"] >= 2
    assert (strata["units"] / strata["decisions"]).to_list() == strata["sampling_probability"].to_list()
    drawn = sample.decisions[sample.decisions["unit"].notna()]
    assert drawn.groupby("stratum").size().to_dict() == strata["units"].to_dict()


def test_unsure_strata_get_more_than_sure_ones_of_the_same_size():
    assert allocate(np.array([100, 100]), np.array([0.5, 0.1]), 60).tolist() == [48, 12]
    assert allocate(np.array([3, 100]), np.array([0.5, 0.1]), 60).tolist() == [3, 57]


def test_strata_by_outlet_give_each_outlet_its_units():
    sample = compare.sample_decisions(run(), 60, by="outlet")
    drawn = sample.decisions[sample.decisions["unit"].notna()]
    assert set(drawn.groupby("outlet").size().index) == set(OUTLETS)
    assert drawn.groupby("outlet").size().min() >= 12


def test_all_coders_get_the_overlap_and_share_the_rest():
    sample = compare.sample_decisions(run(), 50, coders=["anna", "ben", "cleo"], overlap=20)
    given = Counter(unit for units in sample.assigned.values() for unit in units)
    assert Counter(given.values()) == {3: 20, 1: 30}
    assert [len(units) for units in sample.assigned.values()] == [30, 30, 30]


def test_the_same_seed_draws_the_same_whatever_the_order_of_the_tables():
    tables = run()
    first = compare.sample_decisions(tables, 40, seed=5)
    tables.coverage = tables.coverage.sample(frac=1, random_state=1)
    again = compare.sample_decisions(tables, 40, seed=5)
    assert first.assigned == again.assigned
    pd.testing.assert_frame_equal(first.decisions, again.decisions)
    other = compare.sample_decisions(tables, 40, seed=6)
    assert other.sample_id != first.sample_id
    assert set(other.units["unit"]).isdisjoint(first.units["unit"])


def test_sheets_are_blind(tmp_path):
    tables = run()
    folder = compare.sample_decisions(tables, 40).write(tmp_path / "sheets")
    secret = {*OUTLETS, *map(str, tables.coverage["probability"]), "paraphrased", "omitted", "undecided", "evidence"}
    for path in folder.glob("coder-*"):
        text = path.read_text(encoding="utf-8")
        body = text[text.index('id="data"') :].partition("</script>")[0] if path.suffix == ".html" else text
        assert [word for word in secret if word in body and len(word) > 3] == [], path.name
    key = pd.read_parquet(folder / "key.parquet").dropna(subset=["unit"]).set_index("unit")
    order = [row["unit"] for row in rows_of(folder / "coder-1.csv")]
    assert abs(np.corrcoef(range(len(order)), key.loc[order, "probability"])[0, 1]) < 0.5


def test_an_article_is_read_once_for_all_its_claims():
    sample = compare.sample_decisions(run(), 60)
    article = sample.units.set_index("unit")["article_id"]
    shown = [article[unit] for unit in sample.assigned["coder-1"]]
    assert sum(a != b for a, b in pairwise(shown)) == len(set(shown)) - 1


def test_a_coder_sees_everything_that_the_outlet_wrote_on_the_story():
    tables = run(stories=1, claims=5)
    later = tables.articles.iloc[:1].assign(article_id="later", title="Update", text="One boat was found.")
    tables.articles = pd.concat([tables.articles, later])
    sample = compare.sample_decisions(tables, 15)
    shown = sample.units.merge(sample.decisions[["unit", "outlet"]], on="unit").query("outlet == 'Gannet'")
    assert set(shown["article"]) == {"Article 0 of number 0.\n\nMore of it.\n\nUpdate\n\nOne boat was found."}


def test_articles_may_lack_titles_but_not_texts():
    tables = run(stories=1)
    tables.articles = tables.articles.drop(columns="title")
    assert set(compare.sample_decisions(tables, 20).units["headline"]) == {""}
    tables.articles = tables.articles.drop(columns="text")
    with pytest.raises(InputError, match="table articles: no column text; give the articles as read_articles returns"):
        compare.sample_decisions(tables, 20)


def test_csv_sheets_guard_what_a_spreadsheet_would_run(tmp_path):
    tables = run(stories=1)
    tables.claims["claim"] = '=HYPERLINK("http://example.org","a")'
    folder = compare.sample_decisions(tables, 20).write(tmp_path / "sheets")
    data = (folder / "coder-1.csv").read_bytes()
    assert b"\r\n" in data
    assert {row["claim"] for row in rows_of(folder / "coder-1.csv")} == {'\'=HYPERLINK("http://example.org","a")'}


def test_filled_sheets_are_never_written_over(tmp_path):
    sample = compare.sample_decisions(run(), 20)
    folder = sample.write(tmp_path / "sheets")
    before = (folder / "coder-1.csv").read_bytes()
    with pytest.raises(InputError, match="holds other files"):
        sample.write(folder)
    assert (folder / "coder-1.csv").read_bytes() == before


def test_more_units_are_needed_for_a_narrower_interval():
    sample = compare.sample_decisions(run(stories=40), 100)
    wide, narrow = (sample.needed(margin).set_index("figure")["units"] for margin in (0.1, 0.05))
    assert (wide < narrow).all()
    assert narrow["recall"] > narrow["carriage rate"]


def test_the_number_needed_is_that_of_simple_random_sampling_where_there_is_one_stratum():
    tables = run(stories=1)
    tables.coverage = pd.DataFrame(
        {"claim_id": [f"c0-{n}" for n in range(2000)], "outlet": "Gannet", "state": "undecided", "probability": 0.4}
    )
    tables.claims = pd.DataFrame({"claim_id": tables.coverage["claim_id"], "story_id": "s0", "claim": "A boat sank."})
    needed = compare.sample_decisions(tables, 100).needed(0.05)
    n = 1.96**2 * 0.24 / 0.05**2
    by_hand = n / (1 + n / 2000)  # Cochran 1977, 4.2
    assert abs(needed.set_index("figure")["units"]["carriage rate"] - by_hand) <= 1


def test_all_are_drawn_where_there_are_no_more():
    sample = compare.sample_decisions(run(stories=1, claims=5), 200)
    assert len(sample.units) == 15
    assert (sample.decisions["sampling_probability"] == 1).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n": 3}, "3 units cannot be enough: the decisions fall into 6 strata"),
        ({"n": 0}, "n is 0: give the number of decisions"),
        ({"coders": 0}, "coders is 0"),
        ({"coders": ["anna", "Anna"]}, "each different"),
        ({"coders": ["../anna"]}, "files are named after them"),
        ({"by": "leaning"}, "no column 'leaning'"),
        ({"overlap": -1}, "overlap is -1"),
    ],
)
def test_what_cannot_be_drawn_is_said(options, message):
    with pytest.raises(InputError) as error:
        compare.sample_decisions(run(), **options)
    assert message in str(error.value)


def test_tables_that_cannot_be_used_are_said():
    tables = run()
    with pytest.raises(InputError, match="coders need the articles"):
        compare.sample_decisions(tables.coverage)
    twice = run()
    twice.coverage = pd.concat([twice.coverage, twice.coverage.head(1)])
    with pytest.raises(InputError, match="claim c0-0 is judged twice at Gannet"):
        compare.sample_decisions(twice)
    alone = run()
    alone.articles = alone.articles[alone.articles["outlet"] != "Orrery"]
    with pytest.raises(InputError, match="no article of Orrery on story s"):
        compare.sample_decisions(alone)
    with pytest.raises(InputError, match="a int holds no decisions"):
        compare.sample_decisions(7)
