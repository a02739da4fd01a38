"""The tables of who is alike in what they carry: distances, the map, the tree."""

from __future__ import annotations

from compare.tables.columns import HIGH, LOW, VALIDATED, VERSION, WARNING, count, share
from compare.tables.core import INTEGER, NUMBER, TEXT, Column, Table

DISTANCE_MEASURES = ("corrected", "jaccard")

_MEASURE = Column("measure", TEXT, "which distance", values=DISTANCE_MEASURES)
_OUTLET = Column("outlet", TEXT, "the outlet")


def _number(name: str, meaning: str, unit: str = "") -> Column:
    return Column(name, NUMBER, meaning, unit=unit, optional=True)


DISTANCES = Table(
    "distances",
    "two outlets: how far apart they are in what they carry of the stories that both have",
    (
        Column("one", TEXT, "an outlet"),
        Column("other", TEXT, "another one"),
        VERSION,
        count("stories", "stories that count: both have them, and one of the two carries a claim", "stories"),
        count("either", "claims of these stories that either carries"),
        count("both", "of these, those that both carry"),
        share("jaccard", "Jaccard's distance: 1 - both / either"),
        share("jaccard_low", LOW),
        share("jaccard_high", HIGH),
        count("told", "of the claims that either carries, those that two outlets or more carry and a third could have"),
        count("told_both", "of these, those that both carry"),
        share("by_chance", "Jaccard's distance over these, as expected if chance said which outlets carry them"),
        _number(
            "corrected", "(1 - told_both / told) / by_chance: 0 they carry the same, 1 as alike as chance, above less"
        ),
        _number("low", LOW),
        _number("high", HIGH),
        share("p_value", "of being no more alike than chance, one-sided"),
        share("q_value", "p_value adjusted for all tests of the family after Benjamini and Hochberg"),
        Column("family", TEXT, "the tests that are adjusted together"),
        count("tests", "how many they are", "tests"),
        VALIDATED,
        WARNING,
    ),
    key=("one", "other", "version"),
)

MAP = Table(
    "map",
    "an outlet on the map: outlets that carry the same claims stand close together",
    (
        _OUTLET,
        VERSION,
        _MEASURE,
        _number("x", "its place along the map's longest extent; only distances mean something", "distance"),
        _number("y", "its place across that", "distance"),
        _number("ellipse_x", "middle of the ellipse that holds 95 % of its places in resampled stories", "distance"),
        _number("ellipse_y", "the same across", "distance"),
        _number("ellipse_long", "the ellipse's longer half axis", "distance"),
        _number("ellipse_short", "its shorter half axis", "distance"),
        _number("ellipse_angle", "from the x axis to the longer one, anticlockwise", "degrees"),
        _number("stress", "of the whole map: how far its distances are from those measured (Kruskal's stress-1)"),
        count("stories", "stories that it has in common with another outlet", "stories"),
        VALIDATED,
        WARNING,
    ),
    key=("outlet", "version", "measure"),
)

DENDROGRAM = Table(
    "dendrogram",
    "a merge: two outlets, or clusters of them, that are joined because they are nearest on average",
    (
        Column("merge", INTEGER, "its number, the nearest first"),
        VERSION,
        _MEASURE,
        Column("one", TEXT, "an outlet, or the outlets of an earlier merge"),
        Column("other", TEXT, "another"),
        Column("outlets", TEXT, "all outlets joined by now, separated by '; '"),
        count("size", "how many they are", "outlets"),
        Column("height", NUMBER, "the mean distance between the two", unit="distance"),
        share("support", "share of resampled corpora in which these outlets form a cluster"),
        VALIDATED,
        WARNING,
    ),
    key=("merge", "version", "measure"),
)

MAP_TABLES = (DISTANCES, MAP, DENDROGRAM)
