import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from coded_runs import fill

import compare
from compare import InputError, MissingExtraError
from compare.outlets.omission import omission_table
from compare.report.figures.estimates import coefficient_plot, coefficient_rows
from compare.tables import CLAIM_TRAITS, OMISSION_MODEL

pytest.importorskip("statsmodels")

GROUPS = {"A": "left", "B": "left", "C": "right", "D": "right"}


def drawn(
    seed=0, *, stories=60, outlets="ABCD", money=0.8, official=-0.6, right=0.0, skew=(0.0, 0.0, 0.0, 0.0), size=15
):
    """Decisions whose odds to be omissions have known logarithms; of `right` more for C and D on officials."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(stories):
        bridge = 0.85
        uniform = rng.random()
        # Drawn from a bridge distribution, so that the log odds over all stories are linear too (Wang & Louis 2003).
        effect = np.log(np.sin(bridge * np.pi * uniform) / np.sin(bridge * np.pi * (1 - uniform))) / bridge
        for claim in range(size):
            has = {"money": rng.random() < 0.3, "official": rng.random() < 0.4, "words": int(5 + rng.poisson(10))}
            for outlet, own in zip(outlets, skew, strict=False):
                log_odds = own + money * has["money"] + (official + right * (outlet in "CD")) * has["official"]
                omitted = rng.random() < 1 / (1 + np.exp(-(log_odds / bridge + effect)))
                decision = "omitted" if omitted else "carried"
                rows.append({"story_id": f"s{number}", "claim_id": f"{number}-{claim}", "outlet": outlet} | has)
                rows[-1] |= {"decision": decision}
    return table_of(rows)


def table_of(rows):
    table = pd.DataFrame(rows)
    table = table.assign(version="printed", available=table.get("available", True))
    return CLAIM_TRAITS.frame(table.assign(**{c.name: False for c in CLAIM_TRAITS.columns if c.name not in table}))


def traits_of(table, group=""):
    return table[(table["kind"] == "trait") & (table["group"] == group)].set_index("term")


def test_planted_effects_are_found_and_nothing_else():
    table = omission_table(drawn(), traits=["money", "official", "words"])
    assert list(table) == OMISSION_MODEL.names
    assert table["kind"].tolist() == ["trait"] * 3 + ["outlet"] * 4
    rows = traits_of(table)
    for name, planted in {"money": 0.8, "official": -0.6, "words": 0.0}.items():
        assert rows.loc[name, "low"] < planted < rows.loc[name, "high"]
    assert rows.loc["money", "q_value"] < 0.001
    assert rows.loc["words", "q_value"] > 0.05
    assert rows.loc["words", "step"] == pytest.approx(2 * 10**0.5, rel=0.1)
    assert rows["step"].tolist()[:2] == [1, 1]
    np.testing.assert_allclose(rows["odds_ratio"], np.exp(rows["log_odds"]), rtol=1e-5)
    assert not table["validated"].any()
    assert (table["warning"] == "").all()


def test_percentage_points_are_the_mean_change_of_the_share_left_out():
    claims = drawn(stories=300, official=0.0)
    row = traits_of(omission_table(claims, traits=["money"])).loc["money"]
    shares = claims.assign(out=claims["decision"] == "omitted").groupby("money")["out"].mean() * 100
    assert row["points"] == pytest.approx(shares[True] - shares[False], abs=1.5)
    assert row["points_low"] < row["points"] < row["points_high"]


def test_outlets_are_set_against_their_mean():
    table = omission_table(drawn(stories=150, skew=(0.6, 0.2, -0.2, -0.6)), traits=["money"])
    outlets = table[table["kind"] == "outlet"].set_index("term")
    assert outlets["log_odds"].sum() == pytest.approx(0, abs=1e-5)
    assert outlets["points"].sum() == pytest.approx(0, abs=1e-3)
    for name, planted in zip("ABCD", (0.6, 0.2, -0.2, -0.6), strict=True):
        assert outlets.loc[name, "low"] < planted < outlets.loc[name, "high"]


def test_a_group_that_leaves_out_officials_more_is_told_from_the_other():
    table = omission_table(drawn(seed=3, stories=120, right=1.0), GROUPS, traits=["money", "official"])
    left, right = traits_of(table, "left"), traits_of(table, "right")
    assert left.loc["official", "low"] < -0.6 < left.loc["official", "high"]
    assert right.loc["official", "low"] < 0.4 < right.loc["official", "high"]
    between = table[table["kind"] == "interaction"].set_index("term")
    assert between[["group", "other"]].drop_duplicates().to_numpy().tolist() == [["left", "right"]]
    assert between.loc["official", "log_odds"] == pytest.approx(
        left.loc["official", "log_odds"] - right.loc["official", "log_odds"], abs=1e-5
    )
    assert between.loc["official", "high"] < 0 < between.loc["official", "odds_ratio"] < 1
    assert between.loc["official", "points_high"] < 0
    assert between.loc["money", "low"] < 0 < between.loc["money", "high"]
    assert set(table["family"]) == {
        "omission: traits by group; printed",
        "omission: differences of traits by group; printed",
        "omission: outlets; printed",
    }
    assert between["tests"].tolist() == [2, 2]


def test_a_group_of_one_outlet_is_said_to_be_one():
    table = omission_table(drawn(stories=20), {"A": "one", "B": "two", "C": "two", "D": "two"}, traits=["money"])
    warning = table[table["kind"] == "interaction"]["warning"].tolist()
    assert warning == ["group 'one' has one outlet"]


@pytest.mark.slow
def test_intervals_hold_what_was_planted_and_alarms_are_rare():
    held, alarms = [], []
    for seed in range(60):
        rows = traits_of(omission_table(drawn(seed, stories=25, size=8), traits=["money", "official", "words"]))
        planted = pd.Series({"money": 0.8, "official": -0.6, "words": 0.0})
        held.append((rows["low"] <= planted) & (planted <= rows["high"]))
        alarms.append(rows.loc["words", "p_value"] <= 0.05)
    assert np.mean(held) > 0.9
    assert np.mean(alarms) < 0.15


def test_unavailable_and_undecided_claims_do_not_count_and_the_latter_are_counted():
    claims = drawn(stories=20)
    rng = np.random.default_rng(1)
    claims["available"] = rng.random(len(claims)) < 0.9
    claims.loc[rng.random(len(claims)) < 0.1, "decision"] = "undecided"
    row = traits_of(omission_table(claims, traits=["money"])).loc["money"]
    told = claims[claims["available"] & claims["money"]]
    assert row["decisions"] == (told["decision"] != "undecided").sum()
    assert row["undecided"] == (told["decision"] == "undecided").sum()
    assert row["omitted"] == (told["decision"] == "omitted").sum()
    assert row["claims"] == told[told["decision"] != "undecided"]["claim_id"].nunique()
    kept = claims[claims["available"] & (claims["decision"] != "undecided")]
    again = traits_of(omission_table(kept, traits=["money"])).loc["money"]
    assert row["log_odds"] == pytest.approx(again["log_odds"])


def test_what_cannot_be_estimated_says_why_and_leaves_the_rest_as_it_is():
    claims = drawn(stories=40)
    claims["casualties"] = claims["claim_id"].isin(["0-0", "1-0", "2-0"])
    claims.loc[claims["casualties"], "decision"] = "omitted"
    claims["number"] = claims["money"]
    table = traits_of(omission_table(claims, traits=["money", "official", "casualties", "number", "quote", "words"]))
    assert table.loc["casualties", "warning"] == "only omissions in 12 decisions with it: no finite coefficient"
    assert table.loc["number", "warning"] == "the other traits and the outlet tell it already: left out"
    assert table.loc["quote", "warning"] == "the same for all claims that are left to compare"
    assert table.loc[["casualties", "number", "quote"], "log_odds"].isna().all()
    assert table["tests"].unique().tolist() == [3]
    alone = traits_of(omission_table(claims[~claims["casualties"]], traits=["money", "official", "words"]))
    np.testing.assert_allclose(table.loc[alone.index[:2], "log_odds"], alone["log_odds"].iloc[:2], atol=1e-6)


def test_an_outlet_that_leaves_out_all_or_nothing_has_no_coefficient():
    claims = drawn(stories=30)
    claims.loc[claims["outlet"] == "D", "decision"] = "omitted"
    table = omission_table(claims, traits=["money"])
    row = table[table["term"] == "D"].iloc[0]
    assert row["warning"] == "only omissions in 450 decisions: no finite coefficient"
    assert np.isnan(row["log_odds"])
    assert (table.loc[table["term"] != "D", "warning"] == "").all()


def test_an_outlet_in_one_story_has_no_interval():
    claims = drawn(stories=30)
    claims = claims[(claims["outlet"] != "D") | (claims["story_id"] == "s1")]
    row = omission_table(claims, traits=["money"]).set_index("term").loc["D"]
    assert row["warning"] == "in one story alone: no interval"
    assert row[["stories", "decisions"]].tolist() == [1, 15]


def test_few_stories_are_said_to_be_few():
    table = traits_of(omission_table(drawn(stories=6), traits=["money"]))
    assert table.loc["money", "warning"] == "rests on 6 stories: the interval is a rough guess"
    claims = drawn(stories=30)
    claims["casualties"] = claims["claim_id"].str.startswith("0-") & (claims["claim_id"].str.len() == 3)
    row = traits_of(omission_table(claims, traits=["casualties", "money"])).loc["casualties"]
    assert row["warning"] == "in one story alone: no interval"
    assert np.isfinite(row["log_odds"])
    assert np.isnan(row[["low", "high", "p_value", "points_low"]].to_numpy(float)).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t[t["story_id"] == "s0"], "needs at least two stories"),
        (lambda t: t[t["outlet"] == "A"], "there is only 'A'"),
        (lambda t: t.assign(available=False), "needs two outlets with claims that others also make; there is none"),
        (lambda t: t.assign(decision="undecided"), "there is none"),
        (lambda t: t.assign(decision="omitted"), "nothing is left to regress"),
        (lambda t: t.assign(decision="carried"), "nothing is left to regress"),
    ],
)
def test_too_little_is_refused(change, message):
    with pytest.raises(InputError, match=message):
        omission_table(change(drawn(stories=12)), traits=["money"])


def test_traits_that_are_not_there_are_refused():
    with pytest.raises(InputError, match="there is no trait 'mony'; there are quote, attributed"):
        omission_table(drawn(stories=5), traits=["mony"])
    with pytest.raises(InputError, match="traits is 'money': give a list of names"):
        omission_table(drawn(stories=5), traits="money")
    with pytest.raises(InputError, match="all outlets are in one group"):
        omission_table(drawn(stories=5), dict.fromkeys("ABCD", "a"), traits=["money"])


def test_without_statsmodels_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels", None)
    monkeypatch.setitem(sys.modules, "statsmodels.genmod", None)
    with pytest.raises(MissingExtraError) as caught:
        omission_table(drawn(stories=5), traits=["money"])
    assert str(caught.value) == (
        'A regression of omissions needs an optional part of storydiff; add it with: pip install "storydiff[stats]" '
        '(in a checkout: pip install ".[stats]").'
    )


@pytest.mark.slow
def test_a_corpus_answers_with_all_three_tables_and_the_figure(tmp_path):
    texts = {
        "Gannet": "The {0} ferry sank off Velland. {1} men died, police said. Repairs cost {1} million crowns.",
        "Orrery": "The {0} ferry sank off Velland. The owner would not comment on the {0}. {1} men died, police said.",
        "Ledger": "Repairs of the {0} cost {1} million crowns. The {0} ferry sank off Velland. A {0} inquiry begins.",
    }
    ships = ("Alder", "Birch", "Cedar", "Damson", "Elder", "Fir")
    articles = [
        {"story_id": ship, "outlet": outlet, "text": text.format(ship, 12 + number)}
        for number, ship in enumerate(ships)
        for outlet, text in texts.items()
    ]
    corpus = compare.compare_corpus(articles, store=tmp_path / "run", reader=None)
    groups = {"Gannet": "east", "Orrery": "east", "Ledger": "west"}
    traits = corpus.omissions.traits()
    assert traits["story_id"].unique().tolist() == list(ships)
    assert traits[["casualties", "money", "official"]].any().all()
    gaps = corpus.omissions.gaps(groups)
    assert set(gaps["carried_by"]) == {"east", "west"}
    assert gaps[gaps["claim"].str.contains("men died")]["left_out_by"].unique().tolist() == ["west"]
    model = corpus.omissions.model(traits=["money", "casualties", "words"], version="collapsed")
    assert model["version"].unique().tolist() == ["collapsed"]
    assert model["kind"].value_counts().to_dict() == {"trait": 3, "outlet": 3}
    assert corpus.figures.omission_model(traits=["money", "words"]).data


def test_the_plot_has_a_line_for_each_term_and_hollow_dots_for_warnings():
    claims = drawn(stories=30, right=0.5)
    claims["casualties"] = claims["claim_id"].isin(["0-0", "1-0"])
    claims.loc[claims["casualties"], "decision"] = "omitted"
    claims["number"] = claims["story_id"].isin(["s0", "s1", "s2"]) & claims["money"]
    table = omission_table(claims, GROUPS, traits=["money", "casualties", "number"])
    rows = coefficient_rows(table)
    assert [row["line"] for row in rows if row["kind"] == "trait"] == [1, 1, 2, 2, 3, 3], "line 0 is a heading"
    assert [row["line"] for row in rows if row["kind"] == "interaction"] == [5, 6, 7]
    assert [row["line"] for row in rows if row["kind"] == "outlet"] == [9, 10, 11, 12]
    money = rows[0]
    assert money["odds_ratio"] == pytest.approx(table["odds_ratio"].iloc[0], rel=1e-4)
    assert money["low"] == pytest.approx(np.exp(table["low"].iloc[0]), rel=1e-4)
    assert "percentage points" in money["said"]
    casualties = rows[2]
    assert casualties["odds_ratio"] is None
    assert "no finite coefficient" in casualties["said"]
    figure = coefficient_plot(table)
    dots = {trace.name: trace for trace in figure.data if trace.mode == "markers" and trace.showlegend}
    assert set(dots) == {"left", "right"}
    assert list(dots["left"].marker.color) == ["#0072b2", "#ffffff"], "money is sure, number rests on three stories"
    texts = figure.layout.yaxis.ticktext
    assert texts[0] == "<b>Claims</b>"
    assert texts[4] == "<b>left less right</b>"
    assert texts[1] == "amount of money"


def test_names_of_outlets_are_text_in_the_plot():
    claims = drawn(stories=12)
    claims["outlet"] = claims["outlet"].replace({"A": "<b>A</b>"})
    figure = coefficient_plot(omission_table(claims, traits=["money"]))
    assert "&lt;b&gt;A&lt;/b&gt;" in figure.layout.yaxis.ticktext


def test_coders_labels_correct_a_regression_on_traits(tmp_path):
    # Outlets leave out claims about money more often (log odds 1), but the matcher overlooks a third of those that
    # are carried, so that it sees less of it.
    rng = np.random.default_rng(4)
    rows, traits, truth = [], [], {}
    for number in range(80):
        for claim in range(12):
            money = bool(rng.random() < 0.5)
            for outlet in "ABC":
                carried = bool(rng.random() < 1 / (1 + np.exp(-0.8 + 1.0 * money)))
                seen = carried and (money or rng.random() < 0.6)
                claim_id = f"c{number}-{claim}"
                truth[claim_id, outlet] = carried
                state, probability = ("paraphrased", 0.85) if seen else ("omitted", 0.1)
                rows.append((f"s{number}", claim_id, outlet, state, probability, "evidence"))
                available = bool(rng.random() < 0.9)
                traits.append({"story_id": f"s{number}", "claim_id": claim_id, "outlet": outlet, "money": money})
                traits[-1] |= {"available": available, "decision": "carried" if seen else "omitted"}
    coverage = pd.DataFrame(rows, columns=["story_id", "claim_id", "outlet", "state", "probability", "evidence"])
    columns = table_of(traits)
    articles = coverage[["story_id", "outlet"]].drop_duplicates().assign(title="Boats", text="They sank.\n\nAll did.")
    articles["article_id"] = articles["story_id"] + articles["outlet"]
    named = coverage[["claim_id", "story_id"]].drop_duplicates().assign(claim="A boat sank.")
    tables = SimpleNamespace(coverage=coverage, claims=named, articles=articles)
    sample = compare.sample_decisions(tables, 900, coders=["anna"], by="outlet", seed=3)
    sample.write(tmp_path / "sheets")
    place = sample.decisions.dropna(subset="unit").set_index("unit")

    def answer(unit):
        row = place.loc[unit]
        return "yes" if truth[row["claim_id"], row["outlet"]] else "no"

    with pytest.warns(compare.InputWarning, match="one coder only"):
        validation = compare.read_sheets(fill(tmp_path / "sheets", "anna", answer))
    found = validation.regression(on=["outlet", "money"], family="logistic", columns=columns, only="available")
    row = found.set_index("term").loc["money"]
    naive = traits_of(omission_table(columns, traits=["money"])).loc["money"]
    assert naive["high"] < 1.0, "as decided, the intervals miss what is so"
    # Carriage is regressed, so the sign is the other.
    assert row["low"] < -1.0 < row["high"] < 0
    with pytest.raises(InputError, match="only: the decisions have no column 'avail'"):
        validation.regression(on=["money"], columns=columns, only="avail")
    with pytest.raises(InputError, match="only: column 'outlet' has values other than true and false"):
        validation.regression(on=["money"], columns=columns, only="outlet")
    with pytest.raises(InputError, match="only: column 'quoted' is true of no decision"):
        validation.regression(on=["money"], columns=columns.assign(quoted=False), only="quoted")
