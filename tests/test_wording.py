"""Terms, attributions, passives and names, on invented stories whose truth is known."""

import numpy as np
import pandas as pd
import pytest
from told_stories import tables, told

import compare
from compare.outlets.permutation import sign_tests
from compare.outlets.wording.attributions import attributions_table, read_cue
from compare.outlets.wording.naming import naming_table, substitutions
from compare.outlets.wording.passives import acts, passives_table, same_acts
from compare.outlets.wording.sides import all_sides, paired, two_sides
from compare.outlets.wording.terms import terms_table
from compare.outlets.wording.told import Told
from compare.tables import ATTRIBUTIONS, NAMINGS, PASSIVES, TERMS

TOPICS = {
    "harbour": "harbour ferry quay crane pilot tide cargo dock anchor sailor".split(),
    "school": "school pupil lesson exam roof teacher desk term board corridor".split(),
}


def compared(stories, one="Gannet", other="Orrery", version="printed", groups=None, **options):
    clauses = told(stories, options.pop("copies", ()))
    return terms_table(clauses, two_sides(all_sides(clauses.outlets, groups, version), one, other), **options)


def drawn(seed, stories=40, shared=6, plant=None):
    """Give stories of two outlets: shared claims worded by the same rule, and claims that one outlet alone has.

    Gannet alone tells of the harbour and tells shared claims about it in several clauses, Orrery so of the school.
    """
    rng = np.random.default_rng(seed)
    found = {}
    for story in range(stories):
        told_by = {"Gannet": {}, "Orrery": {}}
        for claim in range(shared):
            topic = "harbour" if rng.random() < 0.5 else "school"
            for outlet, own in (("Gannet", "harbour"), ("Orrery", "school")):
                clauses = [" ".join(rng.choice(TOPICS[topic], 8)) for _ in range(3 if topic == own else 1)]
                if plant:
                    clauses[0] += " " + (plant[outlet == "Orrery"] if rng.random() < 0.6 else "someone")
                told_by[outlet][f"c{story}-{claim}"] = clauses
        for outlet, own in (("Gannet", "harbour"), ("Orrery", "school")):
            told_by[outlet][f"{outlet}-{story}"] = " ".join(rng.choice(TOPICS[own], 60))
        found[f"s{story}"] = told_by
    return found


@pytest.mark.slow
def test_what_each_outlet_reports_about_is_no_difference_of_wording():
    # Without weighing, "harbour" words are three times as frequent at Gannet in the shared claims alone.
    found = [compared(drawn(seed)).query("words == 1") for seed in range(10)]
    assert all(len(table) >= 20 for table in found)
    # One family in twenty may have a false find.
    assert sum((table["q_value"] < 0.05).any() for table in found) <= 2
    assert 0.02 < (pd.concat(found)["p_value"] < 0.05).mean() < 0.09
    assert max(table["log_odds"].abs().max() for table in found) < 0.5
    raw = found[0].set_index("term")
    assert raw.loc["harbour", "count_one"] > 2 * raw.loc["harbour", "count_other"]


def test_a_planted_label_is_found_and_shown_with_its_sentences():
    table = compared(drawn(7, plant=("militants", "fighters"))).query("words == 1")
    assert list(table) == TERMS.names
    assert table["term"].tolist()[0] == "militants"
    assert table["term"].tolist()[-1] == "fighters"
    assert set(table.loc[table["q_value"] < 0.05, "term"]) == {"militants", "fighters"}
    first = table.iloc[0]
    assert first["count_other"] == 0
    assert first["low"] > 0
    assert first["sentence_one"].split(":")[0].endswith("Gannet")
    assert first["sentence_other"].split(":")[0].endswith("Orrery")
    assert first["claim_id"].startswith("c")
    assert not table["validated"].any()


def test_log_odds_variance_and_z_are_those_of_the_paper():
    # One claim a story: "militants hid" against "fighters hid"; a prior of 4 words is 1 for each label, 2 for the verb.
    stories = {f"s{n}": {"Gannet": {"c": "militants hid"}, "Orrery": {"c": "fighters hid"}} for n in range(6)}
    found = compared(stories, prior=4.0).query("words == 1").set_index("term")
    expected = np.log((6 + 1) / (12 + 4 - 6 - 1)) - np.log((0 + 1) / (12 + 4 - 0 - 1))
    assert found.loc["militants", "log_odds"] == pytest.approx(expected, abs=1e-6)
    assert found.loc["militants", "variance"] == pytest.approx(1 / 7 + 1 / 1)
    assert found.loc["militants", "z"] == pytest.approx(expected / np.sqrt(1 / 7 + 1), abs=1e-6)
    assert found.loc["militants", "rate_one"] == pytest.approx(5000)
    # All six stories one way: two of the 64 ways to exchange the sides are as great.
    assert found.loc["militants", "p_value"] == pytest.approx(2 / 64, abs=0.01)
    assert "hid" not in found.index


