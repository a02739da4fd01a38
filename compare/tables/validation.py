"""The tables of validation by coders."""

from __future__ import annotations

from compare.tables.core import *

_DECISION = (text("story_id", "the story"), text("claim_id", "the claim"), text("outlet", "the outlet"))
_INTERVAL = (
    number("estimate", "the figure"),
    number("low", LOW),
    number("high", HIGH),
)
_NOTE = text("note", "why something is missing, or a caution; otherwise empty")
_BASIS = (
    text(
        "includes",
        "the chance that the interval includes: which stories there are, which decisions were coded, or both",
        values=("stories", "coding", "stories and coding", "nothing"),
    ),
    text("status", "'not validated', or how many decisions were coded, with alpha, precision and recall"),
    _NOTE,
)

SAMPLED = Table(
    "key",
    "a decision on a claim at an outlet, drawn for coders or not: the researcher's key to a sample",
    (
        *_DECISION,
        *JUDGEMENT[:2],
        text("claim", "the claim's wording", withheld=True),
        text("evidence", "the passage that says most of the claim", withheld=True),
        Column("unread", FLAG, "whether the outlet could not be assessed for the claim, as in coverage", optional=True),
        text("stratum", "its band of probability, preceded by whatever else was stratified by"),
        Column("sampling_probability", NUMBER, "probability that it was drawn", unit="0..1"),
        text("unit", "the name by which coders know it; missing if it was not drawn", optional=True),
    ),
    key=("claim_id", "outlet"),
)

LABELS = Table(
    "labels",
    "a coder's answer about a unit",
    (
        text("coder", "the coder"),
        text("unit", "the unit"),
        text("code", "the answer", values=("yes", "part", "no", "unsure")),
        text("note", "the coder's remark, or empty", withheld=True),
        text("file", "the file that holds the answer", withheld=True),
    ),
    key=("coder", "unit"),
)

CODED = Table(
    "coded",
    "the answer of a coder, or of the toolkit, about a claim in a document",
    (
        text(
            "doc_id",
            "the document: the article or, where articles are not known, the outlet's version (story_id/outlet)",
        ),
        text("unit", "a claim in a document: the name by which coders know it, or doc_id#claim_id"),
        text("variable", "the claim_id"),
        text("coder", "who codes it; 'storydiff' is the toolkit"),
        text(
            "code",
            "whether the document tells the claim; missing where the coder is unsure or nothing is decided",
            optional=True,
            values=("no", "part", "yes"),
        ),
    ),
    key=("unit", "variable", "coder"),
)

AGREEMENT = Table(
    "agreement",
    "a measure of agreement between coders",
    (
        text("measure", "percent agreement, Krippendorff's alpha or Cohen's kappa"),
        text("codes", "which answers are compared", values=("all", "carried or not")),
        text("coders", "the coders compared, joined by ', '"),
        count("units", "units with at least two codes", "units"),
        *_INTERVAL,
        _NOTE,
    ),
    key=("measure", "codes", "coders"),
)

ACCURACY = Table(
    "accuracy",
    "a measure of how often the toolkit is right, over all decisions or in a stratum",
    (
        text("stratum", "'all', or the stratum"),
        count("decisions", "decisions in it", "decisions"),
        count("coded", "of these, those coded", "decisions"),
        text(
            "measure",
            "precision: of decisions called carried, the share that coders say are carried; recall: of decisions "
            "that coders say are carried, the share called carried; omission precision: of decisions called "
            "omitted, the share that coders say are not carried; carriage rate: the share that coders say are "
            "carried",
            values=("precision", "recall", "omission precision", "carriage rate"),
        ),
        *_INTERVAL,
        count("units", "coded decisions of which the figure is a share", "decisions"),
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
        Column(
            "probability", NUMBER, "mean probability, over all of them, that the outlet carries the claim", unit="0..1"
        ),
        share("carried", "share that coders say are carried"),
        *_INTERVAL[1:],
        _NOTE,
    ),
    key=("band",),
)

CONFUSIONS = Table(
    "confusions",
    "a coded decision on which the toolkit and the coders differ, or which the toolkit leaves undecided",
    (
        text("error", "what the toolkit did", values=("called carried", "called omitted", "undecided")),
        text("outlet", "the outlet"),
        text("claim", "the claim's wording"),
        *JUDGEMENT[:2],
        text("coders", "who said what, joined by '; '"),
        text("evidence", "the passage on which the toolkit decided"),
        text("story_id", "the story"),
        text("claim_id", "the claim"),
        text("unit", "the unit"),
        Column("weight", NUMBER, "number of decisions it stands for", unit="decisions"),
    ),
    key=("unit",),
)

CORRECTED_RATES = Table(
    "corrected_rates",
    "an outlet, or a group: how often it carries (or omits) claims, corrected for the toolkit's errors",
    (
        text("group", "the outlet or group"),
        count("decisions", "its decisions", "decisions"),
        count("coded", "of these, those coded", "decisions"),
        Column("as_decided", NUMBER, "the share by the toolkit's decisions, uncorrected", unit="0..1"),
        *_INTERVAL,
        *_BASIS,
    ),
    key=("group",),
)

CORRECTED_DIFFERENCES = Table(
    "corrected_differences",
    "two outlets, or groups: how much their rates differ, corrected for the toolkit's errors",
    (
        text("group", "an outlet or a group"),
        text("other", "the other outlet or group"),
        Column("as_decided", NUMBER, "the difference by the toolkit's decisions, uncorrected", unit="-1..1"),
        *_INTERVAL,
        share("p_value", "of the test for no difference, two-sided"),
        share("p_adjusted", "p_value adjusted over the whole table (Benjamini and Hochberg 1995)"),
        *_BASIS,
    ),
    key=("group", "other"),
)

CHECKS = Table(
    "checks",
    "a check of a data set",
    (
        text("what", "files, a file that is not as it was written, or a table"),
        text("result", "outcome of the check", values=("same", "differs", "not checked")),
        text("detail", "how it was checked, what differs, or what is needed"),
    ),
    key=("what",),
)
