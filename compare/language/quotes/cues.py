"""The words that say that somebody says, thinks or wants something, and what each makes of it.

A cue's *frames* tell what may follow it:

- ``t`` a clause ("said [that] it was over") or a quotation
- ``a`` whom it is said to stands first ("told reporters that ...", "urged both sides to ...")
- ``i`` an infinitive ("plans to resign")
- ``o`` an object that is the content ("criticised the plan", "called it a lie")
- ``q`` a quotation only ("sighed")
- ``n`` is as often a noun ("the claims", "a plan")

Its *flavour* is what the choice of the verb implies: ``factive`` cues present what is said as true
("admitted", "revealed"), ``doubting`` ones keep it at a distance ("claimed", "alleged"), all others
are ``neutral`` (Kiparsky & Kiparsky 1970; Hooper 1975; Recasens et al. 2013).
"""

from __future__ import annotations

from typing import NamedTuple


class Cue(NamedTuple):
    """One form of a cue: its lemma, which form it is, its frames and its flavour."""

    lemma: str
    form: str  # base, s, past or ing
    frames: str
    flavour: str


# Per group: frames, flavour, verbs. An irregular verb is lemma/past/participle.
_VERBS = (
    (
        "t",
        "neutral",
        """
        say/said/said add write/wrote/written declare proclaim argue explain recall predict stress
        emphasize emphasise reiterate conclude testify reply respond answer retort determine
        complain wonder opine boast brag announce theorize contend
        """,
    ),
    ("tn", "neutral", "report state tweet email comment counter post rule remark joke lament reason repeat caution"),
    (
        "q",
        "neutral",
        """
        continue fume sigh sneer scoff shout yell scream whisper mutter murmur cry exclaim quip gush bellow
        chuckle thunder snap recount interject intone grumble groan reflect vent rage tease hiss chant
        read/read/read
        """,
    ),
    ("t", "doubting", "allege suggest insist assert maintain speculate imply intimate profess purport"),
    ("tn", "doubting", "claim hint"),
    (
        "t",
        "factive",
        """
        admit acknowledge concede confess confirm reveal disclose note observe find/found/found discover
        clarify
        """,
    ),
    ("tn", "factive", "show/showed/shown"),
    ("t", "neutral", "indicate"),
    ("ta", "neutral", "tell/told/told inform assure convince brief"),
    ("tai", "neutral", "warn advise ask beg"),
    ("ta", "factive", "remind"),
    ("tain", "neutral", "promise"),
    ("ai", "neutral", "instruct invite persuade tell/told/told implore beseech"),
    ("aoin", "neutral", "urge command order"),
    ("aoi", "neutral", "encourage exhort"),
    (
        "t",
        "neutral",
        """
        believe think/thought/thought feel/felt/felt assume reckon imagine anticipate remember presume
        surmise concur
        """,
    ),
    ("tn", "neutral", "guess suspect estimate"),
    ("ti", "neutral", "expect agree decide"),
    ("tin", "neutral", "hope wish"),
    ("tion", "neutral", "pledge vow demand request"),
    ("tio", "neutral", "swear/swore/sworn propose recommend prefer"),
    ("ton", "neutral", "fear worry"),
    ("ton", "doubting", "doubt dispute"),
    ("to", "doubting", "deny"),
    (
        "t",
        "factive",
        """
        know/knew/known realize realise understand/understood/understood learn recognize recognise
        forget/forgot/forgotten regret
        """,
    ),
    ("io", "neutral", "want"),
    ("in", "neutral", "plan offer"),
    ("i", "neutral", "intend seek/sought/sought refuse decline threaten aim aspire opt hesitate"),
    (
        "o",
        "neutral",
        """
        criticize criticise condemn denounce praise applaud mock ridicule endorse reject oppose dismiss
        defend discuss cite describe call consider deem depict portray characterize characterise regard
        compare accuse blame mention outline decry deplore rebuke chastise lambast lambaste chide berate
        disparage deride tout commend laud rail salute question urge bemoan dub label brand challenge
        advocate favor favour embrace liken welcome envision contemplate mull ponder
        """,
    ),
    ("on", "neutral", "blast slam hail support highlight echo protest"),
    ("o", "factive", "underscore underline detail"),
    ("o", "doubting", "refute rebut disavow"),
)
_DOUBLED = frozenset("admit slam dub brag beg plan opt confer refer snap chat rub regret forget".split())

