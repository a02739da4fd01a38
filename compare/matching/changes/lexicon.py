"""The cue words of English: what denies, what holds back, what takes a side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.language.tokens import stem

if TYPE_CHECKING:
    from collections.abc import Iterable


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


NEGATIONS = frozenset("not no never none nobody nothing neither nor without hardly scarcely".split())
# Verbs that deny what follows.
DENIALS = _stems("refused fails denied rejected declined prevented avoided unable lacks lacked")
# What may stand for a denial in the other passage: "will stay" beside "will not be moved".
DENYING = ("un", "dis", "non")  # how words begin that may deny
ALSO_DENY = (
    DENIALS
    | NEGATIONS
    | _stems(
        """still stay stayed remain yet unlikely doubt sceptical skeptical avoid instead secret undisclosed unclear too
    false untrue baseless impossible impractical unworkable"""
    )
)
# What says by itself that a thing is not, or no longer: "there is no concert" is what "the concert was cancelled" says.
ENDING = _stems(
    """cancel cancelled cancels call called calls abandon abandoned scrap scrapped drop dropped axe axed collapse
    collapsed end ended ends over stop stopped stops cease ceased halt halted resign resigned resigns quit quits step
    stepped leave left dissolve dissolved ban banned bans bar barred block blocked reject rejected refuse refused oppose
    opposed against fail failed lose lost abolish abolished suspend suspended withdraw withdrew withdrawn expire expired
    close closed shut free dismiss dismissed sack sacked replace replaced stand stood"""
)
CONDITIONS = frozenset("if unless whether".split())

HEDGES = frozenset(
    """may might could possibly perhaps probably likely reportedly allegedly apparently presumably purportedly
    supposedly seemingly potentially rumoured rumored alleged suspected unconfirmed maybe arguably conceivably
    ostensibly possible probable apparent presumed putative assumed""".split()
)
# Words that hold back together with those behind them; the first word of each line is looked up.
_PHRASES = """
in all likelihood;claim to;claims to;claimed to;in all probability;in theory;in danger of;by some accounts;by all
    accounts;if confirmed;most likely
