import numpy as np
import pytest
from story_tables import story

from compare import InputError, InputWarning
from compare.outlets.gaps import Splits, claim_gaps, shrink
from compare.outlets.traits import claim_traits
from compare.tables import CLAIM_TRAITS, GAPS

SIX = {"A": "left", "B": "left", "C": "left", "D": "right", "E": "right", "F": "right"}


def gaps(*stories, groups=SIX, **options):
    return claim_gaps(
        stories, groups, list(dict.fromkeys(o for _, t in stories for o in t["wire"]["outlet"])), **options
    )


def test_claims_that_one_group_alone_carries_come_first_and_say_how_many_outlets_speak_for_it():
    table = gaps(
        story(
            {
                "All three of them.": "+++---",
                "Two of them.": "++----",
                "As many on either side.": "+--+--",
                "Everybody.": "++++++",
                "The other side.": "----++",
                "Not decided.": "++?---",
            },
            outlets="ABCDEF",
        )
    )
    assert list(table) == GAPS.names
    assert table["claim"].tolist()[0] == "All three of them."
    assert set(table["claim"]) == {"All three of them.", "Two of them.", "Not decided.", "The other side."}
    first = table.iloc[0]
    assert first[["carried_by", "left_out_by"]].tolist() == ["left", "right"]
    assert first[["outlets_one", "carried_one", "omitted_one"]].tolist() == [3, 3, 0]
    assert first[["outlets_other", "carried_other", "omitted_other"]].tolist() == [3, 0, 3]
    assert first["difference"] == 1
    assert first["p_value"] == pytest.approx(2 / 20, abs=1e-6)
    undecided = table.set_index("claim").loc["Not decided."]
    assert undecided[["outlets_one", "carried_one", "omitted_one"]].tolist() == [3, 2, 0]
    other = table.set_index("claim").loc["The other side."]
    assert other[["carried_by", "carried_one", "carried_other"]].tolist() == ["right", 2, 0]
    assert (table["low"] < table["log_odds"]).all()
    assert (table["log_odds"] < table["high"]).all()
    assert table["tests"].unique().tolist() == [0], "three against three give .1 at least"
    assert table["q_value"].isna().all()
    assert table["warning"].str.startswith("too few outlets").all()


def test_claims_that_could_prove_nothing_do_not_count_in_the_family():
    # Of four against four, a split of four carriers can reach 2 / 70, of three carriers 8 / 56.
    table = gaps(
        story({"Four.": "++++----", "Mixed.": "+++-+---", "Three.": "+++-----"}, outlets="ABCDEFGH"),
        groups={outlet: "left" if outlet in "ABCD" else "right" for outlet in "ABCDEFGH"},
    ).set_index("claim")
    assert set(table["tests"]) == {2}
    assert table["p_value"].to_dict() == pytest.approx({"Four.": 2 / 70, "Mixed.": 34 / 70, "Three.": 8 / 56}, abs=1e-6)
    assert table.loc["Four.", "q_value"] == pytest.approx(4 / 70, abs=1e-6)
    assert np.isnan(table.loc["Three.", "q_value"])
    assert table.loc["Three.", "warning"].endswith("(p_value is at least 0.14)")


def test_a_claim_that_one_group_could_not_carry_is_no_gap():
    both = story({"Here.": "++--"}, outlets="ABDE", story_id="both")
    alone = story({"Where the right has no story.": "+-"}, outlets="AB", story_id="alone")
    assert gaps(both, alone, groups={name: SIX[name] for name in "ABDE"})["claim"].tolist() == ["Here."]


def test_three_against_three_is_worth_more_than_one_against_one():
    many = story({"Three.": "+++---", **{f"Noise {n}.": "+-++--" for n in range(5)}}, outlets="ABCDEF", story_id="m")
    few = story({"One.": "+-"}, outlets="AD", story_id="f")
    table = gaps(many, few).set_index("claim")
    assert table.loc["Three.", "log_odds"] > table.loc["One.", "log_odds"] > 0
    assert table.loc["One.", "warning"] == "one outlet against one: all such claims have the same figures"
    assert "too few outlets: one claim proves nothing by itself (p_value is at least 0.1)" in table["warning"].tolist()