def test_words_in_quotation_marks_are_the_speakers():
    stories = {
        f"s{n}": {"Gannet": {"c": "He spoke of “cowards in hiding” there"}, "Orrery": {"c": "He spoke of them there"}}
        for n in range(7)
    }
    assert "cowards" not in set(compared(stories)["term"])


def test_house_style_names_of_outlets_days_and_datelines_are_no_wording():
    one = "PORT VELLAND — Sen. Vey told The Gannet on Monday that the U.S. sent Mr. Lee to the quay"
    other = "Senator Vey told Orrery on Tuesday that the United States sent Lee to the quay"
    stories = {f"s{n}": {"Gannet": {"c": one}, "Orrery": {"c": other}} for n in range(8)}
    assert compared(stories).empty


def test_copies_of_one_text_are_one_voice_if_collapsed():
    own = {f"s{n}": {"Gannet": {"c": "militants hid"}, "Orrery": {"c": "fighters hid"}} for n in range(8)}
    copies = {f"t{n}": {"Gannet": {"c": "gunmen ran"}, "Orrery": {"c": "gunmen ran"}} for n in range(8)}
    runs = [(story, ("Gannet", "Orrery")) for story in copies]
    printed = compared(own | copies, copies=runs)
    collapsed = compared(own | copies, version="collapsed", copies=runs)
    assert set(printed["term"]) == set(collapsed["term"]) == {"militants", "fighters", "militants hid", "fighters hid"}
    assert printed["shared_claims"].iloc[0] == 16
    assert collapsed["shared_claims"].iloc[0] == 8
    with pytest.raises(compare.InputError, match="'Gannet' and 'Orrery' share no claim"):
        compared(copies, version="collapsed", copies=runs)


def test_one_against_many_that_word_alike_is_no_difference():
    rng = np.random.default_rng(5)
    words = [f"word{chr(97 + a)}{chr(97 + b)}" for a in range(10) for b in range(10)]
    outlets = ["Gannet", "Orrery", "Ledger", "Courier", "Post", "Herald"]
    stories = {
        f"s{n}": {one: {f"c{n}{k}": " ".join(rng.choice(words, 8)) for k in range(3)} for one in outlets}
        for n in range(40)
    }
    table = compared(stories, other=None)
    assert set(table["other"]) == {"all others"}
    assert (table["q_value"] < 0.05).sum() == 0
    # The share of p-values below .05 is what chance gives.
    assert (table["p_value"].dropna() < 0.05).mean() < 0.1


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("Gannett", None, "there is no outlet 'Gannett'; there are Gannet, Orrery"),
        ("Gannet", "Gannet", "'Gannet' is compared with itself"),
    ],
)
def test_unknown_and_equal_sides_are_refused(one, other, message):
    stories = {"s": {"Gannet": {"c": "militants hid"}, "Orrery": {"c": "fighters hid"}}}
    with pytest.raises(compare.InputError, match=message):
        compared(stories, one, other)


def test_outlets_that_share_nothing_and_one_outlet_are_refused():
    with pytest.raises(compare.InputError, match="share no claim; there is no wording to compare"):
        compared({"s": {"Gannet": {"a": "militants hid"}, "Orrery": {"b": "fighters hid"}}})
    with pytest.raises(compare.InputError, match="there is only one outlet, 'Gannet'"):
        compared({"s": {"Gannet": {"a": "militants hid"}}})


def test_one_story_has_figures_but_no_test():
    table = compared({"s": {"Gannet": {"c": "militants hid"}, "Orrery": {"c": "fighters hid"}}})
    assert set(table["term"]) >= {"militants", "fighters"}
    assert table["p_value"].isna().all()
    assert table["low"].isna().all()
    assert set(table["warning"]) == {"1 story: too few for an interval or a test"}


def test_groups_are_compared_as_their_outlets_are():
    stories = {
        f"s{n}": {
            "Gannet": {"c": "militants hid"},
            "Ledger": {"c": "militants hid"},
            "Orrery": {"c": "fighters hid"},
            "Post": {"c": "fighters hid"},
        }
        for n in range(8)
    }
    leaning = {"Gannet": "left", "Ledger": "left", "Orrery": "right", "Post": "right"}
    table = compared(stories, "left", "right", groups=leaning)
    assert table["term"].iloc[0] == "militants hid"
    assert set(table["one"]) == {"left"}
    with pytest.raises(compare.InputError, match="there is no group 'center'"):
        compared(stories, "center", groups=leaning)


