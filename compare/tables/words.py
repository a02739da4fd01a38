"""The tables of words: quotations, and how outlets word the claims that they share."""

from __future__ import annotations

from compare.tables.core import *

QUOTATIONS = Table(
    "quotations",
    "a quotation in a text: words given as said, thought or wanted by somebody",
    (
        text("quote", "what is said, without the quotation marks; pieces that the cue separates are joined by a space"),
        text("speaker", "who says it, in the words of the text ('he', 'the minister'); empty if the text does not say"),
        text("cue", "the words that attribute it ('said', 'according to'); empty if the quotation stands alone"),
        count("start", "where the quotation begins in the text", "code points"),
        count("end", "where it ends (exclusive); a cue that interrupts it lies in between", "code points"),
        text("kind", "whether most of it is inside quotation marks", values=QUOTATION_KINDS),
        text(
            "resolved",
            "whom the text means by `speaker`: a name or, failing that, the fullest description; an estimate",
        ),
        text("flavour", "what the cue implies about the truth of what is said", values=FLAVOURS),
    ),
    key=("start", "end", "cue"),
)

QUOTES = Table(
    "quotes",
    "a quotation at an outlet, direct or in reported speech",
    (
        text("quote_id", "identifies the quotation; derived from the story and the words of its earliest form"),
        text(
            "claim_id",
            "the claim it belongs to: the one that most of its sentences carry",
            optional=True,
            refers="claims",
        ),
        text("outlet", "the outlet"),
        text("sentence_id", "the sentence in which it begins at the outlet", optional=True, refers="sentences"),
        text(
            "speaker",
            "who says it at the outlet, in the article's words ('he', 'the minister')",
            optional=True,
            withheld=True,
        ),
        text(
            "resolved",
            "whom the outlet means by `speaker`: a name or a description; an estimate",
            optional=True,
            withheld=True,
        ),
        text(
            "cue",
            "the words that attribute it ('said', 'according to'); missing if it is attributed to nobody",
            optional=True,
            withheld=True,
        ),
        text("text", "the outlet's words; pieces are joined by ' … '", optional=True, withheld=True),
        Column("start", MAYBE_INTEGER, "where it begins in the article's text", unit="code points", optional=True),
        Column("end", MAYBE_INTEGER, "where it ends (exclusive)", unit="code points", optional=True),
        text("kind", "whether most of it is inside quotation marks", optional=True, values=QUOTATION_KINDS),
        text(
            "state",
            "what the outlet gives: all the quoted words, some of them, the content without quotation marks, the "
            "words attributed to somebody else, or nothing",
            values=QUOTE_STATES,
        ),
        text(
            "gone", "the words missing from a trimmed quotation, runs joined by ' … '; otherwise empty", withheld=True
        ),
        share(
            "probability",
            "probability that the outlet's words are a version of the quotation; a judgement, not calibrated",
        ),
        text(
            "source",
            "whose words they are: the speaker that most outlets give, wire copies counted once",
            optional=True,
            withheld=True,
        ),
        share(
            "same_speaker",
            "probability that the outlet's speaker is the source, .5 where nothing tells; a judgement, not calibrated",
        ),
        text("wording", "the quotation's fullest form in the story, a direct one if there is one", withheld=True),
        share(
            "claim_probability",
            "probability that the outlet carries the quotation's claim, as in coverage; it says how sure an absence is",
        ),
        text(
            "differs",
            "what tells against a version in other words: it has another amount or day, or denies the quotation",
            optional=True,
            values=("number", "time", "negation"),
        ),
    ),
    key=("quote_id", "outlet"),
)

_ONE = text("one", "an outlet or a group")
_OTHER = text("other", "the other outlet or group")
_TEST = (
    share("p_value", "of the permutation test that swaps the two within stories; missing if no data could reach .05"),
    Q_VALUE,
    FAMILY,
    TESTS,
)
_EXAMPLE = (
    text("claim_id", "a claim that shows it; missing where there is none", optional=True),
    text("sentence_one", "a sentence in which one tells it", optional=True),
    text("sentence_other", "a sentence in which the other tells it", optional=True),
)


_DIFFERENCE = (
    number("difference", "rate of one minus that of the other", "-1..1"),
    number("low", LOW, "-1..1"),
    number("high", HIGH, "-1..1"),
)

