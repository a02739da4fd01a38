"""The cue words of English: what denies, what holds back, what takes a side."""

from __future__ import annotations

from compare.language.tokens import stem


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


NEGATIONS = frozenset("not no never none nobody nothing neither nor without hardly scarcely".split())
# Verbs that deny what follows.
DENIALS = _stems("refused fails denied rejected declined prevented avoided unable lacks lacked")
# What may stand for a denial in the other passage: "will stay" beside "will not be moved".
ALSO_DENY = (
    DENIALS
    | NEGATIONS
    | _stems(
        """still stay stayed remain yet unlikely doubt sceptical skeptical avoid instead secret undisclosed unclear too
    false untrue baseless"""
    )
)
CONDITIONS = frozenset("if unless whether".split())

HEDGES = frozenset(
    """may might could possibly perhaps probably likely reportedly allegedly apparently presumably purportedly
    supposedly seemingly potentially rumoured rumored alleged suspected unconfirmed maybe arguably conceivably
    ostensibly possible probable apparent presumed""".split()
)
# Words that hold back together with those behind them.
HEDGE_PHRASES = {
    "in": [["all", "likelihood"], ["all", "probability"], ["theory"]],
    "expected": [["to"]],
    "believed": [["to"]],
    "thought": [["to"]],
    "said": [["to", "have"], ["to", "be"]],
    "accused": [["of"]],
    "understood": [["to"]],
    "feared": [["to"]],
    "tends": [["to"]],
    "suspected": [["of"]],
    "thinks": [["it"], ["that"], ["he"], ["she"], ["they"]],
    "believes": [["it"], ["that"], ["he"], ["she"], ["they"]],
    "suspects": [["it"], ["that"], ["he"], ["she"], ["they"]],
    "by": [["some", "accounts"]],
    "if": [["confirmed"]],
    "it": [
        ["seems"],
        ["appears"],
        ["is", "said"],
        ["is", "reported"],
        ["is", "feared"],
        ["is", "alleged"],
        ["would", "seem"],
        ["is", "thought"],
        ["is", "believed"],
    ],
    "most": [["likely"]],
    "reported": [["to", "have"], ["to", "be"]],
    "alleged": [["to"]],
    "appears": [["to"]],
    "appear": [["to"]],
    "appeared": [["to"]],
    "seems": [["to"]],
    "seem": [["to"]],
    "seemed": [["to"]],
}
# Hedges that say no more than that others say so; naming who says so does as well.
EVIDENTIAL = _stems("reportedly allegedly alleged purportedly supposedly rumoured rumored suspected accused said")
SAID = _stems("reported alleged accused charged according claimed says said")
# Where one of these stands, the sentence does not state plainly what another hedges.
SOFTENERS = (
    HEDGES
    | frozenset("can would should able if unless whether".split())
    | _stems(
        """possible possibility chance risk fear expected suggests hope plans considering believes estimated forecast
    predicts threatens appears seems accused charged allegation reported thought believed suspicion suspects
    probable prospect"""
    )
)


def _sides() -> dict[str, tuple[tuple[str, int], ...]]:
    pairs = {
        "assent": (
            """confirm admit accept approve agree grant allow permit back support endorse acknowledge welcome
            concede guilty""",
            """deny refuse reject decline oppose ban forbid forbade forbidden block veto dismiss bar prohibit
            condemn""",
        ),
        "open": ("open reopen opened reopened", "close shut closed"),
        "rise": (
            "rise rose risen increase grow grew grown climb gain jump soar surge improve",
            "fall fell fallen drop decrease shrink shrank slump plunge plummet worsen",
        ),
        "win": ("win won", "lose lost"),
        "start": ("start begin began begun resume", "end stop halt suspend finish cease"),
        "guilt": ("convict guilty convicted", "acquit innocent acquitted clear cleared"),
        "enter": ("join enter arrive", "leave left quit exit"),
        "lift": ("lift ease relax", "impose tighten"),
        "life": ("survive alive survived", "die died dead kill"),
        "keep": ("keep kept retain preserve", "scrap abandon drop abolish"),
        "worth": ("safe", "unsafe dangerous"),
        "strength": ("strong strengthen", "weak weaken"),
        "early": ("early ahead", "late behind"),
        "more": ("more higher bigger larger", "fewer lower less smaller"),
        "free": ("release free freed released", "detain hold held arrest jail"),
        "legal": ("legal lawful", "illegal unlawful"),
        "trust": ("trust", "distrust mistrust"),
        "stay": ("stay remain", "remove leave go"),
        "success": ("succeed pass passed succeeded", "fail failed"),
        "level": ("above exceed", "below"),
        "likely": ("likely", "unlikely"),
        "all": ("all every everyone", "none"),
    }
    found: dict[str, set[tuple[str, int]]] = {}
    for group, sides in pairs.items():
        for sign, forms in zip((1, -1), sides, strict=True):
            for form in forms.split():
                found.setdefault(stem(form), set()).add((group, sign))
    return {form: tuple(sorted(groups)) for form, groups in found.items()}