def test_two_signs_of_exchange_are_exact_where_few_stories_differ():
    differences = np.zeros((10, 3))
    differences[:6, 0] = 1  # 2 of 64 exchanges
    differences[:5, 1] = 1  # cannot reach .05
    differences[:, 2] = [1, -1] * 5
    p = sign_tests(differences, 0)
    assert p[0] == pytest.approx(2 / 64, abs=0.006)
    assert np.isnan(p[1])
    assert p[2] == pytest.approx(1)


@pytest.mark.parametrize(
    ("clause", "verb", "voice"),
    [
        ("Nine people were killed on Monday", "kill", "agentless"),
        ("Nine people were killed by soldiers", "kill", "by"),
        ("Nine people have not yet been killed", "kill", "agentless"),
        ("The decree was signed by Friday", "sign", "agentless"),
        ("Output was cut by 12 percent", "cut", "agentless"),
        ("Two men got shot in Tarn", "shoot", "agentless"),
        ("He was concerned about the quay", "concern", None),
        ("Nine people “were killed” there", "kill", None),
    ],
)
def test_passives_are_read(clause, verb, voice):
    found = acts(told({"s": {"Gannet": {"c": clause}, "Orrery": {"c": "Rain fell"}}}))
    assert dict(zip(found["verb"], found["voice"], strict=True)).get(verb) == voice


@pytest.mark.parametrize(
    ("clause", "active"),
    [
        ("Soldiers killed nine people", True),
        ("Soldiers have killed nine people", True),
        ("a raid killing nine people", True),
        ("Soldiers could kill the people", True),
        ("people killed in the raid", False),
        ("the killed people of Tarn", False),
        ("the killing of people", False),
    ],
)
def test_actives_have_somebody_to_whom_it_is_done(clause, active):
    found = acts(told({"s": {"Gannet": {"c": clause}, "Orrery": {"c": "Nine people were killed"}}}))
    assert (found["voice"] == "active").any() == active


def passive_stories(number):
    return {
        f"s{n}": {
            "Gannet": {"c": "Soldiers killed nine farmers in Tarn"},
            "Orrery": {"c": "Nine farmers were killed in Tarn"},
            "Ledger": {"c": "Nine farmers were killed by soldiers in Tarn"},
        }
        for n in range(number)
    }


def test_an_act_without_an_agent_here_and_with_one_there_is_counted():
    clauses = told(passive_stories(8))
    table = passives_table(clauses, all_sides(clauses.outlets, None, "printed"))
    assert list(table) == PASSIVES.names
    row = table.set_index(["one", "other"]).loc[("Gannet", "Orrery")]
    assert row[["acts", "only_one", "only_other", "rate_other", "difference"]].tolist() == [8, 0, 8, 1, -1]
    assert row["p_value"] == pytest.approx(2 / 2**8, abs=0.004)
    assert (row["verb"], row["claim_id"]) == ("kill", "c")
    by = table.set_index(["one", "other"]).loc[("Gannet", "Ledger")]
    assert by[["only_other", "by_other"]].tolist() == [0, 8]
    assert "fewer than 6 stories differ: no test" in by["warning"]


def test_the_same_verb_in_other_company_is_another_act():
    stories = {"s": {"Gannet": {"c": "Farmers took the money"}, "Orrery": {"c": "He was taken aback there"}}}
    clauses = told(stories)
    assert same_acts(clauses, all_sides(clauses.outlets, None, "printed")).empty


def test_passives_of_chosen_verbs_only():
    clauses = told(passive_stories(2))
    sides = all_sides(clauses.outlets, None, "printed")
    assert passives_table(clauses, sides, verbs=["killing"])["acts"].sum() == 6
    none = passives_table(clauses, sides, verbs=["shot"])
    assert none["acts"].sum() == 0
    assert set(none["warning"]) == {"no act that both tell with the same verb"}
    with pytest.raises(compare.InputError, match="verbs is 'kill': give a list of verbs"):
        passives_table(clauses, sides, verbs="kill")