TERMS = Table(
    "terms",
    "a word or two-word term that two outlets, or groups, use when they tell the claims that both carry",
    (
        text("term", "the term in its most frequent form; inflected forms count with it"),
        count("words", "its length", "words"),
        VERSION,
        _ONE,
        _OTHER,
        count("count_one", "how often one uses it in clauses that tell shared claims", "times"),
        count("count_other", "how often the other does", "times"),
        number("rate_one", "its rate at one, each claim weighted the same on both sides", "per 10,000 words"),
        number("rate_other", "its rate at the other", "per 10,000 words"),
        number("log_odds", "log of the odds ratio, with the prior; above 0 where one uses it more"),
        number("low", LOW + ", over resampled stories"),
        number("high", HIGH + ", over resampled stories"),
        number("variance", "variance of log_odds if words were independent of each other"),
        number("z", "log_odds divided by the square root of its variance"),
        *_TEST,
        count("claims", "shared claims in which either uses it"),
        count("stories", "number of stories with these claims", "stories"),
        count("shared_claims", "all claims the two share", "claims"),
        *_EXAMPLE,
        VALIDATED,
        WARNING,
    ),
    key=("term", "words", "version", "one", "other"),
)

_VOICES = (
    ("active", "in the active"),
    ("agentless", "in the passive without an agent"),
    ("by", "in the passive with 'by'"),
)

PASSIVES = Table(
    "passives",
    "two outlets, or groups: how they tell the acts in shared claims for which both use the same verb",
    (
        VERSION,
        _ONE,
        _OTHER,
        number("acts", "acts in shared claims that both tell with the same verb", "acts"),
        *(number(f"{name}_one", f"of these, those told {meaning} at one", "acts") for name, meaning in _VOICES),
        *(number(f"{name}_other", f"of these, those told {meaning} at the other", "acts") for name, meaning in _VOICES),
        number("only_one", "of these, without an agent at one and active at the other", "acts"),
        number("only_other", "of these, without an agent at the other and active at one", "acts"),
        share("rate_one", "only_one / acts"),
        share("rate_other", "only_other / acts"),
        *_DIFFERENCE,
        *_TEST,
        count("stories", "number of stories with such acts", "stories"),
        text("verb", "the example's verb, as its stem", optional=True),
        *_EXAMPLE,
        VALIDATED,
        WARNING,
    ),
    key=("version", "one", "other"),
)

NAMINGS = Table(
    "namings",
    "two names for one party: what two outlets, or groups, call it when they tell the same claims",
    (
        text("label_one", "what one calls it, in the most frequent form of the word"),
        text("label_other", "what the other calls it"),
        VERSION,
        _ONE,
        _OTHER,
        number("claims", "shared claims in which one says label_one and the other label_other", "claims"),
        number("reverse", "shared claims in which it is the other way round", "claims"),
        count("stories", "number of stories with either", "stories"),
        *_TEST,
        *_EXAMPLE,
        VALIDATED,
        WARNING,
    ),
    key=("label_one", "label_other", "version", "one", "other"),
)

ATTRIBUTIONS = Table(
    "attributions",
    "two outlets, or groups: how often each attributes in a certain way the quotations that both give",
    (
        text("kind", "what is counted", values=("flavour", "hedge", "cue")),
        text(
            "value",
            "for flavour, what the cue implies about what is said; for hedge, `hedged`: the outlet's own words in "
            "that sentence hold back ('reportedly'); for cue, the verb",
        ),
        text("speaker", "whose quotations: a surname; empty for everybody's"),
        VERSION,
        _ONE,
        _OTHER,
        number("quotations", "quotations that both give with a cue", "quotations"),
        share("rate_one", "share of these that one attributes so"),
        share("low_one", LOW),
        share("high_one", HIGH),
        share("rate_other", "share of these that the other attributes so"),
        share("low_other", LOW),
        share("high_other", HIGH),
        *_DIFFERENCE,
        *_TEST,
        count("stories", "number of stories with such quotations", "stories"),
        text(
            "sentence_one",
            "how one tells a quotation that only the side with the higher rate attributes so",
            optional=True,
        ),
        text("sentence_other", "how the other tells it", optional=True),
        VALIDATED,
        WARNING,
    ),
    key=("kind", "value", "speaker", "version", "one", "other"),
)