def test_copies_of_one_text_are_one_voice_where_they_are_collapsed():
    wired = story({"In the agency's text.": "++-+--", "Own.": "--+---"}, outlets="ABCDEF", copies="AB")
    printed, collapsed = (gaps(wired, version=version).set_index("claim") for version in ("printed", "collapsed"))
    first = "In the agency's text."
    assert printed.loc[first, ["outlets_one", "carried_one"]].tolist() == [3, 2]
    assert collapsed.loc[first, ["outlets_one", "carried_one"]].tolist() == [2, 1]


def test_three_groups_give_both_directions_of_each_pair():
    table = gaps(story({"One.": "+--", "Other.": "-++"}, outlets="ABC"), groups={"A": "a", "B": "b", "C": "c"})
    pairs = set(zip(table["claim"], table["carried_by"], table["left_out_by"], strict=True))
    assert pairs == {("One.", "a", "b"), ("One.", "a", "c"), ("Other.", "b", "a"), ("Other.", "c", "a")}
    assert table["family"].nunique() == 2


def test_where_groups_share_no_story_there_is_a_table_without_rows():
    table = gaps(
        story({"X.": "+-"}, outlets="AB", story_id="1"),
        story({"Y.": "+-"}, outlets="DE", story_id="2"),
        groups={name: SIX[name] for name in "ABDE"},
    )
    assert table.empty
    assert list(table) == GAPS.names


def test_outlets_without_a_group_are_named_and_bad_groups_refused():
    told = story({"X.": "+-+"}, outlets="ABC")
    with pytest.warns(InputWarning, match="in no group, so left out where groups are compared: C"):
        assert len(gaps(told, groups={"A": "a", "B": "b"})) == 1
    with pytest.raises(InputError, match="all outlets are in one group"):
        gaps(told, groups=dict.fromkeys("ABC", "a"))
    with pytest.raises(InputError, match="there is no version 'wire'; there are printed and collapsed"):
        gaps(told, groups={"A": "a", "B": "b", "C": "b"}, version="wire")


def test_shrunken_intervals_hold_the_log_odds_ratios_that_were_drawn():
    rng = np.random.default_rng(5)
    truth, ease = rng.normal(0.5, 0.8, 1500), rng.normal(0, 1, 1500)
    sizes = rng.integers(1, 6, (2, 1500))
    one, other = (
        rng.binomial(size, 1 / (1 + np.exp(-(ease + side * truth / 2))))
        for size, side in zip(sizes, (1, -1), strict=True)
    )
    told = (one + other > 0) & (one + other < sizes.sum(axis=0))
    found = shrink(Splits(one[told], sizes[0][told], other[told], sizes[1][told]))
    assert ((found.low <= truth[told]) & (truth[told] <= found.high)).mean() > 0.93
    assert found.general == pytest.approx(0.5, abs=0.12)
    assert found.spread == pytest.approx(0.8, abs=0.3)


def test_a_group_that_carries_more_of_everything_moves_every_estimate_its_way():
    ones, zeros = np.ones(60, dtype=int), np.zeros(60, dtype=int)
    even = shrink(Splits(np.append(ones, zeros), np.ones(120, int), np.append(zeros, ones), np.ones(120, int)))
    tilted = shrink(Splits(np.append(ones, ones), np.ones(120, int), np.append(zeros, zeros), np.ones(120, int)))
    assert even.general == pytest.approx(0, abs=0.05)
    assert tilted.log_odds[0] > even.log_odds[0] > 0 > even.log_odds[-1]


def traits(*stories, **options):
    outlets = list(dict.fromkeys(o for _, t in stories for o in t["wire"]["outlet"]))
    table = claim_traits(stories, outlets, **options)
    assert list(table) == CLAIM_TRAITS.names
    return table.set_index(["claim_id", "outlet"])


def test_traits_of_a_wording():
    table = traits(
        story(
            {
                "Two men were killed in the fire.": "++-",
                "The depot cost 12 million crowns.": "++-",
                "Mayor Ostrow opened it in 2019.": "++-",
                "On Monday, Ostrow would not comment.": "++-",
                "It was a fine day.": "++-",
            },
            speakers={(2, "A"): "Mayor Ilse Ostrow"},
        )
    ).xs("C", level="outlet")
    columns = ["casualties", "money", "number", "official"]
    assert table[columns].to_numpy().tolist() == [
        [True, False, True, False],
        [False, True, True, False],
        [False, False, False, True],
        [False, False, False, True],  # called after an office elsewhere in the story
        [False, False, False, False],
    ]
    assert table["words"].tolist() == [7, 6, 6, 6, 5]


