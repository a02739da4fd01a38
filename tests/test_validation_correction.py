"""Corrected rates: unbiased where the toolkit is not, with intervals that hold the truth as often as they say."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from coded_runs import run

import compare
from compare.errors import InputError, InputWarning
from compare.validation.accuracy import ratio, weighted
from compare.validation.correction import difference_table, grouped_by, rate_table, with_pseudo_outcomes
from compare.validation.decisions import decisions_of
from compare.validation.record import available_differences
from compare.validation.regression import regress
from compare.validation.sample import draw
from compare.validation.validated import Validation

pytestmark = pytest.mark.slow  # pages, bundles or draws by the hundred: not for the edit loop


def decisions(stories=60, seed=1):
    tables = run(stories=stories, seed=seed)
    table = decisions_of(tables)
    return table.assign(
        carried=[float(tables.truth[key]) for key in zip(table["claim_id"], table["outlet"], strict=True)]
    )


def validated(table, n, seed=1, by=None):
    drawn_from, drawn = draw(table, n, by, np.random.default_rng(seed))
    weighed, _ = weighted(drawn_from.assign(truth=table["carried"].where(drawn)))
    labels = pd.DataFrame({"coder": ["anna"], "unit": ["u1"], "code": ["yes"], "note": [""], "file": [""]})
    return Validation("s", weighed.assign(unit=None), labels)


def test_a_matcher_that_misses_every_second_claim_of_one_outlet_is_corrected():
    table = decisions()
    missed = (table["outlet"] == "Orrery") & (table["carried"] == 1) & (np.arange(len(table)) % 2 == 0)
    table.loc[missed, ["state", "probability"]] = ["omitted", 0.05]
    validation = validated(table, 400, by="outlet")
    rates = compare.corrected_rates(validation).set_index("group")
    truth = table.groupby("outlet")["carried"].mean()
    assert rates.loc["Orrery", "as_decided"] < truth["Orrery"] - 0.15
    assert rates.loc["Orrery", "low"] <= truth["Orrery"] <= rates.loc["Orrery", "high"]
    gap = compare.corrected_differences(validation).set_index(["group", "other"]).loc[("Gannet", "Orrery")]
    assert gap["low"] <= truth["Gannet"] - truth["Orrery"] <= gap["high"]
    assert gap["as_decided"] > gap["high"]


def test_the_correction_is_right_on_average():
    table = decisions(stories=8)
    estimates = []
    for seed in range(400):
        outcomes = with_pseudo_outcomes(validated(table, 60, seed).decisions)
        estimates.append(outcomes.groupby("outlet")["outcome"].mean())
    mean, error = pd.concat(estimates, axis=1).mean(axis=1), pd.concat(estimates, axis=1).std(axis=1) / 20
    truth = table.groupby("outlet")["carried"].mean()
    assert ((mean - truth).abs() < 3.5 * error + 0.005).all()


def test_outlets_that_differ_only_by_the_stories_they_choose_do_not_differ_within_them():
    held, apart = [], []
    for seed in range(20):
        rng = np.random.default_rng([9, seed])
        # Every second story is one of which everybody tells much. Gannet has mostly those, Pennant has all.
        chance = {"Gannet": (0.9, 0.1), "Orrery": (0.1, 0.9), "Pennant": (1, 1), "Sextant": (1, 1)}
        there = [(s, o) for s in range(120) for o, likely in chance.items() if rng.random() < likely[s % 2]]
        rows = pd.DataFrame([(s, o, c) for s, o in there for c in range(6)], columns=["story", "outlet", "claim"])
        rows = rows.sort_values("outlet", kind="stable", ignore_index=True)
        rows["carried"] = (rng.random(len(rows)) < np.where(rows["story"] % 2, 0.3, 0.7)).astype(float)
        missed = rng.random(len(rows)) < np.where(rows["outlet"] == "Pennant", 0.3, 0.05)
        rows["probability"] = np.where((rows["carried"] == 1) & ~missed, 0.95, 0.05)
        rows["state"] = np.where(rows["probability"] > 0.5, "paraphrased", "omitted")
        story, claim = "s" + rows["story"].astype(str), rows["claim"].astype(str)
        validation = validated(rows.assign(story_id=story, claim_id=story + "c" + claim), 300, seed, by="outlet")
        (own, *_), (within, *_) = (
            given.query("group == 'Gannet' and other == 'Pennant'").to_dict("records")
            for given in (compare.corrected_differences(validation), available_differences(validation))
        )
        apart.append(own["low"] > 0)
        held.append(within["low"] <= 0 <= within["high"])
    assert np.mean(apart) > 0.6, "over its own stories Gannet does carry more"
    assert np.mean(held) >= 0.85, "in the same stories it does not; 17 of 20 or more is all but certain if 95 % hold it"


def test_without_errors_the_corrected_difference_within_stories_is_that_of_mantel_and_haenszel():
    # Gannet 2 of 2 and Orrery 1 of 2 in one story, 1 of 1 and 0 of 3 in another; a third has Gannet alone.
    cells = [("s1", "Gannet", [1, 1]), ("s1", "Orrery", [1, 0]), ("s2", "Gannet", [1]), ("s2", "Orrery", [0, 0, 0])]
    rows = [(s, o, c) for s, o, codes in [*cells, ("s3", "Gannet", [0])] for c in codes]
    table = pd.DataFrame(rows, columns=["story_id", "group", "truth"]).assign(
        stratum="all", probability=0.5, state="paraphrased"
    )
    outcomes = with_pseudo_outcomes(weighted(table)[0])
    (row,) = difference_table(outcomes, omitted=False, status="", within=True).to_dict("records")
    # weights 2 * 2 / 4 = 1 and 1 * 3 / 4 = .75, differences .5 and 1
    assert row["estimate"] == pytest.approx((0.5 + 0.75) / 1.75)


def test_a_rate_that_the_correction_puts_below_none_says_so():
    table = decisions(stories=4)
    table[["probability", "state"]] = [0.5, "undecided"]
    # Of Gannet and Pennant 10 are coded, all carried; of Orrery 20, none: too many of the sample's are Orrery's.
    coded = table.groupby("outlet").cumcount() < np.where(table["outlet"] == "Orrery", 20, 10)
    truth = (table["outlet"] != "Orrery").astype(float).where(coded)
    weighed, _ = weighted(table.assign(stratum="all", truth=truth))
    rates = rate_table(grouped_by(with_pseudo_outcomes(weighed), "outlet", None), omitted=False, status="")
    row = rates.set_index("group").loc["Orrery"]
    assert row["estimate"] == 0
    assert "the correction gives -" in row["note"]


def test_omission_is_the_rest_of_carriage():
    validation = validated(decisions(), 200)
    carried, omitted = compare.corrected_rates(validation), compare.corrected_rates(validation, omitted=True)
    assert (carried["estimate"] + omitted["estimate"]).to_list() == pytest.approx([1, 1, 1])
    assert (carried["low"] + omitted["high"]).to_list() == pytest.approx([1, 1, 1])
    one, other = compare.corrected_differences(validation), compare.corrected_differences(validation, omitted=True)
    assert one["estimate"].to_list() == pytest.approx((-other["estimate"]).to_list())


def test_groups_of_outlets():
    validation = validated(decisions(), 200)
    rates = compare.corrected_rates(validation, groups={"Gannet": "coast", "Orrery": "coast", "Pennant": "town"})
    assert rates["group"].to_list() == ["coast", "town"]
    assert rates["decisions"].to_list() == [1440, 720]
    series = pd.Series({"Gannet": "coast", "Orrery": "coast", "Pennant": "town"}, name="region")
    pd.testing.assert_frame_equal(compare.corrected_rates(validation, groups=series), rates)
    table = series.rename_axis("outlet").rename(index={"Gannet": " Gannet "}).reset_index()
    pd.testing.assert_frame_equal(compare.corrected_rates(validation, groups=table), rates)
    with pytest.warns(InputWarning, match="in no group, so left out where groups are compared: .*Orrery"):
        some = compare.corrected_rates(validation, groups={"Gannet": "coast"})
    assert some["decisions"].to_list() == [720]
    with pytest.raises(InputError, match="none of the outlets is in a group"):
        compare.corrected_rates(validation, groups={"Herald": "coast"})
    with pytest.warns(InputWarning), pytest.raises(InputError, match="a difference needs two groups"):
        compare.corrected_differences(validation, groups={"Gannet": "coast"})
    with pytest.raises(InputError, match="no column 'leaning'"):
        compare.corrected_rates(validation, by="leaning")


def test_without_coders_everything_says_not_validated():
    tables = run()
    rates = compare.corrected_rates(tables)
    assert set(rates["status"]) == {"not validated"}
    assert rates["estimate"].to_list() == pytest.approx(rates["as_decided"].to_list())
    assert set(rates["includes"]) == {"stories"}
    assert (rates["note"] == "the toolkit's error is not in this").all()
    assert set(compare.corrected_differences(tables)["status"]) == {"not validated"}


def test_one_story_without_coders_has_no_interval_and_says_so():
    rates = compare.corrected_rates(run(stories=1))
    assert rates[["low", "high"]].isna().all().all()
    assert rates["note"].str.endswith("one story: there is no interval").all()


def test_with_coders_the_status_names_size_alpha_precision_and_recall():
    status = compare.corrected_rates(validated(decisions(), 200))["status"].iloc[0]
    assert status.startswith("validated: 200 of 2,160 decisions coded, alpha unknown, precision 0.9")


def test_one_story_includes_the_coding_only():
    rates = compare.corrected_rates(validated(decisions(stories=1), 20))
    assert set(rates["includes"]) == {"coding"}
    assert set(compare.corrected_rates(validated(decisions(), 200))["includes"]) == {"stories and coding"}


def test_an_outlet_with_too_few_codes_has_no_interval_and_says_so():
    table = decisions()
    drawn_from, drawn = draw(table, 200, None, np.random.default_rng(1))
    drawn &= (table["outlet"] != "Orrery").to_numpy()
    weighed, _ = weighted(drawn_from.assign(truth=table["carried"].where(drawn)))
    rates = rate_table(grouped_by(with_pseudo_outcomes(weighed), "outlet", None), omitted=False, status="x")
    row = rates.set_index("group").loc["Orrery"]
    assert np.isnan(row["low"])
    assert row["note"] == "0 coded units, too few for an interval; code more, or stratify by outlet"
    with pytest.warns(InputWarning, match="in no group"):
        alone = grouped_by(with_pseudo_outcomes(weighed), "outlet", {"Orrery": "alone"})
    assert rate_table(alone, omitted=False, status="x")["low"].isna().all()


def test_a_perfect_toolkit_leaves_the_variance_between_stories():
    table = decisions()
    table["probability"] = table["carried"]
    table["state"] = np.where(table["carried"] == 1, "paraphrased", "omitted")
    validation = validated(table, 200)
    rates = compare.corrected_rates(validation).set_index("group")
    cells = table[table["outlet"] == "Gannet"]
    mean = cells["carried"].mean()
    sums = (cells["carried"] - mean).groupby(cells["story_id"]).sum()
    by_hand = np.sqrt((sums**2).sum() * 60 / 59) / len(cells)
    assert rates.loc["Gannet", "estimate"] == pytest.approx(mean)
    # 2.001: Student's t with 59 degrees of freedom
    assert rates.loc["Gannet", "high"] - mean == pytest.approx(2.001 * by_hand, rel=1e-3)


def test_a_stratified_total_by_hand():
    # Two strata of 10 and 90 decisions; of 5 coded 4 are carried, of 9 coded 1: (8 + 10) / 100.
    table = pd.DataFrame({"stratum": ["a"] * 10 + ["b"] * 90, "probability": 0.5, "truth": np.nan})
    table.loc[:4, "truth"] = [1, 1, 1, 1, 0]
    table.loc[10:18, "truth"] = [1] + [0] * 8
    weighed, _ = weighted(table)
    estimate, low, high, units = ratio(weighed, weighed["truth"].fillna(0).to_numpy(), np.ones(100))
    assert (estimate, units) == (pytest.approx(0.18), 14)
    # 10 * 5 / 5 * .2 + 90 * 81 / 9 * .1111 = 92; the standard error is sqrt(92) / 100 = .096.
    assert 0.04 < low < 0.08
    assert 0.42 < high < 0.50


def test_a_single_code_stands_for_its_own_stratum_alone():
    # The one coded of 1,000 is carried, none of the ten of 100: 1,000 of 1,100, and with one code nobody can be sure.
    strata = ["0.99 to 1.00"] * 1000 + ["0.00 to 0.10"] * 100
    table = pd.DataFrame({"stratum": strata, "probability": [0.99] * 1000 + [0.05] * 100, "truth": np.nan})
    table.loc[0, "truth"] = 1.0
    table.loc[1000:1009, "truth"] = 0.0
    weighed, notes = weighted(table)
    assert notes == [
        "strata 0.00 to 0.10, 0.99 to 1.00 were taken together for the variance: one of them has a single coded unit"
    ]
    estimate, low, high, _ = ratio(weighed, weighed["truth"].fillna(0).to_numpy(), np.ones(1100))
    assert estimate == pytest.approx(1000 / 1100)
    assert (low < 0.2, high > 0.95) == (True, True)
    outcome = with_pseudo_outcomes(weighed)["outcome"]
    assert outcome.mean() == pytest.approx(1000 / 1100)


def test_a_stratum_that_nobody_coded_is_stood_for_by_the_nearest_of_its_outlet():
    strata = ["Gannet: 0.00 to 0.10", "Gannet: 0.50 to 0.80", "Gannet: 0.80 to 0.99", "Orrery: 0.50 to 0.80"]
    probability = np.repeat([0.05, 0.7, 0.9, 0.7], 20)
    table = pd.DataFrame({"stratum": np.repeat(strata, 20), "probability": probability, "truth": np.nan})
    for place, coded in enumerate([4, 0, 4, 4]):
        table.loc[20 * place : 20 * place + coded - 1, "truth"] = 1.0
    weighed, notes = weighted(table)
    assert notes == [f"strata {strata[1]}, {strata[2]} share one weight: one of them has no coded unit"]
    assert weighed.groupby("stratum")["weight"].max().to_list() == [5, 0, 10, 5]
    assert weighed["weight"].sum() == len(table)


def test_regressions_find_what_was_planted():
    rng = np.random.default_rng(4)
    table = decisions(stories=150)
    table["wire"] = rng.integers(0, 2, len(table)).astype(float)
    table["carried"] = (rng.random(len(table)) < np.where(table["wire"] == 1, 0.7, 0.4)).astype(float)
    # The toolkit sees nothing of the difference: it calls half of everything carried.
    table["probability"] = rng.uniform(0, 1, len(table)).round(4)
    table["state"] = np.where(table["probability"] >= 0.5, "paraphrased", "omitted")
    validation = validated(table, 1200)
    linear = validation.regression(["wire"]).set_index("term").loc["wire"]
    assert linear["low"] < 0.3 < linear["high"]
    assert linear["p_value"] < 0.001
    logistic = validation.regression(["wire", "outlet"], "logistic").set_index("term")
    log_odds = np.log(0.7 / 0.3) - np.log(0.4 / 0.6)
    assert logistic.loc["wire", "low"] < log_odds < logistic.loc["wire", "high"]
    assert list(logistic.index) == ["(intercept)", "wire", "outlet_Orrery", "outlet_Pennant"]


def test_a_regression_on_a_dummy_is_the_difference_of_means():
    table = decisions(stories=20).assign(truth=lambda t: t["carried"], stratum="all")
    weighed, _ = weighted(table)
    full = with_pseudo_outcomes(weighed).assign(group="")
    coefficient = regress(full, ["outlet"], "linear", "").set_index("term")["estimate"]
    means = table.groupby("outlet")["carried"].mean()
    assert coefficient["(intercept)"] == pytest.approx(means["Gannet"])
    assert coefficient["outlet_Orrery"] == pytest.approx(means["Orrery"] - means["Gannet"])


def test_a_regression_says_nothing_sure_of_an_outlet_that_nobody_coded():
    table = decisions()
    drawn_from, drawn = draw(table, 200, None, np.random.default_rng(1))
    for uncoded, unknown in (("Pennant", ["outlet_Pennant"]), ("Gannet", ["(intercept)", "outlet_Orrery"])):
        there = drawn & (table["outlet"] != uncoded).to_numpy()
        weighed, _ = weighted(drawn_from.assign(truth=table["carried"].where(there)))
        found = regress(with_pseudo_outcomes(weighed), ["outlet"], "linear", "").set_index("term")
        assert found.loc[unknown, ["low", "high", "p_value"]].isna().all().all()
        assert found.loc[unknown, "note"].str.startswith("0 coded units, too few for an interval").all()
    assert found["low"].isna().all(), "all are compared with Gannet, which nobody coded"


def test_a_regression_takes_no_more_degrees_of_freedom_than_were_coded():
    table = decisions()
    found = validated(table, 30, by=None).regression(["outlet"]).set_index("term").loc["(intercept)"]
    rates = compare.corrected_rates(validated(table, 30, by=None)).set_index("group").loc["Gannet"]
    assert found["estimate"] == pytest.approx(rates["estimate"])
    assert found["high"] - found["low"] == pytest.approx(rates["high"] - rates["low"])
    assert found["note"] == rates["note"]


def test_regressions_that_cannot_be_computed_are_said():
    validation = validated(decisions(), 200)
    traits = pd.DataFrame({"outlet": ["Gannet", "Orrery", "Pennant"], "same": [1.0, 1.0, 1.0]})
    with pytest.raises(InputError, match="say the same or do not vary"):
        validation.regression(["same"], columns=traits)
    with pytest.raises(InputError, match="no column 'other'"):
        validation.regression(["other"])
    with pytest.raises(InputError, match="has missing values"):
        validation.regression(["same"], columns=traits.head(1))
    with pytest.raises(InputError, match="neither claim_id, outlet nor story_id"):
        validation.regression(["same"], columns=traits[["same"]])
    with pytest.raises(InputError, match="family is 'probit'"):
        validation.regression(["outlet"], "probit")


def test_corrected_intervals_hold_the_truth_and_naive_ones_do_not():
    """A small version of benchmarks/validation.py: its margins are those of 60 corpora."""
    path = Path(__file__).parents[1] / "benchmarks" / "validation.py"
    spec = importlib.util.spec_from_file_location("validation_benchmark", path)
    benchmark = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = benchmark
    spec.loader.exec_module(benchmark)
    rng = np.random.default_rng(7)
    offered, within = benchmark.true_available(), benchmark.true_within()
    corpora = [benchmark.one(50, 300, offered, within, rng) for _ in range(60)]
    found = benchmark.table_of(pd.concat(corpora))["hold the truth"]
    assert 0.92 < found["rate", "corrected"] < 0.98
    assert 0.92 < found["rate, available", "corrected"] < 0.98
    assert 0.92 < found["difference", "corrected"] < 0.98
    assert 0.92 < found["difference, within", "corrected"] < 0.98
    assert 0.3 < found["rate", "as decided"] < 0.75
    assert found["no difference", "as decided"] < 0.5
