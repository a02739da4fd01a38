"""The tables on which claims go missing where: single claims, their traits, and what omission goes with."""

from __future__ import annotations

from compare.tables.columns import HIGH, LOW, VALIDATED, VERSION, WARNING, count, share
from compare.tables.core import FLAG, INTEGER, NUMBER, TEXT, Column, Table

_STORY, _CLAIM_ID = Column("story_id", TEXT, "the story"), Column("claim_id", TEXT, "the claim")
_FAMILY = Column("family", TEXT, "the tests that are adjusted together")


def _of_others(name: str, meaning: str) -> Column:
    return Column(name, NUMBER, f"of the other outlets (or voices) that carry it, those that {meaning}", unit="0..1")


GAPS = Table(
    "gaps",
    "a claim that one group of outlets carries more than another; the strongest evidence first",
    (
        _STORY,
        _CLAIM_ID,
        Column("claim", TEXT, "its wording"),
        VERSION,
        Column("carried_by", TEXT, "the group that carries it more"),
        Column("left_out_by", TEXT, "the group that carries it less"),
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
        share("q_value", "p_value adjusted for all tests of the family after Benjamini and Hochberg"),
        _FAMILY,
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
        Column("outlet", TEXT, "the outlet"),
        VERSION,
        Column("available", FLAG, "another outlet (or voice) of the story carries it"),
        Column("decision", TEXT, "what the outlet does with it", values=("carried", "omitted", "undecided")),
        _of_others("quote", "have most of the sentence that tells it in quotation marks"),
        _of_others("attributed", "give it as said by somebody"),
        _of_others("named_source", "give it as said by a person with a name"),
        Column("official", FLAG, "its words, or those for its source, name a public office, or a person who holds one"),
        Column("casualties", FLAG, "it tells of people killed or hurt"),
        Column("money", FLAG, "it has an amount of money"),
        Column("number", FLAG, "it has an amount of anything; dates, times and ranks are none"),
        Column("words", INTEGER, "how long its wording is", unit="words"),
        Column("salience", NUMBER, "mean prominence at the others, as in claims, without the outlet", unit="0..1"),
        Column("opening", FLAG, "another outlet (or voice) tells it in its first sentence"),
        Column("lead_outlet", TEXT, "the outlet that is taken for the story's lead; may be missing", optional=True),
        Column("is_lead", FLAG, "the outlet is that one, or runs the same text"),
        Column("told_by_lead", FLAG, "the lead outlet carries it; false for itself"),
        Column("contradicts_lead", FLAG, "the lead outlet carries it altered; false for itself"),
    ),
    key=("claim_id", "outlet", "version"),
)

OMISSION_MODEL = Table(
    "omission_model",
    "a coefficient: how the odds to leave out an available claim go with a trait of it, or with the outlet",
    (
        Column("term", TEXT, "the trait, or the outlet"),
        Column(
            "kind",
            TEXT,
            "trait: with the trait against without; interaction: how far that differs between two groups; "
            "outlet: against the mean of the outlets",
            values=("trait", "interaction", "outlet"),
        ),
        Column("group", TEXT, "the group whose omissions they are; of all outlets empty"),
        Column("other", TEXT, "of an interaction, the group that is subtracted; else empty"),
        VERSION,
        Column(
            "step",
            NUMBER,
            "what the coefficient stands for: 1 (true against false, all against none); of words and salience two "
            "standard deviations",
            optional=True,
        ),
        Column("log_odds", NUMBER, "the coefficient", optional=True),
        Column("low", NUMBER, LOW, optional=True),
        Column("high", NUMBER, HIGH, optional=True),
        Column("odds_ratio", NUMBER, "exp(log_odds)", optional=True),
        Column(
            "points",
            NUMBER,
            "average marginal effect: how much more is left out",
            unit="percentage points",
            optional=True,
        ),
        Column("points_low", NUMBER, LOW, unit="percentage points", optional=True),
        Column("points_high", NUMBER, HIGH, unit="percentage points", optional=True),
        share("p_value", "two-sided, of log_odds"),
        share("q_value", "p_value adjusted for all tests of the family after Benjamini and Hochberg"),
        _FAMILY,
        count("tests", "how many they are", "tests"),
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
