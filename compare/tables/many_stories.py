"""The tables of many stories: what outlets did in them, how they differ, what goes missing where, who is like whom."""

from __future__ import annotations

from compare.tables.core import *

# What an outlet did, in one story or over many.
_RECORD = (
    count("claims", "claims available to it: those that another outlet of the story carries, in a language of its own"),
    count("carried", "of these, those it carries"),
    count("altered", "of those carried, those whose meaning it changes"),
    count("undecided", "of those available, those left undecided"),
    count("omitted", "of those available, those it leaves out"),
    count("made", "all claims it carries in stories that another outlet covers, too"),
    count("only_here", "of these, those that every other outlet leaves out"),
    count("placed", "available claims for which the place of its sentence is known"),
    Column("prominence_sum", NUMBER, "sum of their prominence, from 1 for the lead down to 0.5 for the last line"),
    count("quotations", "quotations available to it: those that another outlet gives in quotation marks", "quotations"),
    count("kept", "of these, those given in full", "quotations"),
    count("trimmed", "of these, those given with words missing", "quotations"),
    count("paraphrased", "of these, those told without quotation marks", "quotations"),
    count("reattributed", "of these, those attributed to somebody else", "quotations"),
    count("dropped", "of these, those absent", "quotations"),
    count("sources", "quotations it gives with a source, whether or not another outlet gives them", "quotations"),
    count("named", "of these, those by a named person", "quotations"),
    count("institution", "of these, those by a named office, company or place", "quotations"),
    count("unnamed", "of these, those by a person without a name ('a resident', 'an official')", "quotations"),
    count("document", "of these, those from a text: a report, a post, a letter", "quotations"),
    count("unknown", "of these, those by somebody whom the words do not identify ('he', 'they')", "quotations"),
    count("official", "of these, those by holders of public office, named or not", "quotations"),
    count("articles", "number of its articles", "articles"),
    count("wire", "of these, copies of a text that other outlets run too", "articles"),
)

OUTLET_STORIES = Table(
    "outlet_stories",
    "an outlet in a story, as printed or with copies collapsed: the counts behind all rates",
    (
        text("story_id", "the story"),
        text("outlet", "the outlet"),
        VERSION,
        count(
            "others",
            "number of other outlets that cover the story (with copies collapsed, of other voices); 0 if it is alone",
            "outlets",
        ),
        count("copies", "number of outlets that run the same text, itself included; 1 as printed", "outlets"),
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
        count("stories", "number of stories it covers", "stories"),
        count("alone", "of these, those that no other outlet (or voice) covers; they count in no rate", "stories"),
        *_RECORD[:2],
        share("rate", "carriage rate: carried / claims; where validated, corrected for the toolkit's errors"),
        share("low", LOW),
        share("high", HIGH),
        *_RECORD[2:5],
        share("omission", "omission rate: omitted / claims; where validated, corrected likewise"),
        share("omission_low", LOW),
        share("omission_high", HIGH),
        *_RECORD[5:7],
        share("only_here_rate", "only_here / made"),
        share("prominence", "mean prominence of the available claims it carries"),
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
        text("measure", "name of the rate"),
        share("rate", "part / whole, over all stories"),
        share("low", LOW),
        share("high", HIGH),
        Column("part", NUMBER, "the numerator: what is counted"),
        Column("whole", NUMBER, "the denominator: what it is counted among"),
        count("stories", "number of stories that count: those whose whole is not 0", "stories"),
        VALIDATED,
        WARNING,
    ),
    key=("outlet", "version", "measure"),
)

DIFFERENCES = Table(
    "differences",
    "the difference in a rate between two outlets, or two groups of outlets, within the same stories",
    (
        text("measure", "name of the rate"),
        VERSION,
        text("one", "an outlet or a group"),
        text("other", "the other outlet or group"),
        share("rate_one", "the rate of one, over the stories that both cover"),
        share("rate_other", "the rate of the other, over the same stories"),
        number("difference", "one minus other within stories, with Mantel-Haenszel weights", "-1..1"),
        number("low", LOW, "-1..1"),
        number("high", HIGH, "-1..1"),
        share(
            "p_value",
            "of the test that swaps the two within stories, which speaks of these outlets alone; missing if no "
            "data could reach .05",
        ),
        Q_VALUE,
        share(
            "p_outlets",
            "for groups, of the test that permutes whole outlets, which speaks of such outlets in general; "
            "missing if some share most of their texts",
        ),
        FAMILY,
        TESTS,
        count("stories", "number of stories that count: those that both cover", "stories"),
        VALIDATED,
        WARNING,
    ),
    key=("measure", "version", "one", "other"),
)