expected to;believed to;thought to;said to have;said to be;accused of;understood to;feared to;suspected of;assumed to
presumed to;reported to have;reported to be;rumoured to;rumored to;alleged to;estimated to have;estimated to be
tend to;tends to;tended to;appears to;appear to;appeared to;seems to;seem to;seemed to;looks set to;look set to
threatens that;threatened that;threaten that
looks like;look like;looks likely to;threatens to;threaten to;threatened to;considering;weighing;mulling;considers
thinking about
contemplating;pondering
suspect that;believe that;fear that
according to reports;according to rumours;according to rumors;unconfirmed reports say;reports suggest
it seems;it appears;it is said;it is reported;it is alleged;it would seem;it is possible
"""
HEDGE_PHRASES: dict[str, list[list[str]]] = {}
for _phrase in re.split("[;\n]", _PHRASES.strip()):
    HEDGE_PHRASES.setdefault(_phrase.split()[0], []).append(_phrase.split()[1:])
for _verb in "thinks believes suspects".split():
    HEDGE_PHRASES[_verb] = [[_next] for _next in ("it", "that", "he", "she", "they")]
# Behind a form of "to be" these hold back by themselves: "are feared drowned".
HELD_TRUE = frozenset("feared believed thought understood suspected assumed presumed rumoured rumored expected".split())
# What is planned is expected, and the other way round.
PLANNED = frozenset("scheduled due set planned slated".split())
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
            """confirm admit accept approve agree grant allow permit back support endorse acknowledge welcome uphold
            concede guilty""",
            """deny refuse reject decline oppose ban forbid forbade forbidden block veto dismiss bar prohibit
            condemn overturn quash annul revoke""",
        ),
        "open": ("open reopen opened reopened", "close shut closed"),
        "rise": (
            "rise rose risen increase grow grew grown climb gain jump soar surge improve",
            "fall fell fallen drop decrease shrink shrank slump plunge plummet worsen",
        ),
        "win": ("win won", "lose lost"),
        "lead": ("lead led", "trail"),
        "trade": ("buy bought", "sell sold"),
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
        "free": ("release free freed released", "detain arrest jail"),
        "part": ("attend include hire", "boycott skip exclude fire sack"),
        "legal": ("legal lawful", "illegal unlawful"),
        "trust": ("trust", "distrust mistrust"),
        "stay": ("stay remain", "remove leave go"),
        "success": ("succeed pass passed succeeded", "fail failed"),
        "hold": ("hold held withstand withstood", "collapse collapsed burst buckle buckled"),
        "level": ("above exceed", "below"),
        "likely": ("likely", "unlikely"),
        "all": ("all every everyone many most", "none few"),
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
    "close to the", "familiar with", "with knowledge of", "briefed on", "not to be named", "not be named",
    "condition of anonymity", "asked for anonymity", "would not give a name", "not authorized", "not authorised",
    "anonymous", "insiders", "whistle", "spoke anonymously", "declined to be named", "did not want to be named",
)  # fmt: skip
HIDDEN = _stems("source sources insider insiders")
# How somebody speaks who is to be known.
IN_PUBLIC = (
    "told the crowd", "told a crowd", "told a rally", "told a news conference", "told parliament", "told the jury",
    "told supporters", "told cheering", "tweeted", "at a news conference", "at a rally", "told the assembly",
)  # fmt: skip
# Capitalised words of a source that name no person: countries' adjectives, days, and what offices are called.
NOT_A_NAME = _stems(
    "monday tuesday wednesday thursday friday saturday sunday the mr mrs ms republican democrat democratic"
)
# What a source is called; each line is one trade, and two of different lines are not the same source. Lines from
# "resident" on hold no office: no "official" or "spokesman" is meant by them.
_TRADES = """
soldier officer commander general colonel lieutenant sergeant captain army military troops brigade navy admiral
diplomat ambassador envoy consul
doctor medic surgeon nurse physician paramedic hospital clinic
police officer detective policeman policewoman sheriff constable investigator
prosecutor investigator indictment
judge court tribunal magistrate ruling verdict
union unionist
company firm employer operator maker terminals airlines airways motors industries foods mills steel airline bank \
builder contractor manufacturer developer insurer railway chain retailer
intelligence spy
rescuer rescue firefighter coastguard brigade fire
regulator auditor inspector watchdog
minister ministry governor mayor government council councillor president premier chancellor senator parliament \
department treasury commissioner
referee umpire
coach manager
resident witness villager neighbour neighbor passer-by bystander onlooker local tenant homeowner householder townspeople
farmer farm fisherman fishermen grower herder shepherd rancher
relative mother father sister brother wife husband widow family parent son daughter uncle aunt cousin grandmother \
grandfather friend
rebel insurgent militia guerrilla separatist militant kidnapper gunman gunmen
journalist reporter blogger
lawyer barrister solicitor attorney defence defense
pollster poll survey
analyst expert researcher economist professor academic scientist historian geologist engineer biologist astronomer \
seismologist hydrologist study university institute
student teacher pupil headteacher
customer passenger guest tourist traveller traveler patient client shopper commuter visitor
survivor victim hostage
activist campaigner conservationist environmentalist protester demonstrator organiser organizer charity
critic opponent opposition
supporter fan
trader investor shareholder broker
worker labourer miner employee staff driver sailor pilot crew colleague
guard warden bodyguard
prisoner inmate cellmate defendant suspect
landlord owner
fisher hiker climber
volunteer
"""
_LINES = [line.split() for line in _TRADES.strip().split("\n")]
TRADE = {
    form: frozenset(number for number, line in enumerate(_LINES) if form in map(stem, line))
    for form in {stem(word) for line in _LINES for word in line}
}
_NO_OFFICE_FROM = min(TRADE[stem("resident")])
NO_OFFICE = frozenset(form for form, numbers in TRADE.items() if min(numbers) >= _NO_OFFICE_FROM)


COMPANIES = frozenset(form for form, numbers in TRADE.items() if TRADE[stem("company")] <= numbers)


def trades(forms: Iterable[str]) -> frozenset[int]:
    """The trades that the stems of a phrase name."""
    return frozenset().union(*(TRADE[form] for form in forms if form in TRADE))


# Called so, a source may be anybody who holds an office ...
OFFICIAL = _stems(
    """official officials authority authorities spokesman spokeswoman spokesperson spokespeople statement aide adviser
    advisor representative administration"""
)
# Who leads a company or an office speaks for it.
LEADING = _stems("leader chief head director chairman chairwoman chair chairperson boss executive founder")
# ... or anybody at all.
ANYBODY = _stems("""source sources report person people man woman member report reports release insider other others""")
REPORTS = _stems(
    """letter email memo tweet post book lawsuit filing indictment report reports survey poll study statement
    documents document figures data inquiry investigation examination analysis audit review paper ruling verdict
    message records"""
)
PRESS = _stems(
    """courier examiner news times post journal gazette tribune herald agency reuters channel broadcaster record radio
    station television tv newspaper magazine"""
)
ROLES = (
    frozenset(TRADE)
    | ANYBODY
    | OFFICIAL
    | LEADING
    | _stems(
        """office secretary campaign voters treasurer spokespeople founder deputy bishop priest pastor monk nun king
        queen
        candidate captain striker goalkeeper player lawmaker deputy congressman congresswoman actor singer author writer
        lecturer accountant agent commissioner negotiator mediator observer agency service federation association"""
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
LIMITING_CLAUSES = frozenset("if unless until except but although though provided providing".split())
LIMITING_WORDS = frozenset(
    """not no never nobody nothing hardly scarcely barely only most some many few little almost nearly partly mostly
    largely mainly chiefly often usually normally generally sometimes rarely seldom occasionally perhaps maybe may might
    could possibly probably likely apparently currently yet technically officially formally theoretically temporarily
    believe hope suspect guess""".split()
)
# So begins what limits all that follows in a quotation: "Without a warrant, ...", "For now, ...".
OPENING = LIMITING_WORDS | frozenset("under if unless until except provided although though without once as".split())
OPENING_PHRASES = (
    "in principle",
    "in theory",
    "in general",
    "for now",
    "for the",
    "at this",
    "at the",
    "at first",
    "so far",
)
# A part that begins so limits what it is cut from.
LIMITING = (
    LIMITING_CLAUSES
    | LIMITING_WORDS
    | frozenset(
        """once before after when whenever while as at for in on over with within without under during because since
        this
        so right still today tonight apart aside excluding barring pending subject given assuming despite from against
        among besides beyond between till whether where wherever whereas however even initially first now
        compared depending""".split()
    )
)
