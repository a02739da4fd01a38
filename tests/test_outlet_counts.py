"""What an outlet did in one story, counted by hand."""

import pandas as pd
import pytest

from compare.outlets.counts import count_story, source_kinds
from compare.tables import COVERAGE, QUOTES, WIRE


def coverage(grid, outlets=("Gannet", "Orrery", "Ledger")):
    """Cells from rows of states, as they stand in the article of each outlet; a position follows a state after @."""
    rows = []
    for claim, states in enumerate(grid):
        for outlet, cell in zip(outlets, states.split(), strict=True):
            state, _, position = cell.partition("@")
            rows.append(
                {
                    "claim_id": f"c{claim}",
                    "outlet": outlet,
                    "state": state,
                    "probability": 0.5,
                    "sentence_id": f"{outlet.lower()}:0",
                    "position": float(position or 0) if state != "omitted" else None,
                    "changes": "",
                }
            )
    return COVERAGE.frame(rows)


def wire(outlets=("Gannet", "Orrery", "Ledger"), copies=()):
    return WIRE.frame(
        [
            {
                "article_id": outlet.lower(),
                "outlet": outlet,
                "wire": "wire" if outlet in copies else "own",
                "group_id": "w1" if outlet in copies else None,
                "shared": 0.0,
                "added": 0.0,
                "cut": "none",
                "cut_sentences": 0,
            }
            for outlet in outlets
        ]
    )


def quotes(rows):
    """Rows of quotation, outlet, state, kind, speaker and whom it means."""
    names = ["quote_id", "outlet", "state", "kind", "speaker", "resolved"]
    given = [dict(zip(names, row, strict=True)) for row in rows]
    return QUOTES.frame(
        [one | {"sentence_id": f"{one['outlet'].lower()}:0", "gone": "", "wording": ""} for one in given]
    )


NONE_QUOTED = QUOTES.frame(pd.DataFrame(columns=QUOTES.names))


def counts(table, version="printed"):
    return table[table["version"] == version].set_index("outlet")


def test_available_is_what_another_outlet_carries():
    table = coverage(
        [
            "verbatim paraphrased omitted",  # available to all three
            "partial omitted omitted",  # only here: available to the others
            "omitted undecided verbatim",  # available to Gannet and Orrery, not to Ledger alone
            "altered verbatim undecided",
            "omitted undecided omitted",  # nobody carries it
        ]
    )
    gannet, orrery, ledger = (
        counts(count_story("s", table, NONE_QUOTED, wire())).loc[["Gannet", "Orrery", "Ledger"]].to_dict("records")
    )
    names = ["claims", "carried", "altered", "undecided", "omitted", "made", "only_here"]
    assert [gannet[name] for name in names] == [3, 2, 1, 0, 1, 3, 1]
    assert [orrery[name] for name in names] == [4, 2, 0, 1, 1, 2, 0]
    # The third claim is Ledger's alone only if Orrery surely leaves it out, which is undecided.
    assert [ledger[name] for name in names] == [3, 0, 0, 1, 2, 1, 0]


def test_prominence_is_of_what_others_tell_too():
    table = coverage(
        ["verbatim@0 verbatim@0.5 omitted", "verbatim@1 omitted omitted", "verbatim@0.5 partial@1 omitted"]
    )
    found = counts(count_story("s", table, NONE_QUOTED, wire()))
    assert found.loc["Gannet", ["placed", "prominence_sum"]].tolist() == [2, 1 + 0.75]
    assert found.loc["Orrery", ["placed", "prominence_sum"]].tolist() == [2, 0.75 + 0.5]
    assert found.loc["Ledger", ["placed", "prominence_sum"]].tolist() == [0, 0]


def test_copies_of_one_text_are_one_voice():
    table = coverage(
        [
            "verbatim verbatim omitted",  # the wire's claim: no other voice carries it, only Ledger misses it
            "verbatim omitted verbatim",  # Orrery's copy is cut, but the wire's text has it
            "omitted omitted verbatim",
        ]
    )
    story = count_story("s", table, NONE_QUOTED, wire(copies=("Gannet", "Orrery")))
    names = ["claims", "carried", "omitted", "made", "only_here", "others", "copies", "wire"]
    assert counts(story).loc["Orrery", names].tolist() == [3, 1, 2, 1, 0, 2, 1, 1]
    one_voice = counts(story, "collapsed")
    assert one_voice.loc["Gannet", names].tolist() == [2, 1, 1, 2, 1, 1, 2, 1]
    assert one_voice.loc["Orrery", names].tolist() == one_voice.loc["Gannet", names].tolist()
    assert one_voice.loc["Ledger", names].tolist() == [2, 1, 1, 2, 1, 1, 1, 0]