def named(one, other):
    clauses = told({"s": {"Gannet": {"c": one}, "Orrery": {"c": other}}})
    found = substitutions(clauses, all_sides(clauses.outlets, None, "printed"))
    return list(zip(found["label_one"], found["label_other"], strict=True))


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        (
            "Nine militants died near Tarn on Monday",
            "In a raid nine fighters died near Tarn",
            [("militants", "fighters")],
        ),
        (
            "The town took in undocumented migrants from Tarn",
            "It took in illegal migrants from Tarn",
            [("undocumented migrants", "illegal migrants")],
        ),
        # Both name both parties.
        ("Police fought protesters in Tarn", "Protesters fought police in Tarn", []),
        # Different persons.
        ("The council heard lawyer Ann Lee in Tarn", "The council heard teacher Tom Vey in Tarn", []),
        ("The women left Tarn in boats", "A woman left Tarn in boats", []),
        ("Soldiers filmed migrants near the quay in Tarn", "Soldiers counted migrants near the quay in Tarn", []),
    ],
)
def test_names_for_one_party(one, other, names):
    assert named(one, other) == names


def test_a_part_of_a_claim_does_not_count():
    given = tables({f"s{n}": {"Gannet": {"c": "militants hid"}, "Orrery": {"c": "fighters hid"}} for n in range(8)})
    assert len(Told(**given).lines) == 16
    given["claims"]["part_of"] = given["claims"]["story_id"].map({"s0": "b"})
    assert len(Told(**given).lines) == 14


def test_names_are_counted_over_stories_in_the_more_frequent_direction():
    one, other = "Nine militants died near Tarn", "Nine fighters died near Tarn"
    stories = {f"s{n}": {"Gannet": {"c": other}, "Orrery": {"c": one}} for n in range(10)}
    stories["s99"] = {"Gannet": {"c": one}, "Orrery": {"c": other}}
    clauses = told(stories)
    table = naming_table(clauses, all_sides(clauses.outlets, None, "printed"))
    assert list(table) == NAMINGS.names
    assert len(table) == 1
    row = table.iloc[0]
    assert row[["label_one", "label_other", "claims", "reverse", "stories"]].tolist() == [
        "fighters",
        "militants",
        10,
        1,
        11,
    ]
    assert row["p_value"] == pytest.approx(24 / 2**11, abs=0.004)
    assert naming_table(clauses, all_sides(clauses.outlets, None, "printed"))["warning"].tolist() == [""]


def test_a_claim_counts_once_for_two_groups_and_copies_are_no_pair():
    stories = {"s": {name: {"c": "Nine militants died"} for name in ("Gannet", "Ledger", "Orrery")}}
    clauses = told(stories, [("s", ("Gannet", "Orrery"))])
    groups = {"Gannet": "a", "Ledger": "a", "Orrery": "b"}
    both = paired(clauses.lines, all_sides(clauses.outlets, groups, "printed"), (), seed=0)
    assert (len(both), both["drawn"].sum()) == (2, 1)
    collapsed = paired(clauses.lines, all_sides(clauses.outlets, groups, "collapsed"), (), seed=0)
    assert collapsed["outlet_one"].map(clauses.outlets.__getitem__).tolist() == ["Ledger"]


def test_of_every_claim_one_pair_is_drawn_though_clauses_that_stand_in_two_claims_count_once():
    # Gannet and Ledger against Orrery, whose clause 9 stands in both claims, as Gannet's clause 1 does.
    rows = pd.DataFrame(
        [(0, "c1", 0, 1), (0, "c1", 2, 9), (0, "c2", 0, 1), (0, "c2", 1, 5), (0, "c2", 2, 9)],
        columns=["story", "claim", "outlet", "clause"],
    ).assign(voice="")
    sides = all_sides(["Gannet", "Ledger", "Orrery"], {"Gannet": "a", "Ledger": "a", "Orrery": "b"}, "printed")
    for seed in range(8):
        both = paired(rows, sides, (), seed, once=["clause_one", "clause_other"])
        assert both["claim"].tolist() == ["c1", "c2"]
        assert both["drawn"].all()


def test_who_is_drawn_follows_the_seed():
    stories = {
        f"s{n}": {name: {"c": "Nine militants died"} for name in ("Gannet", "Ledger", "Orrery")} for n in range(9)
    }
    clauses = told(stories)
    sides = all_sides(clauses.outlets, {"Gannet": "a", "Ledger": "a", "Orrery": "b"}, "printed")
    drawn_by = [paired(clauses.lines, sides, (), seed)["drawn"].tolist() for seed in (0, 0, 1)]
    assert drawn_by[0] == drawn_by[1] != drawn_by[2]


@pytest.mark.parametrize(
    ("cue", "read"),
    [
        ("said", ("say", "neutral")),
        ("had claimed", ("claim", "doubting")),
        ("admitting", ("admit", "factive")),
        ("According to", ("according to", "neutral")),
        ("pointed out", ("point out", "factive")),
        (":", (":", "neutral")),
    ],
)
def test_cues_are_read(cue, read):
    assert read_cue(cue) == read


