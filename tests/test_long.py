"""The long form of codes: a row per unit, variable and coder, with the toolkit as a coder."""

from dataclasses import replace

import krippendorff
import numpy as np
import pandas as pd
import pytest
from coded_runs import fill, run

import compare
from compare.errors import InputError
from compare.tables import CODED

TABLES = run(stories=3)
CODES = ("yes", "part", "no", "unsure")


@pytest.fixture(scope="module")
def validation(tmp_path_factory):
    """Two coders who agree on most units; one is unsure of some."""
    sample = compare.sample_decisions(TABLES, 60, overlap=40, coders=["ada", "ben"])
    folder = sample.write(tmp_path_factory.mktemp("coded") / "sheets")
    rng = np.random.default_rng(7)
    right = {unit: "yes" if rng.random() < 0.5 else "no" for unit in sample.units["unit"]}
    sheets = [
        fill(folder, coder, lambda unit: right[unit] if rng.random() < 0.8 else CODES[rng.integers(4)])
        for coder in ("ada", "ben")
    ]
    with pytest.warns(compare.InputWarning):
        return compare.read_sheets(sheets)


def grid(long, coders):
    return long.pivot(index="unit", columns="coder", values="code")[coders]


def test_alpha_of_the_pivoted_codes_is_that_of_the_validation(validation):
    long = compare.to_long(validation)
    assert list(long.columns) == ["doc_id", "unit", "variable", "coder", "code"]
    ratings = grid(long, ["ada", "ben"])
    ours = validation.agreement(draws=0).query("codes == 'all'").set_index("measure")["estimate"]
    numbers = ratings.apply(lambda codes: codes.map({"no": 0.0, "part": 1.0, "yes": 2.0})).to_numpy()
    for level in ("nominal", "ordinal"):
        expected = krippendorff.alpha(numbers.T, level_of_measurement=level)
        assert compare.krippendorff_alpha(ratings, level, draws=0)["estimate"] == pytest.approx(expected)
        assert ours[f"Krippendorff's alpha, {level}"] == pytest.approx(expected)


def test_carried_or_not_follows_the_validation(validation):
    ratings = grid(compare.to_long(validation, "carried"), ["ada", "ben"])
    ours = validation.agreement(draws=0).query("codes == 'carried or not'").set_index("measure")["estimate"]
    assert compare.krippendorff_alpha(ratings, draws=0)["estimate"] == pytest.approx(
        ours["Krippendorff's alpha, nominal"]
    )
    strict = compare.to_long(replace(validation, carried=("yes",)), "carried").query("coder != 'storydiff'")
    part = validation.labels.query("code == 'part'").set_index(["unit", "coder"]).index
    assert len(part) > 0
    assert set(strict.set_index(["unit", "coder"]).loc[part, "code"]) == {"no"}


def test_the_toolkit_codes_every_coded_unit_and_the_unsure_are_missing(validation):
    long = compare.to_long(validation)
    units = set(validation.labels["unit"])
    ours = long[long["coder"] == "storydiff"]
    assert set(ours["unit"]) == units
    assert len(long) == len(validation.labels) + len(units)
    unsure = validation.labels.query("code == 'unsure'")
    missing = long[long["code"].isna()].groupby("coder").size()
    assert missing[["ada", "ben"]].sum() == len(unsure) > 0
    states = validation.decisions.set_index("unit").loc[ours["unit"], "state"]
    pairs = dict(zip(states, ours["code"], strict=True))
    assert (pairs["paraphrased"], pairs["omitted"]) == ("yes", "no")
    assert pd.isna(pairs["undecided"])


def test_documents_are_outlets_versions_or_articles(validation):
    unit = validation.labels["unit"].iat[0]
    decision = validation.decisions.set_index("unit").loc[unit]
    rows = compare.to_long(validation).query("unit == @unit")
    assert set(rows["doc_id"]) == {f"{decision['story_id']}/{decision['outlet']}"}
    assert set(rows["variable"]) == {decision["claim_id"]}
    rows = compare.to_long(validation, articles=TABLES.articles).query("unit == @unit")
    assert set(rows["doc_id"]) == {f"a{decision['story_id'][1:]}-{decision['outlet']}"}
    with pytest.raises(InputError, match=r"^to_long: there is no article of \w+ on story s\d; give all articles\.$"):
        compare.to_long(validation, articles=TABLES.articles.iloc[:1])
    with pytest.raises(InputError, match="articles has no column story_id; give what read_articles gives"):
        compare.to_long(validation, articles=TABLES.articles.drop(columns="story_id"))


STATES = ("verbatim", "paraphrased", "partial", "altered", "omitted", "undecided")
TRACKED = pd.DataFrame(
    {
        "claim_id": ["z", "a"] * 3,
        "article_id": [1, 1, 2, 2, 3, 3],
        "story_id": "quay",
        "outlet": "Gannet",
        "state": STATES,
    }
).astype({"article_id": "str"})


def test_tracked_claims_are_coded_by_article():
    long = compare.to_long(TRACKED)
    assert long["code"].fillna("?").tolist() == ["yes", "yes", "part", "part", "no", "?"]
    assert long["unit"].tolist() == ["1#z", "1#a", "2#z", "2#a", "3#z", "3#a"]
    assert set(long["coder"]) == {"storydiff"}
    assert compare.to_long(TRACKED, "carried")["code"].fillna("?").tolist() == ["yes"] * 4 + ["no", "?"]
    wide = long.pivot(index="doc_id", columns="variable", values="code")
    assert wide.loc["2"].tolist() == ["part", "part"]


def test_a_comparison_brings_its_articles_and_several_do(demo):
    long = compare.to_long(demo)
    assert len(long) == len(demo.coverage)
    assert set(long["doc_id"]) == set(demo.articles["article_id"])
    pd.testing.assert_frame_equal(compare.to_long([demo]), long)
    alone = compare.to_long(demo.coverage)
    assert set(alone["doc_id"]) == set(demo.articles["outlet"])


def test_a_codes_table_is_written_and_read_back(tmp_path):
    long = compare.to_long(TRACKED)
    pd.testing.assert_frame_equal(compare.read_table(compare.write_table(long, tmp_path / "mine.csv")), long)
    assert list(long.columns) == CODED.names


def test_what_cannot_be_put_in_the_long_form_is_refused(validation):
    named = replace(validation, labels=validation.labels.replace({"coder": {"ada": "storydiff"}}))
    for source, values, sentence in [
        (TRACKED, "state", "to_long: values is 'state'; give one of code, carried."),
        (named, "code", "to_long: a coder is called storydiff, as the toolkit is; rename the coder."),
        (
            TRACKED.drop(columns="state"),
            "code",
            "to_long: the table has no column state; give what track_claims gives.",
        ),
        (
            pd.concat([TRACKED, TRACKED]),
            "code",
            "to_long: a claim is judged twice for article 1; keep one row of each.",
        ),
        (7, "code", "a int holds no decisions: give a Comparison or several."),
    ]:
        with pytest.raises(InputError) as error:
            compare.to_long(source, values)
        assert str(error.value) == sentence