def test_if_all_run_one_text_nothing_is_available():
    table = coverage(["verbatim verbatim verbatim", "verbatim omitted omitted"])
    story = count_story("s", table, NONE_QUOTED, wire(copies=("Gannet", "Orrery", "Ledger")))
    collapsed = counts(story, "collapsed")
    assert (collapsed[["others", "claims", "made", "only_here"]] == 0).all(axis=None)
    assert collapsed["copies"].tolist() == [3, 3, 3]
    assert counts(story)["claims"].tolist() == [1, 2, 2]


def test_an_outlet_alone_with_a_story_has_nothing_available():
    table = coverage(["verbatim", "verbatim"], outlets=["Gannet"])
    alone = counts(count_story("s", table, NONE_QUOTED, wire(outlets=["Gannet"]))).loc["Gannet"]
    assert alone[["others", "claims", "carried", "made", "only_here", "articles"]].tolist() == [0, 0, 0, 0, 0, 1]


def test_an_outlet_with_a_copy_and_a_text_of_its_own_has_two_voices():
    table = coverage(["verbatim omitted", "verbatim verbatim"], outlets=["Gannet", "Orrery"])
    # Gannet tells the first claim in its own text, the second in its copy.
    table.loc[table["outlet"] == "Gannet", "sentence_id"] = ["own:0", "copy:3"]
    both = wire(outlets=["Gannet", "Gannet", "Orrery"], copies=())
    both["article_id"] = ["own", "copy", "orrery"]
    both["group_id"] = [None, "w1", "w1"]
    collapsed = counts(count_story("s", table, NONE_QUOTED, both), "collapsed")
    assert collapsed.loc["Orrery", ["others", "claims", "carried", "omitted", "copies"]].tolist() == [1, 1, 0, 1, 2]
    assert collapsed.loc["Gannet", ["others", "claims", "articles", "wire"]].tolist() == [0, 0, 2, 1]


def test_quotations_are_available_if_another_outlet_has_them_in_marks():
    table = quotes(
        [
            ("q1", "Gannet", "full", "direct", "Ann Hale", "Ann Hale"),
            ("q1", "Orrery", "trimmed", "direct", "Hale", "Ann Hale"),
            ("q1", "Ledger", "absent", None, None, None),
            ("q2", "Gannet", "full", "direct", "a resident", "a resident"),
            ("q2", "Orrery", "paraphrased", "indirect", "a resident", "a resident"),
            ("q2", "Ledger", "reattributed", "direct", "an officer", "an officer"),
            ("q3", "Gannet", "full", "indirect", "he", "he"),  # nobody has it in marks
            ("q3", "Orrery", "absent", None, None, None),
            ("q3", "Ledger", "absent", None, None, None),
        ]
    )
    found = counts(count_story("s", coverage(["verbatim verbatim verbatim"]), table, wire()))
    names = ["quotations", "kept", "trimmed", "paraphrased", "reattributed", "dropped"]
    assert found.loc["Gannet", names].tolist() == [2, 2, 0, 0, 0, 0]
    assert found.loc["Orrery", names].tolist() == [2, 0, 1, 1, 0, 0]
    assert found.loc["Ledger", names].tolist() == [2, 0, 0, 0, 1, 1]
    kinds = ["sources", "named", "unnamed", "unknown", "official"]
    assert found.loc["Gannet", kinds].tolist() == [3, 1, 1, 1, 0]
    assert found.loc["Ledger", kinds].tolist() == [1, 0, 1, 0, 1]


@pytest.mark.parametrize(
    ("speaker", "resolved", "kind", "official"),
    [
        ("Ann Hale", "Ann Hale", "named", False),
        ("Mayor Ann Hale", "Ann Hale", "named", True),
        ("a police officer", "a police officer", "unnamed", True),
        ("a shopkeeper", "a shopkeeper", "unnamed", False),
        ("the report", "the report", "document", False),
        ("the police report", "the police report", "document", False),
        ("they", "they", "unknown", False),
        ("the Tarn Council", "the Tarn Council", "institution", True),
        ("Brine Lines Ltd", "Brine Lines Ltd", "institution", False),
    ],
)
def test_kinds_of_sources(speaker, resolved, kind, official):
    (row,) = source_kinds(quotes([("q", "Gannet", "full", "direct", speaker, resolved)])).to_dict("records")
    assert (row["kind"], row["official"]) == (kind, official)


def test_who_is_called_after_an_office_once_holds_it_in_the_whole_story():
    table = quotes(
        [
            ("q1", "Gannet", "full", "direct", "the mayor, Ann Hale", "Mayor Ann Hale"),
            ("q2", "Orrery", "full", "direct", "Hale", "Ann Hale"),
            ("q3", "Orrery", "full", "direct", "Noor", "Idris Noor"),
            ("q4", "Ledger", "paraphrased", None, None, None),  # told without a source
        ]
    )
    assert source_kinds(table)["official"].tolist() == [True, True, False]
