"""The tables of validation by coders."""

from __future__ import annotations

from compare.tables.core import *

_DECISION = (text("story_id", "the story"), text("claim_id", "the claim"), text("outlet", "the outlet"))
_INTERVAL = (
    number("estimate", "the figure"),
    number("low", "lower end of its 95 % interval"),
    number("high", "upper end of its 95 % interval"),
)
_NOTE = text("note", "why something is missing, or what to beware of; else empty")
_BASIS = (
    text(
        "includes",
        "what the interval includes: which stories there are, which decisions were coded, or both",
        values=("stories", "coding", "stories and coding", "nothing"),
    ),
    text("status", "not validated; or how many decisions were coded, with alpha, precision and recall"),
    _NOTE,
)

SAMPLED = Table(
    "key",
    "a decision, claim by outlet, drawn for coders or not; the researcher's key of a sample",
    (
        *_DECISION,
        *JUDGEMENT[:2],
        text("claim", "the claim's wording", withheld=True),
        text("evidence", "the passage that says most of it", withheld=True),
        text("stratum", "its band of probability, after what else was stratified by"),
        Column("sampling_probability", NUMBER, "that it was drawn", unit="0..1"),
        text("unit", "what coders know it by; missing where not drawn", optional=True),
    ),
    key=("claim_id", "outlet"),
)

LABELS = Table(
    "labels",
    "what a coder answers about a unit",
    (
        text("coder", "the coder"),
        text("unit", "the unit"),
        text("code", "the answer", values=("yes", "part", "no", "unsure")),
        text("note", "the coder's remark, or empty", withheld=True),
        text("file", "where it stands", withheld=True),
    ),
    key=("coder", "unit"),
)

CODED = Table(
    "coded",
    "what a coder, or the toolkit, answers on a claim in a document",
    (
        text(
            "doc_id", "the document: the article; where articles are not known, the outlet's version: story_id/outlet"
        ),
        text("unit", "a claim in a document: what coders know it by, or doc_id#claim_id"),
        text("variable", "the claim_id"),
        text("coder", "who codes it; 'storydiff' is the toolkit"),
        text(
            "code",
            "whether the document says the claim; missing where the coder is unsure or nothing is decided",
            optional=True,
            values=("no", "part", "yes"),
        ),
    ),
    key=("unit", "variable", "coder"),
)

AGREEMENT = Table(
    "agreement",
    "a figure of agreement between coders",
    (
        text("measure", "percent agreement, Krippendorff's alpha or Cohen's kappa"),
        text("codes", "what is compared", values=("all", "carried or not")),
        text("coders", "whose codes, joined by ', '"),
        count("units", "units with two codes or more", "units"),
        *_INTERVAL,
        _NOTE,
    ),
    key=("measure", "codes", "coders"),
)

ACCURACY = Table(
    "accuracy",
    "a figure of how far the toolkit is right, of all decisions or of a stratum",
    (
        text("stratum", "'all', or the stratum"),
        count("decisions", "decisions in it", "decisions"),
        count("coded", "of these, those coded", "decisions"),
        text(
            "measure",
            "precision: of decisions called carried, those that coders say are carried; recall: of these, those called "
            "carried; omission precision: of decisions called omitted, those that coders say are not carried",
            values=("precision", "recall", "omission precision", "carriage rate"),
        ),
        *_INTERVAL,
        count("units", "coded decisions that the figure is a share of", "decisions"),
        _NOTE,
    ),
    key=("stratum", "measure"),
)

CALIBRATION = Table(
    "calibration",
    "a band of probability: what the toolkit says, and what coders say",
    (
        text("band", "the band"),
        count("decisions", "decisions in it", "decisions"),
        count("coded", "of these, those coded", "decisions"),
        Column("probability", NUMBER, "mean probability of all of them that the outlet carries the claim", unit="0..1"),
        share("carried", "the share that coders say is carried"),
        *_INTERVAL[1:],
        _NOTE,
    ),
    key=("band",),
)

CONFUSIONS = Table(
    "confusions",
    "a coded decision on which toolkit and coders differ, or which the toolkit leaves undecided",
    (
        text("error", "what the toolkit did", values=("called carried", "called omitted", "undecided")),
        text("outlet", "the outlet"),
        text("claim", "the claim's wording"),
        *JUDGEMENT[:2],
        text("coders", "who said what, joined by '; '"),
        text("evidence", "the passage that the toolkit went by"),
        text("story_id", "the story"),
        text("claim_id", "the claim"),
        text("unit", "the unit"),
        Column("weight", NUMBER, "decisions that it stands for", unit="decisions"),
    ),
    key=("unit",),
)

CORRECTED_RATES = Table(
    "corrected_rates",
    "an outlet, or a group: how often it carries (or omits) claims, corrected for the toolkit's error",
    (
        text("group", "the outlet or group"),
        count("decisions", "its decisions", "decisions"),
        count("coded", "of these, those coded", "decisions"),
        Column("as_decided", NUMBER, "the share that the toolkit says, uncorrected", unit="0..1"),
        *_INTERVAL,
        *_BASIS,
    ),
    key=("group",),
)

CORRECTED_DIFFERENCES = Table(
    "corrected_differences",
    "two outlets, or groups: how much their rates differ, corrected for the toolkit's error",
    (
        text("group", "the one"),
        text("other", "the other"),
        Column("as_decided", NUMBER, "the difference that the toolkit says, uncorrected", unit="-1..1"),
        *_INTERVAL,
        share("p_value", "of no difference, two-sided"),
        share("p_adjusted", "adjusted over the table (Benjamini & Hochberg)"),
        *_BASIS,
    ),
    key=("group", "other"),
)

CHECKS = Table(
    "checks",
    "what was checked of a data set",
    (
        text("what", "files, a file that is not as it was written, or a table"),
        text("result", "what came of it", values=("same", "differs", "not checked")),
        text("detail", "how it was checked, what differs, or what is needed"),
    ),
    key=("what",),
)
