"""Calibration: the share carried beside the probability, weighted back to all decisions, and its error."""

import numpy as np
import pandas as pd
import pytest
from test_figures import said

from compare.report.figures.estimates import calibration_plot, calibration_rows
from compare.report.look import PAPERS
from compare.validation.accuracy import calibration_error, calibration_table, weighted
from compare.validation.sample import draw

LIGHT = PAPERS["light"]


def coded(*groups):
    """Decisions of (stratum, probability, truths), a truth of None being one that nobody coded."""
    rows = [
        {"stratum": stratum, "probability": probability, "truth": truth, "state": "paraphrased"}
        for stratum, probability, truths in groups
        for truth in truths
    ]
    return weighted(pd.DataFrame(rows).astype({"truth": float}))[0]


def test_a_band_has_its_decisions_mean_probability_and_share():
    table = calibration_table(coded(("low", 0.2, [0, 1, None, None]), ("high", 0.9, [1, 1, 1, 0, None])))
    assert table["band"].tolist() == ["0.10 to 0.35", "0.80 to 0.99"]
    assert table[["decisions", "coded"]].to_numpy().tolist() == [[4, 2], [5, 4]]
    assert table["probability"].tolist() == pytest.approx([0.2, 0.9])
    assert table["carried"].tolist() == pytest.approx([0.5, 0.75])
    assert (table["low"] < table["carried"]).all()
    assert (table["high"] > table["carried"]).all()


def test_within_a_band_each_code_stands_for_its_stratum():
    # One outlet has 2 coded of 8 and carries nothing, another 2 coded of 2 and carries all.
    table = calibration_table(coded(("A: x", 0.6, [0, 0, *[None] * 6]), ("B: x", 0.6, [1, 1])))
    assert table["carried"].tolist() == pytest.approx([0.2])


def test_the_error_is_the_mean_distance_weighted_by_decisions():
    table = coded(("low", 0.2, [0, 1, None, None]), ("high", 0.9, [1, 1, 1, 0, None]))
    assert calibration_error(table, draws=0)["estimate"] == pytest.approx((4 * 0.3 + 5 * 0.15) / 9)


def test_where_everything_is_coded_nothing_is_left_to_chance():
    found = calibration_error(coded(("low", 0.2, [0, 1]), ("high", 0.9, [1, 1, 1, 0])))
    assert found["low"] == pytest.approx(found["estimate"])
    assert found["high"] == pytest.approx(found["estimate"])


def test_where_no_coded_unit_of_a_band_differs_there_is_no_interval():
    error = calibration_error(coded(("high", 0.9, [1] * 20 + [None] * 480)))
    assert error["estimate"] == pytest.approx(0.1)
    assert np.isnan([error["low"], error["high"]]).all()


@pytest.mark.medium
def test_the_interval_takes_off_what_chance_adds_where_probabilities_are_right():
    rng = np.random.default_rng(3)
    all_decisions = pd.DataFrame({"probability": rng.random(4000), "state": "paraphrased"})
    carried = (rng.random(4000) < all_decisions["probability"]).astype(float)
    found = []
    for _ in range(20):
        drawn_from, drawn = draw(all_decisions, 200, None, rng)
        found.append(calibration_error(weighted(drawn_from.assign(truth=carried.where(drawn)))[0], draws=300))
    assert np.mean([one["estimate"] for one in found]) > 0.03
    assert sum(one["low"] < 0.01 for one in found) >= 18


def test_a_band_without_a_code_is_named_and_left_out():
    table = coded(("low", 0.2, [None, None, None]), ("high", 0.9, [1, 0, None]))
    found = calibration_table(table)
    assert found["note"].tolist() == ["none is coded", ""]
    assert calibration_error(table, draws=0)["estimate"] == pytest.approx(0.4)
    assert [row["band"] for row in calibration_rows(found)] == ["0.80 to 0.99"]


@pytest.mark.parametrize("look", PAPERS)
def test_the_figure_has_a_dot_for_each_band_with_its_interval(look):
    rows = calibration_rows(calibration_table(coded(("low", 0.2, [0, 1, None]), ("high", 0.9, [1, 1, 1, 0, None]))))
    figure = calibration_plot(rows, PAPERS[look])
    line, dots = figure.data
    assert list(line.x) == list(line.y) == [0, 1]
    assert list(dots.y) == pytest.approx([0.5, 0.75])
    ends = [y + up for y, up in zip(dots.y, dots.error_y.array, strict=True)]
    assert ends == pytest.approx([row["high"] for row in rows])
    assert "2 of 3 decisions coded" in dots.hovertext[0]


def test_without_rows_the_figure_says_so():
    assert said(calibration_plot([], LIGHT)) == "No band of probability has a coded decision."
