"""The tables of many stories: what outlets did in them, how they differ, what goes missing where, who is like whom."""

from __future__ import annotations

from compare.tables.core import *

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
    count("reattributed", "of these, attributed to somebody else", "quotations"),
    count("dropped", "of these, absent", "quotations"),
    count("sources", "quotations that it gives with a source, whoever else does", "quotations"),
    count("named", "of these, by a person with a name", "quotations"),
    count("institution", "of these, by an office, a company or a place with a name", "quotations"),
    count("unnamed", "of these, by a person without a name ('a resident', 'an official')", "quotations"),
    count("document", "of these, by a text: a report, a post, a letter", "quotations"),
    count("unknown", "of these, by somebody whom the words do not identify ('he', 'they')", "quotations"),
    count("official", "of these, by holders of a public office, named or not", "quotations"),
    count("articles", "its articles", "articles"),
    count("wire", "of these, copies of a text that other outlets run too", "articles"),
)

OUTLET_STORIES = Table(
    "outlet_stories",
    "an outlet in a story, as printed or with copies collapsed: the counts from which all rates are made",
    (
        text("story_id", "the story"),
        text("outlet", "the outlet"),
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
        text("outlet", "the outlet"),
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
        text("outlet", "the outlet"),
        VERSION,
        text("measure", "which rate"),
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
        text("measure", "which rate"),
        VERSION,
        text("one", "an outlet or a group"),
        text("other", "another one"),
        share("rate_one", "the rate of one, over the stories that both have"),
        share("rate_other", "the rate of the other, over the same stories"),
        number("difference", "one minus other, story by story, weighted after Mantel and Haenszel", "-1..1"),
        number("low", LOW, "-1..1"),
        number("high", HIGH, "-1..1"),
        share(
            "p_value",
            "of the test that exchanges the two within stories: says something about these outlets; missing if no data "
            "could give .05",
        ),
        Q_VALUE,
        share(
            "p_outlets",
            "of groups, with whole outlets permuted: says something about such outlets in general; missing if "
            "some share most of their texts",
        ),
        FAMILY,
        TESTS,
        count("stories", "stories that count: those which both have", "stories"),
        VALIDATED,
        WARNING,
    ),
    key=("measure", "version", "one", "other"),
)

_STORY, _CLAIM_ID = text("story_id", "the story"), text("claim_id", "the claim")


def _of_others(name: str, meaning: str) -> Column:
    return Column(name, NUMBER, f"of the other outlets (or voices) that carry it, those that {meaning}", unit="0..1")


GAPS = Table(
    "gaps",
    "a claim that one group of outlets carries more than another; the strongest evidence first",
    (
        _STORY,
        _CLAIM_ID,
        text("claim", "its wording"),
        VERSION,
        text("carried_by", "the group that carries it more"),
        text("left_out_by", "the group that carries it less"),
        count("outlets_one", "outlets (or voices) of carried_by that have the story", "outlets"),
        count("carried_one", "of these, those that carry the claim", "outlets"),
        count("omitted_one", "of these, those that leave it out; the rest are undecided", "outlets"),
        count("outlets_other", "outlets (or voices) of left_out_by that have the story", "outlets"),
        count("carried_other", "of these, those that carry the claim", "outlets"),
        count("omitted_other", "of these, those that leave it out", "outlets"),
        Column(
            "difference",
            NUMBER,
            "share of carried_by that carries it less that of left_out_by, undecided outlets in neither",
            unit="0..1",
        ),
        Column(
            "log_odds",
            NUMBER,
            "log of the ratio of both groups' odds to carry it, shrunk towards what these groups differ by in general",
        ),
        Column("low", NUMBER, "lower end of the 95 % interval of log_odds, given how claims differ in the corpus"),
        Column("high", NUMBER, "its upper end"),
        share("p_value", "Fisher's exact test of this claim alone: says something about these outlets"),
        Q_VALUE,
        FAMILY,
        count("tests", "claims of both groups' stories that some of their outlets carry and some leave out", "tests"),
        VALIDATED,
        WARNING,
    ),
    key=("claim_id", "version", "carried_by", "left_out_by"),
)