_STORY, _CLAIM_ID = text("story_id", "the story"), text("claim_id", "the claim")


def _of_others(name: str, meaning: str) -> Column:
    return Column(name, NUMBER, f"share of the other outlets (or voices) carrying it that {meaning}", unit="0..1")


GAPS = Table(
    "gaps",
    "a claim that one group of outlets carries more than another does, the strongest evidence first",
    (
        _STORY,
        _CLAIM_ID,
        text("claim", "its wording"),
        VERSION,
        text("carried_by", "the group that carries it more"),
        text("left_out_by", "the group that carries it less"),
        count("outlets_one", "number of outlets (or voices) of carried_by that cover the story", "outlets"),
        count("carried_one", "of these, those that carry the claim", "outlets"),
        count("omitted_one", "of these, those that leave it out; the rest are undecided", "outlets"),
        count("outlets_other", "number of outlets (or voices) of left_out_by that cover the story", "outlets"),
        count("carried_other", "of these, those that carry the claim", "outlets"),
        count("omitted_other", "of these, those that leave it out", "outlets"),
        Column(
            "difference",
            NUMBER,
            "share of carried_by that carries it, minus that of left_out_by; undecided outlets are in neither",
            unit="0..1",
        ),
        Column(
            "log_odds",
            NUMBER,
            "log of the ratio of the groups' odds of carrying it, shrunk towards their general difference",
        ),
        Column("low", NUMBER, "lower end of the 95 % interval of log_odds, given how much claims vary in the corpus"),
        Column("high", NUMBER, "upper end of that interval"),
        share("p_value", "of Fisher's exact test on this claim alone, which speaks of these outlets alone"),
        Q_VALUE,
        FAMILY,
        count("tests", "claims in both groups' stories that some of their outlets carry and some leave out", "tests"),
        VALIDATED,
        WARNING,
    ),
    key=("claim_id", "version", "carried_by", "left_out_by"),
)

CLAIM_TRAITS = Table(
    "claim_traits",
    "a claim as an outlet faces it: what it is, how the others treat it, and what the outlet decides",
    (
        _STORY,
        _CLAIM_ID,
        text("outlet", "the outlet"),
        VERSION,
        flag("available", "whether another outlet (or voice) of the story carries it"),
        text("decision", "what the outlet does with it", values=("carried", "omitted", "undecided")),
        _of_others("quote", "have most of the sentence that tells it in quotation marks"),
        _of_others("attributed", "attribute it to somebody"),
        _of_others("named_source", "attribute it to a named person"),
        flag("official", "whether its words, or those for its source, name a public office or somebody who holds one"),
        flag("casualties", "whether it tells of people killed or hurt"),
        flag("money", "whether it gives an amount of money"),
        flag("number", "whether it gives an amount of anything; dates, times and ranks do not count"),
        count("words", "length of its wording", "words"),
        Column("salience", NUMBER, "mean prominence at the other outlets, as in claims", unit="0..1"),
        flag("opening", "whether another outlet (or voice) tells it in its first sentence"),
        text("lead_outlet", "the outlet taken as the story's lead; may be missing", optional=True),
        flag("is_lead", "whether the outlet is that one, or runs the same text"),
        flag("told_by_lead", "whether the lead outlet carries it; false for the lead outlet itself"),
        flag("contradicts_lead", "whether the lead outlet alters it; false for the lead outlet itself"),
    ),
    key=("claim_id", "outlet", "version"),
)

OMISSION_MODEL = Table(
    "omission_model",
    "a coefficient: how the odds of leaving out an available claim vary with one of its traits, or with the outlet",
    (
        text("term", "the trait, or the outlet"),
        text(
            "kind",
            "trait: claims with the trait against those without; interaction: how much that differs between two "
            "groups; outlet: the outlet against the mean of all",
            values=("trait", "interaction", "outlet"),
        ),
        text("group", "the group whose omissions are modelled; empty for all outlets"),
        text("other", "for an interaction, the group that is subtracted; otherwise empty"),
        VERSION,
        number(
            "step",
            "the change in the trait behind the coefficient: 1 (true against false, all against none); for words "
            "and salience, two standard deviations",
        ),
        number("log_odds", "the coefficient"),
        number("low", LOW),
        number("high", HIGH),
        number("odds_ratio", "exp(log_odds)"),
        number("points", "average marginal effect: how much more of the claims is left out", "percentage points"),
        number("points_low", LOW, "percentage points"),
        number("points_high", HIGH, "percentage points"),
        share("p_value", "of log_odds, two-sided"),
        Q_VALUE,
        FAMILY,
        TESTS,
        count(
            "claims", "claims with the trait; for words and salience, all claims; for an outlet, those available to it"
        ),
        count("decisions", "decisions on them that count", "decisions"),
        count("omitted", "of these, omissions", "decisions"),
        count("undecided", "further decisions, which are undecided and do not count", "decisions"),
        count("stories", "number of stories with these decisions", "stories"),
        VALIDATED,
        WARNING,
    ),
    key=("kind", "term", "group", "other"),
)

