"""The tables of validation by coders."""

from __future__ import annotations

from compare.tables.core import INTEGER, JUDGEMENT, NUMBER, TEXT, Column, Table

_DECISION = (
    Column("story_id", TEXT, "the story"),
    Column("claim_id", TEXT, "the claim"),
    Column("outlet", TEXT, "the outlet"),
)
_INTERVAL = (
    Column("estimate", NUMBER, "the figure", optional=True),
    Column("low", NUMBER, "lower end of its 95 % interval", optional=True),
    Column("high", NUMBER, "upper end of its 95 % interval", optional=True),
)
_NOTE = Column("note", TEXT, "why something is missing, or what to beware of; else empty")
_BASIS = (
    Column(
        "includes",
        TEXT,
        "what the interval includes: which stories there are, which decisions were coded, or both",
        values=("stories", "coding", "stories and coding", "nothing"),
    ),
    Column("status", TEXT, "not validated; or how many decisions were coded, with alpha, precision and recall"),
    _NOTE,
)

SAMPLED = Table(
    "key",
    "a decision, claim by outlet, drawn for coders or not; the researcher's key of a sample",
    (
        *_DECISION,
        *JUDGEMENT[:2],
        Column("claim", TEXT, "the claim's wording", withheld=True),
        Column("evidence", TEXT, "the passage that says most of it", withheld=True),
        Column("stratum", TEXT, "its band of probability, after what else was stratified by"),
        Column("sampling_probability", NUMBER, "that it was drawn", unit="0..1"),
        Column("unit", TEXT, "what coders know it by; missing where not drawn", optional=True),
    ),
    key=("claim_id", "outlet"),
)

LABELS = Table(
    "labels",
    "what a coder answers about a unit",
    (
        Column("coder", TEXT, "the coder"),
        Column("unit", TEXT, "the unit"),
        Column("code", TEXT, "the answer", values=("yes", "part", "no", "unsure")),
        Column("note", TEXT, "the coder's remark, or empty", withheld=True),
        Column("file", TEXT, "where it stands", withheld=True),
    ),
    key=("coder", "unit"),
)

CODED = Table(
    "coded",
    "what a coder, or the toolkit, answers on a claim in a document",
    (
        Column(
            "doc_id",
            TEXT,
            "the document: the article; where articles are not known, the outlet's version: story_id/outlet",
        ),
        Column("unit", TEXT, "a claim in a document: what coders know it by, or doc_id#claim_id"),
        Column("variable", TEXT, "the claim_id"),
        Column("coder", TEXT, "who codes it; 'storydiff' is the toolkit"),
        Column(
            "code",
            TEXT,
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
        Column("measure", TEXT, "percent agreement, Krippendorff's alpha or Cohen's kappa"),
        Column("codes", TEXT, "what is compared", values=("all", "carried or not")),
        Column("coders", TEXT, "whose codes, joined by ', '"),
        Column("units", INTEGER, "units with two codes or more", unit="units"),
        *_INTERVAL,
        _NOTE,
    ),
    key=("measure", "codes", "coders"),
)

ACCURACY = Table(
    "accuracy",
    "a figure of how far the toolkit is right, of all decisions or of a stratum",
    (
        Column("stratum", TEXT, "'all', or the stratum"),
        Column("decisions", INTEGER, "decisions in it", unit="decisions"),
        Column("coded", INTEGER, "of these, those coded", unit="decisions"),
        Column(
            "measure",
            TEXT,
            "precision: of decisions called carried, those that coders say are carried; recall: of these, those called "
            "carried; omission precision: of decisions called omitted, those that coders say are not carried",
            values=("precision", "recall", "omission precision", "carriage rate"),
        ),
        *_INTERVAL,
        Column("units", INTEGER, "coded decisions that the figure is a share of", unit="decisions"),
        _NOTE,
    ),
    key=("stratum", "measure"),
)

CALIBRATION = Table(
    "calibration",
    "a band of probability: what the toolkit says, and what coders say",
    (
        Column("band", TEXT, "the band"),
        Column("decisions", INTEGER, "decisions in it", unit="decisions"),
        Column("coded", INTEGER, "of these, those coded", unit="decisions"),
        Column("probability", NUMBER, "mean probability of all of them that the outlet carries the claim", unit="0..1"),
        Column("carried", NUMBER, "the share that coders say is carried", unit="0..1", optional=True),
        *_INTERVAL[1:],
        _NOTE,
    ),
    key=("band",),
)

CONFUSIONS = Table(
    "confusions",
    "a coded decision on which toolkit and coders differ, or which the toolkit leaves undecided",
    (
        Column("error", TEXT, "what the toolkit did", values=("called carried", "called omitted", "undecided")),
        Column("outlet", TEXT, "the outlet"),
        Column("claim", TEXT, "the claim's wording"),
        *JUDGEMENT[:2],
        Column("coders", TEXT, "who said what, joined by '; '"),
        Column("evidence", TEXT, "the passage that the toolkit went by"),
        Column("story_id", TEXT, "the story"),
        Column("claim_id", TEXT, "the claim"),
        Column("unit", TEXT, "the unit"),
        Column("weight", NUMBER, "decisions that it stands for", unit="decisions"),
    ),
    key=("unit",),
)

CORRECTED_RATES = Table(
    "corrected_rates",
    "an outlet, or a group: how often it carries (or omits) claims, corrected for the toolkit's error",
    (
        Column("group", TEXT, "the outlet or group"),
        Column("decisions", INTEGER, "its decisions", unit="decisions"),
        Column("coded", INTEGER, "of these, those coded", unit="decisions"),
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
        Column("group", TEXT, "the one"),
        Column("other", TEXT, "the other"),
        Column("as_decided", NUMBER, "the difference that the toolkit says, uncorrected", unit="-1..1"),
        *_INTERVAL,
        Column("p_value", NUMBER, "of no difference, two-sided", unit="0..1", optional=True),
        Column("p_adjusted", NUMBER, "adjusted over the table (Benjamini & Hochberg)", unit="0..1", optional=True),
        *_BASIS,
    ),
    key=("group", "other"),
)

CHECKS = Table(
    "checks",
    "what was checked of a data set",
    (
        Column("what", TEXT, "files, a file that is not as it was written, or a table"),
        Column("result", TEXT, "what came of it", values=("same", "differs", "not checked")),
        Column("detail", TEXT, "how it was checked, what differs, or what is needed"),
    ),
    key=("what",),
)
