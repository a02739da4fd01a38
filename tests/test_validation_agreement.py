"""Agreement: published worked examples, another implementation, and what is undefined says so."""

import itertools
import math

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare import krippendorff_alpha
from compare.errors import InputError
from compare.validation.agreement import agreement_table

N = None
# Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section C: four observers, twelve units.
OBSERVERS = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        "C": [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    }
)
LEVELS = {
    "nominal": 0.743421052631579,
    "ordinal": 0.815387503754881,
}


@pytest.mark.parametrize("level", LEVELS)
def test_the_published_example(level):
    found = krippendorff_alpha(OBSERVERS, level)
    assert found["estimate"] == pytest.approx(LEVELS[level], abs=1e-9)
    published = {"nominal": 0.743, "ordinal": 0.815}[level]
    assert round(found["estimate"], 3) == published
    package = krippendorff.alpha(OBSERVERS.T.to_numpy(dtype=float), level_of_measurement=level)
    assert found["estimate"] == pytest.approx(package, abs=1e-9)
    assert found["low"] < found["estimate"] < found["high"] <= 1
    assert found["units"] == 11


CODES = st.lists(st.lists(st.sampled_from([1, 2, 3, 4, math.nan]), min_size=3, max_size=3), min_size=2, max_size=12)


@given(CODES, st.sampled_from(list(LEVELS)))
def test_it_equals_the_krippendorff_package(codes, level):
    ratings = pd.DataFrame(codes, columns=list("abc"))
    found = krippendorff_alpha(ratings, level, draws=0)
    pairable = ratings[ratings.notna().sum(axis=1) > 1]
    values = pairable.to_numpy()
    if len(np.unique(values[~np.isnan(values)])) < 2:
        assert math.isnan(found["estimate"])
        assert found["note"].startswith("undefined")
    else:
        package = krippendorff.alpha(ratings.T.to_numpy(), level_of_measurement=level)
        assert found["estimate"] == pytest.approx(package, abs=1e-9)


def brute_alpha(ratings):
    """By definition: 1 less the disagreement within units over that of all pairs of codes."""
    units = [[c for c in row if c is not None] for row in ratings.to_numpy(dtype=object).tolist()]
    units = [unit for unit in units if len(unit) > 1]
    codes = list(itertools.chain(*units))
    within = sum(sum(a != b for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    among = sum(a != b for a, b in itertools.permutations(codes, 2)) / (len(codes) - 1)
    return 1 - within / among


def test_it_equals_the_definition():
    ratings = pd.DataFrame({"a": list("ynynpy"), "b": ["y", "n", "n", "n", "p", None]}, dtype=object)
    ratings = ratings.where(ratings.notna(), None)
    assert krippendorff_alpha(ratings)["estimate"] == pytest.approx(brute_alpha(ratings))


def coded(*columns):
    kind = pd.CategoricalDtype(["no", "part", "yes"], ordered=True)
    names = [f"coder-{number}" for number in range(1, len(columns) + 1)]
    return pd.DataFrame(dict(zip(names, columns, strict=True))).astype(kind)


def figures(ratings, **options):
    return agreement_table(ratings, carried=("yes", "part"), **options).set_index(["measure", "codes"])


def test_kappa_of_a_table_of_twenty_and_fifteen():
    # 50 units: both yes 20, both no 15, first yes only 5, second yes only 10: p_o .7, p_e .5, kappa .4.
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    table = figures(coded(first, second))
    assert table.loc[("percent agreement", "all"), "estimate"] == pytest.approx(0.7)
    kappa = table.loc[("Cohen's kappa", "all")]
    assert kappa["estimate"] == pytest.approx(0.4)
    # Between its asymptotic limits .14 and .66 (Fleiss, Cohen & Everitt 1969), give or take.
    assert kappa["low"] == pytest.approx(0.14, abs=0.04)
    assert kappa["high"] == pytest.approx(0.66, abs=0.04)


def test_a_half_step_is_a_smaller_disagreement_where_codes_are_ordered():
    table = figures(coded(["yes", "part", "no", "yes", "no"], ["part", "yes", "no", "yes", "no"]))
    alphas = table["estimate"]
    assert alphas["Krippendorff's alpha, ordinal", "all"] > alphas["Krippendorff's alpha, nominal", "all"]
    assert alphas["Krippendorff's alpha, nominal", "carried or not"] == pytest.approx(1)


def test_three_coders_have_a_kappa_for_each_pair():
    table = agreement_table(coded(["yes", "no"], ["yes", "no"], ["no", "no"]), carried=("yes",), draws=50)
    pairs = table[(table["measure"] == "Cohen's kappa") & (table["codes"] == "all")]["coders"].tolist()
    assert pairs == ["coder-1, coder-2", "coder-1, coder-3", "coder-2, coder-3"]


def test_the_same_seed_gives_the_same_interval():
    ratings = coded(["yes", "no", "part", "no", "yes"] * 4, ["yes", "no", "no", "no", "part"] * 4)
    pd.testing.assert_frame_equal(figures(ratings, seed=3), figures(ratings, seed=3))


@pytest.mark.parametrize(
    ("ratings", "note"),
    [
        (coded(["yes", "no"]), "undefined: one coder only"),
        (coded(["yes", None], [None, "no"]), "undefined: no unit was coded by two coders"),
        (coded(["no", "no"], ["no", "no"]), "undefined: all codes are the same"),
    ],
)
def test_what_is_undefined_says_why(ratings, note):
    table = figures(ratings)
    alpha = table.loc[("Krippendorff's alpha, nominal", "all")]
    assert math.isnan(alpha["estimate"])
    assert alpha["note"].startswith(note)
    missing = table[table["estimate"].isna()]
    assert (missing["note"] != "").all()
    if "same" in note:
        assert table.loc[("percent agreement", "all"), "estimate"] == 1


def test_bootstrap_samples_without_variation_are_counted():
    alpha = krippendorff_alpha(coded(["no"] * 9 + ["yes"], ["no"] * 10))
    assert alpha["note"].endswith("bootstrap samples had one code only and were left out")


def test_a_level_that_there_is_not_is_refused():
    with pytest.raises(InputError, match="level is 'rank'"):
        krippendorff_alpha(OBSERVERS, "rank")


def test_no_disagreement_in_eight_units_is_not_certain_agreement():
    same = pd.Categorical(["yes", "no"] * 4, categories=["no", "part", "yes"], ordered=True)
    found = agreement_table(pd.DataFrame({"anna": same, "ben": same}), carried=["yes", "part"])
    assert (found["estimate"] == 1).all()
    percent = found[found["measure"] == "percent agreement"]
    # .631: of so many, eight out of eight agree once in forty times
    assert percent["low"].to_list() == pytest.approx([0.6306, 0.6306], abs=1e-4)
    assert (percent["high"] == 1).all()
    others = found.drop(percent.index)
    assert others[["low", "high"]].isna().all().all()
    assert set(others["note"]) == {"no disagreement seen in 8 units: no interval"}
    assert math.isnan(krippendorff_alpha(pd.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3]}))["low"])