DISTANCE_MEASURES = ("corrected", "jaccard")

_MEASURE = text("measure", "name of the distance", values=DISTANCE_MEASURES)
_OUTLET = text("outlet", "the outlet")


DISTANCES = Table(
    "distances",
    "two outlets: how far apart they are in what they carry of the stories that both cover",
    (
        text("one", "an outlet"),
        text("other", "the other outlet or group"),
        VERSION,
        count(
            "stories",
            "number of stories that count: those that both cover and of which either carries a claim",
            "stories",
        ),
        count("either", "claims of these stories that either carries"),
        count("both", "of these, those that both carry"),
        share("jaccard", "Jaccard's distance: 1 - both / either"),
        share("jaccard_low", LOW),
        share("jaccard_high", HIGH),
        count(
            "told",
            "of the claims that either carries, those that two outlets or more carry and a third could have carried",
        ),
        count("told_both", "of these, those that both carry"),
        share("by_chance", "Jaccard's distance over these that is expected if chance decides which outlets carry them"),
        number(
            "corrected",
            "(1 - told_both / told) / by_chance: 0 if they carry the same, 1 if they are as alike as by chance, "
            "above 1 if less",
        ),
        number("low", LOW),
        number("high", HIGH),
        share("p_value", "of the test that they are no more alike than by chance, one-sided"),
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
        number("x", "its place along the map's longest extent; only distances have a meaning", "distance"),
        number("y", "its place across that extent", "distance"),
        number(
            "ellipse_x",
            "x of the centre of the ellipse that holds 95 % of its places over resampled stories",
            "distance",
        ),
        number("ellipse_y", "y of that centre", "distance"),
        number("ellipse_long", "the ellipse's longer semi-axis", "distance"),
        number("ellipse_short", "the ellipse's shorter semi-axis", "distance"),
        number("ellipse_angle", "angle from the x axis to the longer semi-axis, anticlockwise", "degrees"),
        number("stress", "how far the distances of the whole map are from those measured (Kruskal's stress-1)"),
        count("stories", "number of stories it shares with another outlet", "stories"),
        VALIDATED,
        WARNING,
    ),
    key=("outlet", "version", "measure"),
)

DENDROGRAM = Table(
    "dendrogram",
    "a merge: two outlets, or clusters of outlets, joined because they are nearest on average",
    (
        Column("merge", INTEGER, "number of the merge, the nearest first"),
        VERSION,
        _MEASURE,
        text("one", "an outlet, or the outlets of an earlier merge"),
        text("other", "the other outlet, or the outlets of another earlier merge"),
        text("outlets", "all outlets of the new cluster, joined by '; '"),
        count("size", "how many they are", "outlets"),
        Column("height", NUMBER, "the mean distance between the two", unit="distance"),
        share("support", "share of resampled corpora in which these outlets form a cluster"),
        VALIDATED,
        WARNING,
    ),
    key=("merge", "version", "measure"),
)

MAP_TABLES = (DISTANCES, MAP, DENDROGRAM)

STORIES = Table(
    "stories",
    "a story that articles were grouped to",
    (
        text("story_id", "the story"),
        text("headline", "the headline of its first article that has one", optional=True, withheld=True),
        count("articles", "number of its articles", "articles"),
        count("outlets", "number of their outlets", "outlets"),
        Column("first", TIME, "when the first of them was published", unit="UTC", optional=True),
        Column("last", TIME, "when the last of them was published", unit="UTC", optional=True),
    ),
    key=("story_id",),
)

REGROUPED = Table(
    "regrouped",
    "an article that has another story since articles were added",
    (
        text("article_id", "the article"),
        text("was", "the story that it had before"),
        text("story_id", "the story that it has now"),
        text(
            "how",
            "merged: the story that it had is part of another; split: it lives on without the article",
            values=("merged", "split"),
        ),
    ),
    key=("article_id",),
)