SIDES = _sides()
RULED_OUT = (("assent", -1),)

# Said of a source that is not to be known.
ANONYMOUS = (
    "person close to", "people close to", "person familiar", "people familiar", "not to be named", "not be named",
    "condition of anonymity", "asked for anonymity", "would not give a name", "not authorized", "not authorised",
    "anonymous", "insiders", "whistle", "spoke anonymously", "declined to be named", "did not want to be named",
)  # fmt: skip
# How somebody speaks who is to be known.
IN_PUBLIC = (
    "told the crowd", "told a crowd", "told a rally", "told a news conference", "told parliament", "told the jury",
    "told supporters", "told cheering", "tweeted", "at a news conference", "at a rally", "told the assembly",
)  # fmt: skip
# Capitalised words of a source that name no person: countries' adjectives, days, and what offices are called.
NOT_A_NAME = _stems(
    "monday tuesday wednesday thursday friday saturday sunday the mr mrs ms republican democrat democratic"
)
# What a source is called; each line is one trade, and two of different lines are not the same source.
_TRADES = """
soldier officer commander general colonel lieutenant sergeant captain army military troops brigade
diplomat ambassador envoy
doctor medic surgeon nurse physician paramedic
police detective policeman policewoman sheriff
prosecutor
judge court tribunal
union unionist
company firm employer operator maker terminals airlines airways motors holdings industries foods mills steel
intelligence spy
analyst expert researcher economist professor academic scientist historian
resident witness villager neighbour neighbor passer-by
farmer fisherman
relative mother father sister brother wife husband widow family
rebel insurgent militia guerrilla
rescuer firefighter
journalist reporter blogger
lawyer barrister solicitor
pollster
regulator auditor
student teacher
customer passenger
"""
TRADE = {stem(word): number for number, line in enumerate(_TRADES.strip().split("\n")) for word in line.split()}
# Called so, a source may be anybody.
ANYBODY = _stems(
    """official officials authority authorities spokesman spokeswoman spokesperson source sources statement report
    aide adviser advisor person people man woman member report reports release insider"""
)
REPORTS = _stems(
    """letter email memo tweet post book lawsuit filing indictment report reports survey poll study statement
    documents document figures data"""
)
PRESS = _stems(
    "courier examiner news times post journal gazette tribune herald agency reuters channel broadcaster record"
)
ROLES = (
    frozenset(TRADE)
    | ANYBODY
    | _stems(
        """office department ministry minister governor mayor executive director secretary manager builder coach
    campaign critics opponents supporters workers activists campaigners voters"""
    )
)
# Words that make a name an office's or a company's.
OFFICES = _stems(
    """house news journal court department ministry union party committee agency office council times post company
    corporation group inc ltd bank university institute commission association federation ministry board bureau
    guard army police fund foundation center centre league society reuters press courier examiner gazette
    motors foods mills energy rail airlines holdings
    industries steel terminals alliance administration government company firm campaign"""
)

# What limits a statement: a clause up to its end, a single word.
LIMITING_CLAUSES = frozenset("if unless until except but although though".split())
LIMITING_WORDS = frozenset(
    """not no never only most some many few almost nearly partly mostly largely often usually sometimes perhaps
    maybe may might""".split()
)
# A part that begins so limits what it is cut from.
LIMITING = (
    LIMITING_CLAUSES
    | LIMITING_WORDS
    | frozenset(
        """once before after when while as at for in on over with within without under during because this so right yet
    still today tonight""".split()
    )
)
