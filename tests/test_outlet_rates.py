"""Rates, intervals, differences and tests, against oracles, by hand, and on corpora whose truth is known."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from outlet_counts import counted, drawn

import compare
from compare.errors import InputError, InputWarning
from compare.outlets import intervals
from compare.outlets import rates as rates_module
from compare.outlets.differences import group_differences, outlet_differences
from compare.outlets.groups import group_labels
from compare.outlets.intervals import bootstrap
from compare.outlets.permutation import adjusted, outlets_test, sign_tests
from compare.outlets.rates import MEASURES, outlets_table, rates_table
from compare.tables import DIFFERENCES, OUTLET_STORIES, OUTLETS, RATES


def record(counts):
    return outlets_table(counts, rates_table(counts)).query("version == 'printed'").set_index("outlet")


def test_a_rate_is_the_sum_of_the_parts_by_the_sum_of_the_wholes():
    counts = counted([("s1", "Gannet", 10, 5), ("s2", "Gannet", 30, 27), ("s1", "Orrery", 8, 2)])
    found = record(counts)
    assert list(found.reset_index()) == OUTLETS.names
    assert found.loc["Gannet", ["stories", "claims", "carried", "omitted"]].tolist() == [2, 40, 32, 8]
    assert found.loc["Gannet", ["rate", "omission"]].tolist() == [0.8, 0.2]
    rates = rates_table(counts)
    assert list(rates) == RATES.names
    assert len(rates) == 2 * 2 * len(MEASURES)
    selection = rates.query("measure == 'selection' and version == 'printed'").set_index("outlet")
    assert selection["rate"].to_dict() == {"Gannet": 1.0, "Orrery": 0.5}
    assert not rates["validated"].any()


def test_every_measure_is_made_of_columns_that_the_counts_have():
    made_up = {"covered", "all"}
    assert {name for one in MEASURES.values() for name in one[:2]} - made_up <= set(OUTLET_STORIES.names)


def test_intervals_are_those_of_scipy_where_stories_are_many(monkeypatch):
    from scipy import stats

    rng = np.random.default_rng(3)
    whole = rng.integers(5, 40, size=60).astype(float)
    part = rng.binomial(whole.astype(int), rng.beta(8, 2, size=60)).astype(float)
    monkeypatch.setattr(intervals, "_reach", lambda equal: np.full(len(equal), stats.norm.ppf(0.975)))
    found = bootstrap(part[:, None], whole[:, None], draws=20_000)
    theirs = stats.bootstrap(
        (part, whole),
        lambda a, b, axis: a.sum(axis=axis) / b.sum(axis=axis),
        paired=True,
        n_resamples=20_000,
        method="BCa",
        rng=4,
    ).confidence_interval
    width = theirs.high - theirs.low
    assert found.low[0] == pytest.approx(theirs.low, abs=0.03 * width)
    assert found.high[0] == pytest.approx(theirs.high, abs=0.03 * width)


def test_intervals_of_few_stories_reach_out_further():
    from scipy import stats

    few, many = (intervals._reach(np.array([stories]))[0] for stories in (10, 10_000))
    assert few == pytest.approx(stats.t.ppf(0.975, 9) * np.sqrt(10 / 9))
    assert many == pytest.approx(1.96, abs=0.001)
    # One story of a thousand claims beside nine of one tells hardly more than one story.
    whole = np.array([[1000.0], *[[1.0]] * 9])
    (warning,) = bootstrap(whole * np.linspace(0.1, 0.9, 10)[:, None], whole).warning
    assert "they tell no more than 1.0 of one size" in warning
    assert intervals._reach(np.array([1.0]))[0] > 10


def test_an_interval_holds_its_rate_though_one_story_outweighs_all_others():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        whole = rng.integers(1, 5, size=(30, 1)).astype(float)
        whole[0] = 1000
        found = bootstrap(rng.binomial(whole.astype(int), 0.5).astype(float), whole, draws=500, seed=seed)
        assert found.low[0] < found.rate[0] < found.high[0]
        assert found.high[0] - found.low[0] > 0.15, "of 30 stories one tells nearly all"
        assert found.warning[0].startswith("30 stories of so uneven size that they tell no more than 1.")


@pytest.mark.parametrize("carried", [0, 4])
def test_if_nothing_differs_the_interval_is_that_of_clopper_and_pearson_over_stories(carried):
    from scipy import stats

    counts = counted([(f"s{story}", "Gannet", 4, carried) for story in range(12)])
    row = record(counts).loc["Gannet"]
    theirs = stats.binomtest(12 if carried else 0, 12).proportion_ci(method="exact")
    assert row["rate"] == (1 if carried else 0)
    assert (row["low"], row["high"]) == (pytest.approx(theirs.low, abs=1e-6), pytest.approx(theirs.high, abs=1e-6))
    assert row["warning"].startswith("the same in all 12 stories: interval after Clopper & Pearson over stories")


@pytest.mark.parametrize(
    ("rows", "warning", "has_rate", "has_interval"),
    [
        ([("s1", 5, 2)], "one story: no interval", True, False),
        ([("s1", 0, 0), ("s2", 0, 0)], "nothing to count", False, False),
        ([("s1", 4, 2), ("s2", 4, 2)], "the same in every story: no interval", True, False),
        ([("s1", 5, 2), ("s2", 5, 4), ("s3", 9, 2)], "3 stories: the interval is too narrow", True, True),
        ([(f"s{n}", 5 + n % 3, n % 4) for n in range(12)], "", True, True),
    ],
)
def test_what_is_missing_or_says_little_is_said(rows, warning, has_rate, has_interval):
    row = record(counted([(story, "Gannet", claims, carried) for story, claims, carried in rows])).loc["Gannet"]
    assert row["warning"] == warning
    assert pd.notna(row["rate"]) is has_rate
    assert (pd.notna(row["low"]), pd.notna(row["high"])) == (has_interval, has_interval)


def test_an_outlet_that_carries_nothing_has_no_prominence_and_is_said_to():
    row = record(counted([(f"s{n}", "Gannet", 5, 0) for n in range(12)])).loc["Gannet"]
    assert np.isnan(row["prominence"])
    assert "; prominence: nothing to count" in row["warning"]


def test_a_mean_that_is_no_proportion_gets_no_interval_where_nothing_differs():
    counts = counted([(f"s{n}", "Gannet", 5, 3) for n in range(12)])
    counts["prominence_sum"] = counts["placed"].astype(float)  # all of it in the lead
    (row,) = rates_table(counts).query("measure == 'prominence' and version == 'printed'").to_dict("records")
    assert (row["rate"], row["warning"]) == (1.0, "the same in every story: no interval")
    assert np.isnan(row["low"])


def test_no_figure_is_missing_without_a_warning():
    tables = [
        rates_table(drawn(1, 8, (0.2, 0.6), covers=0.4)),
        outlet_differences(drawn(1, 8, (0.2, 0.6, 0.5), covers=0.3)),
    ]
    for table, names in zip(tables, (["rate", "low", "high"], ["difference", "low", "high", "p_value"]), strict=True):
        missing = table[names].isna().any(axis=1)
        assert missing.any()
        assert (table.loc[missing, "warning"] != "").all()


@pytest.mark.medium
def test_the_same_seed_gives_the_same_figures():
    counts = drawn(5, 30, (0.4, 0.5))
    pd.testing.assert_frame_equal(rates_table(counts, seed=1), rates_table(counts, seed=1))
    assert not rates_table(counts, seed=1)["low"].equals(rates_table(counts, seed=2)["low"])


@pytest.mark.medium
def test_an_outlet_is_not_changed_by_another_that_comes_in():
    two = rates_table(drawn(5, 30, (0.4, 0.5))).query("outlet == 'outlet 0' and measure == 'carriage'")
    more = counted([(f"s{n}", "late", 5, n % 5) for n in range(30)])
    both = rates_table(pd.concat([drawn(5, 30, (0.4, 0.5)), more], ignore_index=True))
    both = both.query("outlet == 'outlet 0' and measure == 'carriage'")
    pd.testing.assert_frame_equal(two.reset_index(drop=True), both.reset_index(drop=True))


def test_a_difference_is_taken_within_the_stories_that_both_have():
    # Orrery covers the stories of which more is carried; where both are, Gannet carries more.
    counts = counted(
        [
            ("s1", "Gannet", 10, 4),
            ("s2", "Gannet", 10, 1),
            ("s1", "Orrery", 30, 9),
            ("s3", "Orrery", 10, 10),
            ("s4", "Orrery", 10, 10),
            ("s4", "Gannet", 0, 0),
        ]
    )
    (row,) = outlet_differences(counts).to_dict("records")
    assert list(row) == DIFFERENCES.names
    assert (row["one"], row["other"], row["stories"]) == ("Gannet", "Orrery", 1)
    assert (row["rate_one"], row["rate_other"], row["difference"]) == (0.4, 0.3, pytest.approx(0.1))
    assert row["warning"] == "one story: no interval; they differ in fewer than 6 stories: no test"


def test_stories_are_put_together_after_mantel_and_haenszel():
    counts = counted([("s1", "A", 10, 5), ("s1", "B", 30, 9), ("s2", "A", 20, 18), ("s2", "B", 5, 2)])
    weights = np.array([10 * 30 / 40, 20 * 5 / 25])
    by_hand = np.average([5 / 10 - 9 / 30, 18 / 20 - 2 / 5], weights=weights)
    assert outlet_differences(counts)["difference"][0] == pytest.approx(by_hand, abs=1e-6)


def test_the_pair_test_is_that_of_all_exchanges():
    part = np.array([3.0, 1.0, 2.0, -0.5, 1.5, 0.25])
    sums = np.array([part @ signs for signs in product([-1, 1], repeat=6)])
    exact = (np.abs(sums) >= abs(part.sum()) - 1e-9).mean()
    assert sign_tests(part[:, None], seed=0)[0] == pytest.approx(exact, abs=0.015)


def test_whole_outlets_are_exchanged_in_every_way():
    # Four outlets in one story each other shares: A and B carry .9 and .8, C and D .2 and .1.
    part = np.tile([9.0, 8.0, 2.0, 1.0], (30, 1))
    whole = np.full((30, 4), 10.0)
    members = np.array([[True, True, False, False], [False, False, True, True]])
    assert outlets_test(part, whole, members, seed=0) == (pytest.approx(2 / 6), pytest.approx(2 / 6))


def test_tests_that_could_not_be_made_are_no_members_of_the_family():
    assert adjusted(np.array([0.01, np.nan, 0.04])) == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert np.isnan(adjusted(np.full(3, np.nan))).all()
    assert adjusted(np.zeros(0)).shape == (0,)


def test_the_family_is_named_and_counted():
    table = outlet_differences(drawn(2, 40, (0.4, 0.5, 0.6)), ["carriage", "omission"], version="collapsed")
    assert set(table["family"]) == {"pairs of outlets: carriage, omission; collapsed"}
    assert set(table["tests"]) == {6}
    assert (table["q_value"] >= table["p_value"]).all()


@pytest.mark.slow
def test_intervals_cover_the_truth(monkeypatch):
    monkeypatch.setattr(rates_module, "MEASURES", {"carriage": MEASURES["carriage"]})  # no other is looked at
    rates = np.array([0.35, 0.5, 0.6])
    held, held_differences = [], []
    for seed in range(120):
        counts = drawn(seed, 40, rates)
        found = (
            rates_table(counts, seed=seed).query("measure == 'carriage' and version == 'printed'").sort_values("outlet")
        )
        held += ((found["low"] <= rates) & (found["high"] >= rates)).tolist()
        truth = dict(zip(found["outlet"], rates, strict=True))
        pairs = outlet_differences(counts, seed=seed)
        true = pairs["one"].map(truth) - pairs["other"].map(truth)
        held_differences += ((pairs["low"] <= true) & (pairs["high"] >= true)).tolist()
    assert 0.92 <= np.mean(held) <= 0.98
    assert 0.92 <= np.mean(held_differences) <= 0.98


@pytest.mark.slow
def test_no_more_is_found_than_there_is():
    from scipy import stats

    p_values, p_groups, false = [], [], 0
    for seed in range(120):
        counts = drawn(seed + 1000, 20, (0.5, 0.5, 0.5, 0.5))
        table = outlet_differences(counts, seed=seed)
        false += (table["q_value"] <= 0.05).any()
        p_values.append(table["p_value"][0])
        groups = {"outlet 0": "a", "outlet 1": "b", "outlet 2": "a", "outlet 3": "b"}
        p_groups.append(group_differences(counts, groups, seed=seed)["p_value"][0])
    assert false <= 120 * 0.05 + 5
    p_values = np.array(p_values)  # nan where the two have too few stories in common
    assert np.isfinite(p_values).sum() > 100
    assert stats.kstest(p_values[np.isfinite(p_values)], "uniform").pvalue > 0.01
    assert stats.kstest(p_groups, "uniform").pvalue > 0.01


def copies_against_independents(rng, stories):
    """Five outlets that always run one text against five that write their own: no group differs."""
    claims = 10
    carried = rng.binomial(claims, rng.beta(4, 4, size=(stories, 10)))
    carried[:, :5] = carried[:, :1]
    counts = counted([(f"s{s}", f"o{n}", claims, carried[s, n]) for s in range(stories) for n in range(10)])
    copied = (counts["version"] == "collapsed") & counts["outlet"].isin([f"o{n}" for n in range(5)])
    counts.loc[copied, "copies"] = 5
    return counts, {f"o{n}": "copies" if n < 5 else "own" for n in range(10)}


def erratic_against_steady(rng, stories):
    """One outlet that carries now much, now little, against five that always carry about half."""
    rates = np.hstack([rng.beta(1.5, 1.5, size=(stories, 1)), rng.beta(15, 15, size=(stories, 5))])
    carried = rng.binomial(10, rates)
    counts = counted([(f"s{s}", f"o{n}", 10, carried[s, n]) for s in range(stories) for n in range(6)])
    return counts, {f"o{n}": "steady" if n else "erratic" for n in range(6)}


@pytest.mark.slow
@pytest.mark.parametrize("corpus", [copies_against_independents, erratic_against_steady])
def test_groups_whose_outlets_vary_unlike_are_not_told_apart(corpus):
    p_values = []
    for seed in range(150):
        counts, groups = corpus(np.random.default_rng(seed), 20)
        p_values.append(group_differences(counts, groups, version="collapsed", seed=seed)["p_value"][0])
    assert np.mean(np.array(p_values) <= 0.05) <= 0.09


def test_outlets_that_share_their_texts_are_not_permuted_as_if_independent():
    counts, groups = copies_against_independents(np.random.default_rng(0), 20)
    for version in ("printed", "collapsed"):
        (row,) = group_differences(counts, groups, version=version).to_dict("records")
        assert np.isnan(row["p_outlets"])
        assert "share most of their texts with others of their group" in row["warning"]
    # With a text in common in some stories they are.
    counts.loc[counts["story_id"].isin([f"s{n}" for n in range(10)]), "copies"] = 1
    assert group_differences(counts, groups)["p_outlets"].notna().all()


def test_what_outlets_choose_is_not_divided_among_copies():
    # All ten outlets have story s1, where five run the agency's text; s0 these five do not have.
    counts, groups = copies_against_independents(np.random.default_rng(0), 2)
    counts = counts[(counts["story_id"] == "s1") | (groups_of(counts, groups) == "own")]
    counts["wire"] = (groups_of(counts, groups) == "copies").astype(int)
    table = group_differences(counts, groups, ["selection", "wire"], version="collapsed").set_index("measure")
    assert set(table["one"]) == {next(iter(groups.values()))} == {"copies"}, "the group that is named first"
    assert table.loc["selection", ["rate_one", "rate_other"]].tolist() == [0.5, 1.0]
    assert table.loc["wire", ["rate_one", "rate_other"]].tolist() == [1.0, 0.0]
    mixed = {**groups, "o9": "copies"}  # five articles of six are copies, though of two texts one
    table = group_differences(counts[counts["story_id"] == "s1"], mixed, ["wire"], version="collapsed")
    assert table["rate_one"][0] == pytest.approx(5 / 6)


def groups_of(counts, groups):
    return counts["outlet"].map(groups)


def test_too_few_stories_give_no_test_and_do_not_count_in_the_family():
    few = [(f"s{n}", outlet, 10, carried) for n in range(3) for outlet, carried in (("A", 9), ("B", 1))]
    many = [(f"t{n}", outlet, 10, n % 3 + more) for n in range(6) for outlet, more in (("B", 5), ("C", 0))]
    table = outlet_differences(counted(few + many)).set_index(["one", "other"])
    assert np.isnan(table.loc[("A", "B"), "p_value"])
    assert table.loc[("A", "B"), "warning"].endswith("they differ in fewer than 6 stories: no test")
    assert table.loc[("B", "C"), "p_value"] == pytest.approx(2 / 2**6, abs=0.006)
    assert set(table["tests"]) == {1}
    assert table.loc[("B", "C"), "q_value"] == table.loc[("B", "C"), "p_value"]


def test_one_difference_is_found_in_a_large_family():
    parts = np.random.default_rng(0).choice([-1.0, 1.0], size=(30, 800))
    parts[:, 0] = 1  # the least p-value is 2 / 2 ** 30
    q = adjusted(sign_tests(parts, seed=0))
    assert q[0] < 0.02
    assert (q[1:] > 0.05).all()


def test_a_difference_that_is_there_is_found():
    table = outlet_differences(drawn(7, 150, (0.4, 0.4, 0.55)))
    found = {frozenset((row["one"], row["other"])) for row in table.query("q_value <= .05").to_dict("records")}
    assert found == {frozenset(("outlet 0", "outlet 2")), frozenset(("outlet 1", "outlet 2"))}


def test_groups_come_as_a_mapping_a_series_or_a_column():
    counts = drawn(3, 40, (0.3, 0.35, 0.6, 0.65))
    leaning = {"outlet 0": "north", "outlet 1": "north", "outlet 2": "south", "outlet 3": "south"}
    column = pd.DataFrame({"outlet": [*leaning] * 2, "leaning": [*leaning.values()] * 2})
    given = [leaning, pd.Series(leaning, name="leaning"), column]
    tables = [group_differences(counts, groups) for groups in given]
    assert [table["family"][0] for table in tables] == [
        "group: carriage; printed",
        "leaning: carriage; printed",
        "leaning: carriage; printed",
    ]
    for table in tables:
        (row,) = table.drop(columns="family").to_dict("records")
        assert {row["one"], row["other"]} == {"north", "south"}
        assert row["high"] < 0 or row["low"] > 0
        assert row["p_value"] < 0.001
        assert row["p_outlets"] == pytest.approx(1 / 3)
        assert row["warning"] == "too few outlets to speak of such outlets in general (p_outlets is at least 0.33)"


def test_a_group_of_one_is_said_to_be_one():
    counts = drawn(3, 40, (0.3, 0.35, 0.6))
    (row,) = group_differences(counts, {"outlet 0": "a", "outlet 1": "a", "outlet 2": "b"}).to_dict("records")
    assert "group 'b' has one outlet" in row["warning"]


def test_copies_share_the_weight_of_one():
    counts = counted(
        [("s1", "Gannet", 10, 9), ("s1", "Orrery", 10, 9), ("s1", "Ledger", 10, 3), ("s1", "Herald", 10, 5)]
    )
    counts.loc[(counts["version"] == "collapsed") & counts["outlet"].isin(["Gannet", "Orrery"]), "copies"] = 2
    groups = {"Gannet": "a", "Orrery": "a", "Ledger": "a", "Herald": "b"}
    printed, collapsed = (
        group_differences(counts, groups, version=version).to_dict("records")[0] for version in ("printed", "collapsed")
    )
    assert printed["rate_one"] == pytest.approx(21 / 30)
    assert collapsed["rate_one"] == pytest.approx(12 / 20)


def test_names_that_no_outlet_has_are_said():
    groups = {"Ledger": "b", "Ghost": "b", "Orrery": "a", "Pilar Post": "b", "gannet": "a"}
    with pytest.warns(InputWarning) as caught:
        group_labels(groups, ["Pillar Post", "Ledger", "Orrery", "Gannet"])
    assert [str(one.message) for one in caught] == [
        "groups name outlets that are not among these: 'Ghost', 'Pilar Post' (did you mean 'Pillar Post'?), "
        "'gannet' (did you mean 'Gannet'?).",
        "in no group, so left out where groups are compared: Pillar Post, Gannet.",
    ]
    with pytest.raises(InputError) as error:
        group_labels({"Ledger": "a", "Pilar Post": "b"}, ["Pillar Post", "Ledger"])
    assert str(error.value) == (
        "all outlets are in one group ('a'); a comparison needs two; there are no outlets "
        "'Pilar Post' (did you mean 'Pillar Post'?)."
    )


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({"Herald": "a"}, "none of the outlets is in a group; they are outlet 0, outlet 1, outlet 2."),
        (
            dict.fromkeys(["outlet 0", "outlet 1", "outlet 2"], "a"),
            "all outlets are in one group ('a'); a comparison needs two.",
        ),
        (
            pd.DataFrame({"outlet": ["outlet 0", "outlet 0"], "leaning": ["a", "b"]}),
            "outlet 'outlet 0' is in two groups ('a' and 'b'); give it one.",
        ),
        (
            pd.DataFrame({"outlet": ["outlet 0"], "leaning": ["a"], "country": ["b"]}),
            "groups as a table need the column outlet and one other, such as articles[['outlet', 'leaning']]; "
            "this one has outlet, leaning, country.",
        ),
        (["outlet 0"], "groups are a list: give a mapping of outlets to groups."),
    ],
)
def test_groups_that_cannot_be_used_are_refused(groups, said):
    with pytest.raises(compare.InputError) as error:
        group_differences(drawn(3, 10, (0.3, 0.4, 0.5), covers=1), groups)
    assert str(error.value) == said


def test_outlets_without_a_group_are_left_out_with_a_warning():
    counts = drawn(3, 20, (0.3, 0.35, 0.6), covers=1)
    with pytest.warns(compare.InputWarning, match="in no group, so left out where groups are compared: outlet 1"):
        table = group_differences(counts, {"outlet 0": "a", "outlet 1": None, "outlet 2": "b"})
    assert table["rate_one"][0] == pytest.approx(record(counts)["rate"]["outlet 0"])


def test_a_single_outlet_has_no_differences():
    with pytest.raises(compare.InputError, match=r"^there is only one outlet, 'Gannet'; a comparison needs two"):
        outlet_differences(counted([("s1", "Gannet", 5, 2), ("s2", "Gannet", 5, 3)]))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"measures": ["carriege"]}, "there is no measure 'carriege'; there are carriage, omission, "),
        ({"measures": "carriage"}, r"measures is 'carriage': give a list of names, such as \['carriage'\]"),
        ({"version": "raw"}, "there is no version 'raw'; there are printed and collapsed"),
    ],
)
def test_unknown_measures_and_versions_are_refused(options, said):
    with pytest.raises(compare.InputError, match=said):
        outlet_differences(drawn(3, 5, (0.3, 0.4)), **options)
