"""The tables of many stories: what outlets did in them, as counts, rates and differences."""

from __future__ import annotations

from compare.tables.columns import HIGH, LOW, VALIDATED, VERSION, WARNING, count, share
from compare.tables.core import NUMBER, TEXT, Column, Table

# What an outlet did, in one story or over many.
_RECORD = (
    count("claims", "claims that were available to it: another outlet of the story carries them"),
    count("carried", "of these, those that it carries"),
    count("altered", "of those that it carries, with a changed meaning"),
    count("undecided", "of the available ones, those about which nothing is decided"),
    count("omitted", "of the available ones, those that it leaves out"),
    count("made", "all claims that it carries in stories which another outlet has too"),
    count("only_here", "of these, those that every other outlet leaves out"),
    count("placed", "available claims that it carries in a sentence of its own"),
    Column("prominence_sum", NUMBER, "their prominence, added up: 1 for the lead, down to 0.5 for the last line"),
    count("quotations", "quotations available to it: another outlet gives them in quotation marks", "quotations"),
    count("kept", "of these, given in full", "quotations"),
    count("trimmed", "of these, given with words missing", "quotations"),
    count("paraphrased", "of these, told without quoting", "quotations"),
    count("reattributed", "of these, given to somebody else", "quotations"),
    count("dropped", "of these, absent", "quotations"),
    count("sources", "quotations that it gives with a source, whoever else does", "quotations"),
    count("named", "of these, by a person with a name", "quotations"),
    count("institution", "of these, by an office, a company or a place with a name", "quotations"),
    count("unnamed", "of these, by a person without a name ('a resident', 'an official')", "quotations"),
    count("document", "of these, by a text: a report, a post, a letter", "quotations"),
    count("unknown", "of these, by somebody whom the words do not tell ('he', 'they')", "quotations"),
    count("official", "of these, by somebody whom the story calls after a public office; named or not", "quotations"),
    count("articles", "its articles", "articles"),
    count("wire", "of these, copies of a text that other outlets run too", "articles"),
)

OUTLET_STORIES = Table(
    "outlet_stories",
    "an outlet in a story, as printed or with copies collapsed: the counts from which all rates are made",
    (
        Column("story_id", TEXT, "the story"),
        Column("outlet", TEXT, "the outlet"),
        VERSION,
        count("others", "other outlets that have the story; with copies collapsed other voices; 0: alone", "outlets"),
        count("copies", "outlets that run the same text, itself among them; 1 as printed", "outlets"),
        *_RECORD,
    ),
    key=("story_id", "outlet", "version"),
)

OUTLETS = Table(
    "outlets",
    "an outlet over many stories, as printed or with copies collapsed",
    (
        Column("outlet", TEXT, "the outlet"),
        VERSION,
        count("stories", "stories that it covers", "stories"),
        count("alone", "of these, stories that no other outlet (or voice) covers: they count in no rate", "stories"),
        *_RECORD[:2],
        share("rate", "carriage: carried / claims; where validated, corrected for the toolkit's errors"),
        share("low", LOW),
        share("high", HIGH),
        *_RECORD[2:5],
        share("omission", "omitted / claims; where validated, corrected"),
        share("omission_low", LOW),
        share("omission_high", HIGH),
        *_RECORD[5:7],
        share("only_here_rate", "only_here / made"),
        share("prominence", "mean prominence of the available claims that it carries"),
        *_RECORD[9:],
        share("wire_rate", "wire / articles"),
        VALIDATED,
        WARNING,
    ),
    key=("outlet", "version"),
)

RATES = Table(
    "rates",
    "a rate of an outlet, with its interval",
    (
        Column("outlet", TEXT, "the outlet"),
        VERSION,
        Column("measure", TEXT, "which rate"),
        share("rate", "the part divided by the whole, over all stories"),
        share("low", LOW),
        share("high", HIGH),
        Column("part", NUMBER, "what is counted"),
        Column("whole", NUMBER, "of how many"),
        count("stories", "stories that count: those whose whole is not 0", "stories"),
        VALIDATED,
        WARNING,
    ),
    key=("outlet", "version", "measure"),
)

DIFFERENCES = Table(
    "differences",
    "a difference of a rate between two outlets, or two groups of outlets, within the same stories",
    (
        Column("measure", TEXT, "which rate"),
        VERSION,
        Column("one", TEXT, "an outlet or a group"),
        Column("other", TEXT, "another one"),
        share("rate_one", "the rate of one, over the stories that both have"),
        share("rate_other", "the rate of the other, over the same stories"),
        Column(
            "difference",
            NUMBER,
            "one minus other, story by story, weighted after Mantel and Haenszel",
            unit="-1..1",
            optional=True,
        ),
        Column("low", NUMBER, LOW, unit="-1..1", optional=True),
        Column("high", NUMBER, HIGH, unit="-1..1", optional=True),
        share(
            "p_value",
            "of the test that exchanges the two within stories: says something about these outlets; missing if no data "
            "could give .05",
        ),
        share("q_value", "p_value adjusted for all tests of the family after Benjamini and Hochberg"),
        share(
            "p_outlets",
            "of groups, with whole outlets permuted: says something about such outlets in general; missing if "
            "some share most of their texts",
        ),
        Column("family", TEXT, "the tests that are adjusted together"),
        count("tests", "how many they are", "tests"),
        count("stories", "stories that count: those which both have", "stories"),
        VALIDATED,
        WARNING,
    ),
    key=("measure", "version", "one", "other"),
)
