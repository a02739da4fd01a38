"""Distances, map and tree, against oracles, by hand, and on corpora whose truth is known."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from carried_claims import drawn, told
from test_corpus import ARTICLES

import compare
from compare.outlets.distances import (
    both_by_chance,
    corrected,
    distances_table,
    jaccard,
    log_odds,
    pair_counts,
    read_carriage,
)
from compare.outlets.mapping import average_linkage, dendrogram_table, map_table, supports
from compare.outlets.permutation import sign_tests
from compare.report.figures.map import dendrogram_plot, dendrogram_rows, map_plot, map_rows, names_above
from compare.scaling import aligned, best_map, ellipses, scale
from compare.tables import DENDROGRAM, DISTANCES, MAP

YES, NO, MAYBE, NONE = "verbatim", "omitted", "undecided", None


def distances(grid, **options):
    return distances_table(pair_counts(grid), **options).set_index(["one", "other"])


def test_jaccard_is_counted_over_the_claims_of_stories_that_both_have():
    grid = told(
        {
            "s1": {"Gannet": [YES, YES, NO, YES], "Orrery": [YES, NO, YES, MAYBE], "Lantern": [YES, YES, YES, NO]},
            "s2": {"Gannet": [YES, YES, NO], "Lantern": [NO, YES, YES]},
        }
    )
    found = distances(grid)
    assert list(found.reset_index()) == DISTANCES.names
    # The fourth claim of s1 is undecided at Orrery; s2 is not Orrery's.
    assert found.loc[("Gannet", "Orrery"), ["stories", "either", "both"]].tolist() == [1, 3, 1]
    assert found.loc[("Gannet", "Lantern"), ["stories", "either", "both"]].tolist() == [2, 7, 3]
    assert found.loc[("Gannet", "Lantern"), "jaccard"] == pytest.approx(4 / 7, abs=1e-6)
    assert not found["validated"].any()


def test_outlets_that_share_no_story_have_a_warning_and_no_distance():
    grid = told({"s1": {"Gannet": [YES, NO], "Orrery": [YES, YES]}, "s2": {"Lantern": [YES, NO], "Orrery": [YES, YES]}})
    found = distances(grid).loc[("Gannet", "Lantern")]
    assert np.isnan(found["jaccard"])
    assert found["warning"] == "no story that both have"
    third = distances(grid).loc[("Gannet", "Orrery"), "warning"]
    assert "no claim that two outlets of three carry" in third


def test_correction_is_that_of_hubert_and_arabie():
    shared, expected, carried = np.array([6.0]), np.array([4.0]), np.array([20.0])
    found, chance = 1 - jaccard(shared, carried - shared), 1 - jaccard(expected, carried - expected)
    assert 1 - corrected(shared, expected, carried) == pytest.approx((found - chance) / (1 - chance))
    assert corrected(expected, expected, carried) == pytest.approx(1)


def test_of_few_claims_chance_may_have_two_carry_more_than_they_do():
    states = {"Gannet": (NO, YES, NO), "Orrery": (YES, YES, NO), "Lantern": (NO, NO, YES), "Courier": (NO, YES, NO)}
    row = distances(told({"s": states})).loc[("Lantern", "Orrery")]
    assert (row["told"], row["told_both"], row["by_chance"]) == (1, 0, 0)
    assert np.isnan(row["corrected"])
    assert "chance alone would have them carry the same" in row["warning"]


@pytest.mark.medium
def test_outlets_that_take_no_account_of_one_another_are_as_alike_as_chance():
    tables = [distances(drawn(seed, stories=60, positions=np.zeros(6), slope=0)) for seed in range(8)]
    found = pd.concat(tables)
    assert found["corrected"].mean() == pytest.approx(1, abs=0.01)
    assert (found["p_value"] <= 0.05).mean() <= 0.08
    # Jaccard alone would call them alike: what is prominent, all of them carry.
    assert (found["told_both"].sum() / found["told"].sum()) > 0.2


def test_outlets_of_one_side_are_nearer_than_chance():
    grid = drawn(1, stories=80, positions=np.array([-1, -1, -1, 1, 1, 1]), slope=1.0)
    found = distances(grid)["corrected"].unstack()
    assert found.loc["outlet 0", "outlet 1"] < 0.9 < found.loc["outlet 0", "outlet 4"]


def test_chance_is_that_of_all_ways_to_choose_who_carries_a_claim():
    odds = np.array([2.0, 0.5, 1.0, 1.0, 1.0])  # the third ones are alike
    for number in range(2, 6):
        ways = list(combinations(range(5), number))
        weights = np.array([odds[list(way)].prod() for way in ways])
        both = sum(weight for way, weight in zip(ways, weights, strict=True) if {0, 1} <= set(way)) / weights.sum()
        assert both_by_chance(np.array([[number]]), np.array([[5]]), *odds[:2])[0, 0] == pytest.approx(both)


def test_an_outlets_odds_are_those_with_which_it_carries_as_much_as_it_does():
    grid = drawn(3, stories=60, positions=np.zeros(4), slope=0)
    more = grid._replace(carried=np.where(grid.carried == 0, [1, 0, 0, 0], grid.carried))
    odds = log_odds(grid)
    assert np.abs(odds).max() < 0.5
    assert log_odds(more)[0] > 1.5 > odds[0] + 1
    shared = pair_counts(grid)
    assert shared.expected.sum() == pytest.approx(shared.shared.sum()), "all pairs carry as much as they do"


def test_signs_are_exchanged_by_story():
    every = np.arange(1.0, 6.0)[:, None]  # only all signs as they are give as much: 1 of 32
    assert sign_tests(every, seed=0, two_sided=False)[0] == pytest.approx(1 / 32, abs=0.006)
    assert sign_tests(-every, seed=0, two_sided=False)[0] == 1.0


@pytest.mark.medium
def test_maps_are_those_of_sklearn():
    from sklearn.manifold import ClassicalMDS

    points = np.random.default_rng(0).normal(size=(7, 4))
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    theirs = ClassicalMDS(n_components=2, metric="precomputed").fit_transform(apart)
    ours, stress = best_map(apart)
    assert aligned(theirs[None], ours)[0] == pytest.approx(ours)
    between = np.sqrt(((ours[:, None] - ours[None]) ** 2).sum(axis=2))
    scales = np.linspace(0.5, 3, 25_001)[:, None, None]
    slow = np.sqrt(((scales * between - apart) ** 2).sum(axis=(1, 2)) / ((scales * between) ** 2).sum(axis=(1, 2)))
    assert stress == pytest.approx(slow.min(), abs=1e-6)


def test_what_all_distances_have_in_common_is_not_drawn():
    # Two camps, every outlet far from every other: two places on the map, not a ring.
    camp = np.repeat([0, 1], 4)
    apart = np.sqrt(0.8 + 0.3 * (camp[:, None] != camp)) * (1 - np.eye(8))
    found = scale(apart)[:, 0]
    assert len(set(np.sign(found[:4]))) == len(set(np.sign(found[4:]))) == 1
    assert found[0] == pytest.approx(-found[4])
    assert np.ptp(found[:4]) < 1e-9


def test_distances_of_the_plane_are_drawn_as_they_are_whatever_the_order():
    points = np.array([[0.0, 0], [3, 0], [0, 1], [4, 4], [1, 2]])
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    found, stress = best_map(apart)
    assert stress < 0.001
    order = np.array([4, 2, 0, 1, 3])
    again, _ = best_map(apart[np.ix_(order, order)])
    assert again == pytest.approx(found[order], abs=0.01)
    assert found[:, 0].std() > found[:, 1].std()


def test_maps_are_laid_on_one_another_by_turning_and_mirroring_alone():
    rng = np.random.default_rng(1)
    to = rng.normal(size=(5, 2))
    to -= to.mean(axis=0)
    mirror = np.array([[0.6, 0.8], [0.8, -0.6]])
    assert aligned((to @ mirror + 3)[None], to)[0] == pytest.approx(to)
    assert aligned((2 * to @ mirror)[None], to)[0] == pytest.approx(2 * to)


def test_ellipses_hold_the_share_that_they_say():
    rng = np.random.default_rng(2)
    points = rng.multivariate_normal([1, 2], [[2, 1.2], [1.2, 1]], size=20_000)[:, None]
    found = ellipses(points, 0.95)
    turn = np.radians(found.angle[0])
    along = (points[:, 0] - found.middle[0]) @ np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    inside = (along[:, 0] / found.long[0]) ** 2 + (along[:, 1] / found.short[0]) ** 2 <= 1
    assert inside.mean() == pytest.approx(0.95, abs=0.01)


def test_points_that_lie_on_one_another_stay_so():
    found, stress = best_map(np.zeros((3, 3)))
    assert found.tolist() == [[0, 0]] * 3
    assert stress == 0


def test_the_tree_joins_by_mean_distance_and_counts_its_clusters():
    apart = np.array([[0, 1, 4, 6], [1, 0, 4, 6], [4, 4, 0, 8], [6, 6, 8, 0.0]])
    other = np.array([[0, 5, 1, 6], [5, 0, 5, 6], [1, 5, 0, 8], [6, 6, 8, 0.0]])  # joins the first and the third
    merges = average_linkage(apart)
    assert [height for _, _, height, _ in merges] == pytest.approx([1, 4, 20 / 3])
    assert supports(merges, np.array([apart, apart, apart, other])) == [0.75, 1.0, 1.0]


def test_map_and_tree_tell_two_camps():
    grid = drawn(5, stories=80, positions=np.array([-1.0, -1, -1, 1, 1, 1]), slope=1.5)
    pairs = pair_counts(grid)
    table = map_table(pairs)
    assert list(table) == MAP.names
    assert (np.sign(table["x"]) == np.sign(table["x"][0])).tolist() == [True] * 3 + [False] * 3
    assert (table["ellipse_long"] >= table["ellipse_short"]).all()
    tree = dendrogram_table(pairs)
    assert list(tree) == DENDROGRAM.names
    assert {"outlet 0; outlet 1; outlet 2", "outlet 3; outlet 4; outlet 5"} <= set(tree["outlets"])
    assert tree["support"].iat[-1] == 1
    assert map_table(pair_counts(grid)).equals(table)


def test_the_order_of_outlets_changes_nothing():
    stories = {
        f"s{n}": {"Gannet": [YES, NO, YES, NO], "Orrery": [NO, YES, YES, YES], "Lantern": [YES, YES, NO, YES]}
        for n in range(12)
    }
    turned_round = {story: dict(reversed(outlets.items())) for story, outlets in stories.items()}
    one, other = pair_counts(told(stories)), pair_counts(told(turned_round))
    assert map_table(one).equals(map_table(other))
    assert distances_table(one).equals(distances_table(other))


def test_two_outlets_are_a_line():
    grid = told({f"s{n}": {"Gannet": [YES, NO, YES], "Orrery": [YES, YES, NO]} for n in range(12)})
    table = map_table(pair_counts(grid), measure="jaccard")
    assert table["y"].tolist() == [0, 0]
    assert table["x"].abs().tolist() == pytest.approx([1 / 3, 1 / 3], abs=1e-5)
    with pytest.raises(compare.InputError, match="measure='jaccard' does without"):
        map_table(pair_counts(grid))


def test_one_outlet_is_refused():
    with pytest.raises(compare.InputError, match="there is only one outlet, 'Gannet'; a map needs two"):
        told({"s1": {"Gannet": [YES, NO]}})


@pytest.mark.parametrize("state", [YES, NO])
def test_if_all_or_nothing_is_carried_tables_say_why_they_are_empty(state):
    grid = told({f"s{n}": {name: [state] * 5 for name in ("Gannet", "Orrery", "Lantern", "Courier")} for n in range(6)})
    table = distances(grid)
    assert table["warning"].ne("").all()
    assert table["corrected"].isna().all()
    if state == YES:
        assert map_table(pair_counts(grid), measure="jaccard")["x"].tolist() == [0] * 4


def test_identical_outlets_lie_on_one_another():
    rng = np.random.default_rng(0)
    stories = {}
    for story in range(15):
        one, two, three = (rng.choice([YES, NO], size=8).tolist() for _ in range(3))
        stories[f"s{story}"] = {"Gannet": one, "Gannet Online": one, "Orrery": two, "Lantern": three}
    pairs = pair_counts(told(stories))
    row = distances_table(pairs).query("one == 'Gannet' and other == 'Gannet Online'").iloc[0]
    assert (row["jaccard"], row["corrected"]) == (0, 0)
    places = map_table(pairs).set_index("outlet")[["x", "y"]]
    assert places.loc["Gannet"].tolist() == pytest.approx(places.loc["Gannet Online"].tolist(), abs=1e-3)


@pytest.mark.medium
def test_an_outlet_without_a_shared_story_is_left_out_or_reached_through_others():
    rng = np.random.default_rng(0)
    deal = lambda: rng.choice([YES, NO], size=6).tolist()  # noqa: E731 - a hand of claims
    stories = {f"s{n}": {"Gannet": deal(), "Orrery": deal(), "Lantern": deal()} for n in range(12)}
    stories |= {f"t{n}": {"Orrery": deal(), "Courier": deal()} for n in range(12)}
    stories["u"] = {"Hermit": deal()}
    table = map_table(pair_counts(told(stories)), measure="jaccard").set_index("outlet")
    assert table.loc["Hermit", "warning"].startswith("left out: nothing tells its distance")
    assert np.isnan(table.loc["Hermit", "x"])
    assert "the way through others" in table.loc["Courier", "warning"]
    assert table["x"].notna().sum() == 4
    tree = dendrogram_table(pair_counts(told(stories)), measure="jaccard")
    assert tree["warning"].str.contains("Hermit").all()


def test_one_story_gives_figures_with_warnings():
    grid = told({"s1": {"Gannet": [YES, NO, YES], "Orrery": [YES, YES, NO], "Lantern": [YES, YES, YES]}})
    pairs = pair_counts(grid)
    assert distances_table(pairs)["warning"].str.contains("one story: no interval").all()
    assert map_table(pairs)["warning"].str.contains("1 story: the ellipse is too small").all()


def test_copies_of_one_text_are_one_voice():
    coverage = pd.DataFrame(
        [
            (f"c{claim}", outlet, state, f"{outlet}:1", 0.5)
            for outlet, states in {"Gannet": [YES, NO, NO], "Orrery": [NO, YES, NO], "Lantern": [YES, YES, YES]}.items()
            for claim, state in enumerate(states)
        ],
        columns=["claim_id", "outlet", "state", "sentence_id", "position"],
    )
    wire = pd.DataFrame(
        {
            "article_id": ["Gannet", "Orrery", "Lantern"],
            "outlet": ["Gannet", "Orrery", "Lantern"],
            "group_id": ["w", "w", None],
        }
    )
    grid = read_carriage([("s1", coverage, wire)], "collapsed")
    pairs = distances(grid, version="collapsed")
    assert pairs.loc[("Gannet", "Orrery"), "warning"] == "no story that both have"
    # The voice carries what any of the two carries.
    assert pairs.loc[("Gannet", "Lantern"), ["either", "both"]].tolist() == [3, 2]
    # Lantern's only company is that one voice, so no third tells what chance is.
    assert pairs.loc[("Gannet", "Lantern"), "told"] == 0


def test_unknown_names_are_refused():
    with pytest.raises(compare.InputError, match="there is no version 'raw'"):
        read_carriage([], "raw")
    grid = told({"s1": {"Gannet": [YES, NO, YES], "Orrery": [YES, YES, NO]}})
    with pytest.raises(compare.InputError, match="there is no measure 'cosine'; there are corrected and jaccard"):
        map_table(pair_counts(grid), measure="cosine")


def test_names_stand_away_from_the_nearest_point():
    assert names_above([(0, 0), (0, 1), (5, 4)]) == [False, True, True]
    assert names_above([(1, 1), (1, 1), (3, 0)]) == [False, True, False], "two that lie on one another"


def test_figures_show_their_rows():
    grid = drawn(5, stories=40, positions=np.array([-1.0, -1, -1, 1, 1, 1]), slope=1.5)
    grid = grid._replace(outlets=["A <b>", *grid.outlets[1:]])
    pairs = pair_counts(grid)
    rows = map_rows(map_table(pairs))
    figure = map_plot(rows)
    assert len(figure.data) == len(rows) + 1
    assert figure.data[-1].text[0] == "A &lt;b&gt;"
    assert figure.layout.yaxis.scaleanchor == "x"
    assert "Only distances mean something" in figure.layout.annotations[0].text
    tree = dendrogram_rows(dendrogram_table(pairs))
    assert sorted(row["line"] for row in tree if "support" not in row) == [0, 1, 2, 3, 4, 5]
    assert len(dendrogram_plot(tree).data) == 5


@pytest.mark.medium
def test_a_corpus_answers_all_of_it(tmp_path):
    corpus = compare.compare_corpus(ARTICLES, store=tmp_path / "run", reader=None)
    assert list(corpus.map.distances()) == DISTANCES.names
    assert list(corpus.map.distances(version="collapsed")) == DISTANCES.names
    assert list(corpus.map.places(measure="jaccard")) == MAP.names
    assert list(corpus.map.dendrogram(measure="jaccard")) == DENDROGRAM.names
    assert corpus.figures.map(measure="jaccard").data
    assert corpus.figures.dendrogram(measure="jaccard").data


@pytest.mark.medium
def test_a_map_and_a_tree_of_chance_say_so():
    grid = drawn(3, stories=40, positions=np.zeros(6), slope=0.0)
    pairs = pair_counts(grid)
    assert map_table(pairs)["warning"].str.contains("who stands beside whom may be chance").all()
    weak = dendrogram_table(pairs).iloc[:-1]
    assert (weak["warning"].str.contains("of resampled corpora join these") == (weak["support"] < 0.5)).all()
    assert (weak["support"] < 0.5).any()
