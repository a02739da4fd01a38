"""The tables of words: quotations, and how outlets word the claims that they share."""

from __future__ import annotations

from compare.tables.core import *

QUOTATIONS = Table(
    "quotations",
    "a quotation in a text: words that it gives as said, thought or wanted by somebody",
    (
        text("quote", "what is said, without the marks around it; pieces that the cue parts are joined by a space"),
        text("speaker", "who says it, in the words of the text ('he', 'the minister'); empty if there are none"),
        text("cue", "the words that say so ('said', 'according to'); empty if a quotation stands alone"),
        count("start", "where the quotation begins in the text", "code points"),
        count("end", "where it ends (exclusive); a cue that interrupts it lies between", "code points"),
        text("kind", "whether most of it stands inside quotation marks", values=QUOTATION_KINDS),
        text("resolved", "whom the text means by that: a name, or else the fullest descriptor; an estimate"),
        text("flavour", "what the cue implies about the truth of what is said", values=FLAVOURS),
    ),
    key=("start", "end", "cue"),
)

QUOTES = Table(
    "quotes",
    "a quotation at an outlet, direct or in reported speech",
    (
        text("quote_id", "identifies the quotation; derived from the story and its earliest form's words"),
        text(
            "claim_id",
            "the claim that it belongs to: the one that most of its sentences carry",
            optional=True,
            refers="claims",
        ),
        text("outlet", "the outlet"),
        text("sentence_id", "the sentence in which it begins there", optional=True, refers="sentences"),
        text(
            "speaker",
            "who says it there, in the words on the page ('he', 'the minister')",
            optional=True,
            withheld=True,
        ),
        text(
            "resolved",
            "whom the outlet means by that: a name or a descriptor; an estimate",
            optional=True,
            withheld=True,
        ),
        text(
            "cue",
            "the words that say so ('said', 'according to'); missing if nobody is named",
            optional=True,
            withheld=True,
        ),
        text("text", "what is said there; pieces are joined by ' … '", optional=True, withheld=True),
        Column("start", MAYBE_INTEGER, "where it begins in the article's text", unit="code points", optional=True),
        Column("end", MAYBE_INTEGER, "where it ends (exclusive)", unit="code points", optional=True),
        text("kind", "whether most of it stands inside quotation marks", optional=True, values=QUOTATION_KINDS),
        text(
            "state",
            "all the quoted words, some of them, its content unquoted, the words attributed to somebody else, "
            "or nothing",
            values=QUOTE_STATES,
        ),
        text(
            "gone", "of a trimmed quotation the words that are missing, runs joined by ' … '; else empty", withheld=True
        ),
        share("probability", "that the outlet's words are a version of the quotation; a judgement, not calibrated"),
        text(
            "source",
            "whose words they are: the speaker that most outlets give, wire copies once",
            optional=True,
            withheld=True,
        ),
        share(
            "same_speaker",
            "that the outlet's speaker is the source: .5 where nothing can be told; a judgement, not calibrated",
        ),
        text("wording", "the quotation's fullest form in the story, direct before indirect", withheld=True),
        share(
            "claim_probability",
            "that the outlet carries the claim which the quotation belongs to, as in coverage: how sure an absence is",
        ),
    ),
    key=("quote_id", "outlet"),
)

_ONE = text("one", "an outlet or a group")
_OTHER = text("other", "another one")
_TEST = (
    share("p_value", "of the permutation test: the two exchanged within stories; missing if no data could give .05"),
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
    number("difference", "rate of one minus rate of the other", "-1..1"),
    number("low", LOW, "-1..1"),
    number("high", HIGH, "-1..1"),
)

TERMS = Table(
    "terms",
    "a word or two-word term that two outlets, or groups, use in telling the claims that both carry",
    (
        text("term", "in its most frequent form; inflected forms count with it"),
        count("words", "its length", "words"),
        VERSION,
        _ONE,
        _OTHER,
        count("count_one", "how often it stands in the clauses of one that tell shared claims", "times"),
        count("count_other", "how often in those of the other", "times"),
        number("rate_one", "its rate at one, every claim weighing the same on both sides", "per 10,000 words"),
        number("rate_other", "its rate at the other", "per 10,000 words"),
        number("log_odds", "with the prior; above 0 where one uses it more"),
        number("low", LOW + ", over draws of stories"),
        number("high", HIGH + ", over draws of stories"),
        number("variance", "of log_odds, if words were independent of each other"),
        number("z", "log_odds by the root of its variance"),
        *_TEST,
        count("claims", "shared claims in whose wording it stands at either"),
        count("stories", "stories of these", "stories"),
        count("shared_claims", "all claims that the two share", "claims"),
        *_EXAMPLE,
        VALIDATED,
        WARNING,
    ),
    key=("term", "words", "version", "one", "other"),
)

_VOICES = (("active", "active"), ("agentless", "in the passive without an agent"), ("by", "in the passive with a 'by'"))

PASSIVES = Table(
    "passives",
    "two outlets, or groups: how they tell the acts of shared claims for which both use the same verb",
    (
        VERSION,
        _ONE,
        _OTHER,
        number("acts", "acts of shared claims that both tell with the same verb", "acts"),
        *(number(f"{name}_one", f"of these, at one {meaning}", "acts") for name, meaning in _VOICES),
        *(number(f"{name}_other", f"of these, at the other {meaning}", "acts") for name, meaning in _VOICES),
        number("only_one", "without an agent at one, active at the other", "acts"),
        number("only_other", "without an agent at the other, active at one", "acts"),
        share("rate_one", "only_one / acts"),
        share("rate_other", "only_other / acts"),
        *_DIFFERENCE,
        *_TEST,
        count("stories", "stories with such acts", "stories"),
        text("verb", "of the example, as its stem", optional=True),
        *_EXAMPLE,
        VALIDATED,
        WARNING,
    ),
    key=("version", "one", "other"),
)

NAMINGS = Table(
    "namings",
    "two names for one party: what two outlets, or groups, have in each other's place in telling the same claims",
    (
        text("label_one", "what one calls it, in the most frequent form of the word"),
        text("label_other", "what the other calls it"),
        VERSION,
        _ONE,
        _OTHER,
        number("claims", "shared claims in which one says the first and the other the second", "claims"),
        number("reverse", "shared claims in which it is the other way round", "claims"),
        count("stories", "stories of both", "stories"),
        *_TEST,
        *_EXAMPLE,
        VALIDATED,
        WARNING,
    ),
    key=("label_one", "label_other", "version", "one", "other"),
)

ATTRIBUTIONS = Table(
    "attributions",
    "two outlets, or groups: how often they attribute the quotations that both give in a certain way",
    (
        text("kind", "what is counted", values=("flavour", "hedge", "cue")),
        text(
            "value",
            "of flavours what the cue implies about what is said; hedged: the outlet's own words in that sentence hold "
            "back ('reportedly'); of cues the verb",
        ),
        text("speaker", "whose quotations: a surname; empty for everybody's"),
        VERSION,
        _ONE,
        _OTHER,
        number("quotations", "quotations that both give with a cue", "quotations"),
        share("rate_one", "of these, those that one attributes so"),
        share("low_one", LOW),
        share("high_one", HIGH),
        share("rate_other", "those that the other attributes so"),
        share("low_other", LOW),
        share("high_other", HIGH),
        *_DIFFERENCE,
        *_TEST,
        count("stories", "stories with such quotations", "stories"),
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