# What makes a cue of a verb that is none alone, by its lemma and the word after it.
PARTICLES = {
    "call for": ("o", "neutral"),
    "call on": ("ai", "neutral"),
    "call upon": ("ai", "neutral"),
    "point out": ("t", "factive"),
    "point to": ("o", "factive"),
    "go on": ("q", "neutral"),
    "refer to": ("o", "neutral"),
    "speak of": ("o", "neutral"),
    "speak about": ("o", "neutral"),
    "speak against": ("o", "neutral"),
    "talk about": ("o", "neutral"),
    "talk of": ("o", "neutral"),
    "complain about": ("o", "neutral"),
    "complain of": ("o", "neutral"),
    "warn of": ("o", "neutral"),
    "warn about": ("o", "neutral"),
    "warn against": ("o", "neutral"),
    "worry about": ("o", "neutral"),
    "joke about": ("o", "neutral"),
    "boast about": ("o", "neutral"),
    "boast of": ("o", "neutral"),
    "brag about": ("o", "neutral"),
    "ask about": ("o", "neutral"),
    "ask for": ("o", "neutral"),
    "comment on": ("o", "neutral"),
    "hint at": ("o", "doubting"),
    "insist on": ("o", "neutral"),
    "push for": ("o", "neutral"),
    "argue for": ("o", "neutral"),
    "argue against": ("o", "neutral"),
    "vote for": ("o", "neutral"),
    "vote against": ("o", "neutral"),
    "vote to": ("i", "neutral"),
    "lash out": ("q", "neutral"),
    "allude to": ("o", "neutral"),
    "object to": ("o", "neutral"),
    "apologize for": ("o", "factive"),
    "apologise for": ("o", "factive"),
    "agree with": ("o", "neutral"),
    "disagree with": ("o", "neutral"),
    "think about": ("o", "neutral"),
    "think of": ("o", "neutral"),
    "know about": ("o", "factive"),
    "wonder about": ("o", "neutral"),
    "dream of": ("o", "neutral"),
    "make clear": ("t", "factive"),
}
_PARTICLE_VERBS = (
    "point go/went/gone refer speak/spoke/spoken talk push vote lash allude object apologize apologise disagree"
    " dream/dreamed/dreamt make/made/made"
)

# Nouns that a clause with "that" explains ("the claim that ..."), and those an infinitive does ("a plan to ...").
_NOUNS_THAT = {
    "neutral": "argument assertion assurance belief comment conclusion concern expectation fear feeling hope idea"
    " notion opinion promise pledge prediction proposal remark report statement suggestion thought view vow warning"
    " worry complaint answer reply response conviction impression message reminder",
    "doubting": "accusation allegation charge claim doubt hint insinuation perception rumor rumour speculation"
    " suspicion theory",
    "factive": "acknowledgment acknowledgement admission awareness confession confirmation disclosure"
    " discovery finding realization recognition revelation",
}
_NOUNS_TO = "decision desire intention offer plan pledge promise proposal refusal request threat vow willingness"
_ADJECTIVES = (
    "adamant afraid apparent evident aware certain clear concerned confident convinced doubtful fearful glad happy"
    " hopeful optimistic pleased proud sceptical skeptical sure unaware unclear unsure worried"
)


def _forms(verb: str) -> list[tuple[str, str]]:
    """Give the verb's forms in writing, each with its kind."""
    lemma, *irregular = verb.split("/")
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    silent = lemma.endswith("e")
    soft = lemma.endswith("y") and lemma[-2] not in "aeiou"
    past = lemma[:-1] + "ied" if soft else stem + ("d" if silent else "ed")
    third = lemma[:-1] + "ies" if soft else lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "go")) else "s")
    forms = [
        (lemma, "base"),
        (third, "s"),
        ((lemma[:-1] if silent and not lemma.endswith("ee") else stem) + "ing", "ing"),
    ]
    return forms + [(form, "past") for form in irregular or [past]]


def _verbs() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for frames, flavour, verbs in (*_VERBS, ("", "neutral", _PARTICLE_VERBS)):
        for verb in verbs.split():
            for written, form in _forms(verb):
                known = found.get(written)
                both = "".join(sorted(set(frames + known.frames))) if known else frames
                if known is None or known.form != "base" or form == "past":
                    found[written] = Cue(verb.split("/")[0], form, both, flavour)
    return found


VERBS = _verbs()
NOUNS_THAT = {
    form: flavour for flavour, nouns in _NOUNS_THAT.items() for noun in nouns.split() for form, _ in _forms(noun)[:2]
}
NOUNS_TO = frozenset(form for noun in _NOUNS_TO.split() for form, _ in _forms(noun)[:2])
ADJECTIVES = frozenset(_ADJECTIVES.split())
# Verbs of saying something: no mere thought, wish or description.
SPEECH = frozenset(
    """say tell add write state declare announce reply respond warn claim allege admit acknowledge deny note testify
    insist argue explain tweet""".split()
)
PUT = frozenset(["put", "puts"])  # "as she put it"
# Nothing but these words (a colon, and a dash before a signature) can be a cue.
TRIGGERS = frozenset(
    ["according", "by", ":", *"—–-―", "--", *VERBS, *NOUNS_THAT, *NOUNS_TO, *ADJECTIVES, *PUT, "words"]
)