def attributed(number, cues, sentence="“We will stay,” {cue} Vey."):
    """Give stories in which each outlet attributes the same quotation with its cue."""
    stories = {
        f"s{n}": {outlet: {"c": sentence.format(cue=cue)} for outlet, cue in cues.items()} for n in range(number)
    }
    found = tables(stories)
    rows = found["mentions"][["story_id", "outlet", "sentence_id", "article_id"]]
    quotes = rows.assign(quote_id="q", cue=rows["outlet"].map(cues), source="Ines Vey", state="full")
    texts = found["articles"].set_index("article_id")["text"]
    sentences = rows[["story_id", "sentence_id", "article_id"]].assign(text=rows["article_id"].map(texts))
    return {**found, "quotes": quotes, "sentences": sentences}


def test_attributions_of_shared_quotations():
    found = attributed(8, {"Gannet": "claimed", "Orrery": "said"})
    table = attributions_table(found, all_sides(["Gannet", "Orrery"], None, "printed"), by_speaker=True)
    assert list(table) == ATTRIBUTIONS.names
    rows = table.set_index(["kind", "value", "speaker"])
    doubting = rows.loc[("flavour", "doubting", "")]
    assert doubting[["quotations", "rate_one", "rate_other", "difference"]].tolist() == [8, 1, 0, 1]
    assert doubting["p_value"] == pytest.approx(2 / 2**8, abs=0.004)
    assert rows.loc[("cue", "claim", ""), "rate_one"] == 1
    assert rows.loc[("flavour", "doubting", "Vey"), "rate_one"] == 1
    assert set(table["family"]) == {
        "flavours: outlets; printed",
        "hedges: outlets; printed",
        "cues: outlets; printed",
        "flavours, by speaker: outlets; printed",
        "hedges, by speaker: outlets; printed",
    }


def test_hedges_count_in_the_outlets_own_words_alone():
    sides = all_sides(["Gannet", "Orrery"], None, "printed")
    for sentence, share in (("“We will stay,” Vey allegedly {cue}.", 1), ("“We allegedly stay,” {cue} Vey.", 0)):
        found = attributed(3, {"Gannet": "said", "Orrery": "said"}, sentence)
        rows = attributions_table(found, sides).set_index("value")
        assert rows.loc["hedged", "rate_one"] == share


def test_quotations_that_one_outlet_alone_gives_count_for_nobody():
    found = attributed(3, {"Gannet": "claimed", "Orrery": "said"})
    found["quotes"] = found["quotes"][found["quotes"]["outlet"] == "Gannet"]
    table = attributions_table(found, all_sides(["Gannet", "Orrery"], None, "printed"))
    assert table["rate_one"].isna().all()
    assert set(table["warning"]) == {"no quotation that both give"}


@pytest.mark.medium
def test_a_run_answers_all_questions(tmp_path):
    stories = {
        town: {
            "Gannet": f"Soldiers killed nine {crop} farmers in {town}. “The {crop} harvest of {town} is lost,” claimed "
            f"Mayor {mayor}.",
            "Orrery": f"Nine {crop} farmers were killed in {town}. “The {crop} harvest of {town} is lost,” said "
            f"Mayor {mayor}.",
        }
        for town, crop, mayor in zip(
            "Tarn Velland Ostrow Brine Kessel Marrow Dunmere".split(),
            "barley tulip cotton maize turnip cherry olive".split(),
            ("Ines Vey", "Tom Arl", "Ann Lorn", "Olga Brand", "Mara Ellin", "Jon Hale", "Rita Sorn"),
            strict=True,
        )
    }
    articles = [
        {"story_id": story, "outlet": outlet, "text": text}
        for story, told_by in stories.items()
        for outlet, text in told_by.items()
    ]
    corpus = compare.compare_corpus(articles, store=tmp_path / "run", reader=None)
    assert "soldiers" in set(corpus.wording.terms("Gannet")["term"])
    assert corpus.wording.passives(verbs=["killed"])["only_other"].tolist() == [7]
    doubting = corpus.wording.attributions().query("value == 'doubting'").iloc[0]
    assert (doubting["rate_one"], doubting["rate_other"]) == (1, 0)
    assert list(corpus.wording.naming()) == NAMINGS.names


def test_words_that_both_use_alike_in_every_claim_have_an_example_all_the_same():
    same = "The crew of the ferry slept aboard tonight."
    table = compared({"s1": {"Gannet": {"c1": same}, "Orrery": {"c1": same}}})
    assert (table["claim_id"] == "c1").all()
    assert (table["log_odds"].abs() < 1e-6).all()