def test_what_others_make_of_a_claim_leaves_out_the_outlet_itself():
    table = traits(
        story(
            {"First.": "+++", "Second.": "+--"},
            positions={(0, "A"): 0.0, (0, "B"): 1.0, (0, "C"): 1.0, (1, "A"): 0.0},
            speakers={(0, "A"): "Ilse Ostrow", (0, "B"): "a neighbour"},
            quoted={(0, "A")},
        )
    )
    assert table.loc["s-c0", "salience"].tolist() == [0.5, 0.75, 0.75]
    assert table.loc["s-c1", "salience"].tolist() == [0, 0.5, 0.5]
    assert table.loc["s-c0", "opening"].tolist() == [False, True, True]
    assert table.loc["s-c0", "quote"].tolist() == [0, 0.5, 0.5]
    assert table.loc["s-c0", "attributed"].tolist() == [0.5, 0.5, 1]
    assert table.loc["s-c0", "named_source"].tolist() == [0, 0.5, 0.5]
    assert table.loc["s-c1", "available"].tolist() == [False, True, True]
    assert table.loc["s-c1", "decision"].tolist() == ["carried", "omitted", "omitted"]


def test_shares_of_the_others_do_not_grow_with_how_many_they_are():
    # Each outlet that carries a claim gives it to somebody with probability .4, whoever else carries it.
    rng = np.random.default_rng(2)
    outlets, signs, speakers = "ABCDEF", {}, {}
    for number in range(1500):
        told = rng.random(6) < 0.5
        signs[f"Claim {number}."] = "".join("+" if one else "-" for one in told)
        speakers |= {(number, o): "a clerk" for o, one in zip(outlets, told, strict=True) if one and rng.random() < 0.4}
    table = traits(story(signs, outlets=outlets, speakers=speakers)).query("available")
    shares = table.groupby("decision")["attributed"].mean()
    assert shares["carried"] == pytest.approx(0.4, abs=0.03)
    assert shares["omitted"] == pytest.approx(0.4, abs=0.03)


def test_a_copy_of_the_same_text_is_no_other_voice_when_collapsed():
    wired = story({"Agency.": "++-"}, copies="AB", positions={(0, "A"): 0.0, (0, "B"): 0.0})
    printed, collapsed = traits(wired), traits(wired, version="collapsed")
    assert printed["available"].tolist() == [True, True, True]
    assert collapsed["available"].tolist() == [False, False, True]
    assert collapsed["salience"].tolist() == [0, 0, 1]
    assert collapsed["opening"].tolist() == [False, False, True]


def test_the_lead_outlet_is_the_first_to_publish_or_the_one_named():
    claims = {"Agreed.": "+++", "Told otherwise there.": "++x", "Not told there.": "++-"}
    first = traits(story(claims, published=(9, 8, 7)))
    assert first["lead_outlet"].unique().tolist() == ["C"]
    assert first["told_by_lead"].unstack().to_numpy().tolist() == [
        [True, True, False],
        [True, True, False],
        [False] * 3,
    ]
    assert first["contradicts_lead"].unstack().to_numpy().tolist() == [[False] * 3, [True, True, False], [False] * 3]
    assert first["is_lead"].unstack().to_numpy().tolist() == [[False, False, True]] * 3
    assert traits(story(claims))["lead_outlet"].unique().tolist() == ["A"], "A and B tell most"
    assert traits(story(claims), lead="B")["lead_outlet"].unique().tolist() == ["B"]
    absent = traits(story(claims), story({"X.": "+-"}, outlets="AB", story_id="t"), lead="C").loc["t-c0"]
    assert absent["lead_outlet"].isna().all()
    assert not absent[["is_lead", "told_by_lead", "contradicts_lead"]].to_numpy().any()
    with pytest.raises(InputError, match="lead: there is no outlet 'Z'; the corpus has A, B, C"):
        traits(story(claims), lead="Z")


def test_a_story_without_claims_adds_nothing():
    empty, told = story({}, story_id="e"), story({"X.": "+--"})
    groups = {"A": "a", "B": "b", "C": "b"}
    assert gaps(empty, told, groups=groups)["claim"].tolist() == ["X."]
    assert gaps(empty, groups=groups).empty
    assert len(traits(empty, told)) == 3