CLAIM_TRAITS = Table(
    "claim_traits",
    "a claim as it stands before an outlet: what it is, what the others make of it, and what the outlet decided",
    (
        _STORY,
        _CLAIM_ID,
        text("outlet", "the outlet"),
        VERSION,
        flag("available", "another outlet (or voice) of the story carries it"),
        text("decision", "what the outlet does with it", values=("carried", "omitted", "undecided")),
        _of_others("quote", "have most of the sentence that tells it in quotation marks"),
        _of_others("attributed", "give it as said by somebody"),
        _of_others("named_source", "give it as said by a person with a name"),
        flag("official", "its words, or those for its source, name a public office, or a person who holds one"),
        flag("casualties", "it tells of people killed or hurt"),
        flag("money", "it has an amount of money"),
        flag("number", "it has an amount of anything; dates, times and ranks are none"),
        count("words", "how long its wording is", "words"),
        Column("salience", NUMBER, "mean prominence at the others, as in claims, without the outlet", unit="0..1"),
        flag("opening", "another outlet (or voice) tells it in its first sentence"),
        text("lead_outlet", "the outlet that is taken for the story's lead; may be missing", optional=True),
        flag("is_lead", "the outlet is that one, or runs the same text"),
        flag("told_by_lead", "the lead outlet carries it; false for itself"),
        flag("contradicts_lead", "the lead outlet carries it altered; false for itself"),
    ),
    key=("claim_id", "outlet", "version"),
)

OMISSION_MODEL = Table(
    "omission_model",
    "a coefficient: how the odds to leave out an available claim go with a trait of it, or with the outlet",
    (
        text("term", "the trait, or the outlet"),
        text(
            "kind",
            "trait: with the trait against without; interaction: how far that differs between two groups; "
            "outlet: against the mean of the outlets",
            values=("trait", "interaction", "outlet"),
        ),
        text("group", "the group whose omissions they are; of all outlets empty"),
        text("other", "of an interaction, the group that is subtracted; else empty"),
        VERSION,
        number(
            "step",
            "what the coefficient stands for: 1 (true against false, all against none); of words and salience two "
            "standard deviations",
        ),
        number("log_odds", "the coefficient"),
        number("low", LOW),
        number("high", HIGH),
        number("odds_ratio", "exp(log_odds)"),
        number("points", "average marginal effect: how much more is left out", "percentage points"),
        number("points_low", LOW, "percentage points"),
        number("points_high", HIGH, "percentage points"),
        share("p_value", "two-sided, of log_odds"),
        Q_VALUE,
        FAMILY,
        TESTS,
        count("claims", "claims with the trait; of words and salience all; of an outlet those available to it"),
        count("decisions", "decisions about them that count", "decisions"),
        count("omitted", "of these, omissions", "decisions"),
        count("undecided", "further ones that are undecided and do not count", "decisions"),
        count("stories", "stories of these decisions", "stories"),
        VALIDATED,
        WARNING,
    ),
    key=("kind", "term", "group", "other"),
)

DISTANCE_MEASURES = ("corrected", "jaccard")

_MEASURE = text("measure", "which distance", values=DISTANCE_MEASURES)
_OUTLET = text("outlet", "the outlet")


DISTANCES = Table(
    "distances",
    "two outlets: how far apart they are in what they carry of the stories that both have",
    (
        text("one", "an outlet"),
        text("other", "another one"),
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
        number(
            "corrected", "(1 - told_both / told) / by_chance: 0 they carry the same, 1 as alike as chance, above less"
        ),
        number("low", LOW),
        number("high", HIGH),
        share("p_value", "of being no more alike than chance, one-sided"),
        Q_VALUE,
        FAMILY,
        TESTS,
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
        number("x", "its place along the map's longest extent; only distances mean something", "distance"),
        number("y", "its place across that", "distance"),
        number("ellipse_x", "middle of the ellipse that holds 95 % of its places in resampled stories", "distance"),
        number("ellipse_y", "the same across", "distance"),
        number("ellipse_long", "the ellipse's longer half axis", "distance"),
        number("ellipse_short", "its shorter half axis", "distance"),
        number("ellipse_angle", "from the x axis to the longer one, anticlockwise", "degrees"),
        number("stress", "of the whole map: how far its distances are from those measured (Kruskal's stress-1)"),
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
        text("one", "an outlet, or the outlets of an earlier merge"),
        text("other", "another"),
        text("outlets", "all outlets joined by now, separated by '; '"),
        count("size", "how many they are", "outlets"),
        Column("height", NUMBER, "the mean distance between the two", unit="distance"),
        share("support", "share of resampled corpora in which these outlets form a cluster"),
        VALIDATED,
        WARNING,
    ),
    key=("merge", "version", "measure"),
)

MAP_TABLES = (DISTANCES, MAP, DENDROGRAM)
