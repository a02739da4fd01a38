"""The words for saying, thinking or wanting something, in all their forms; see english/speech.toml."""

from __future__ import annotations

from typing import NamedTuple

from compare.language import english
from compare.language.quotes.stream import DASHES


class Cue(NamedTuple):
    """One form of a cue: its lemma, the form, its frames and its flavour."""

    lemma: str
    form: str  # base, s, past or ing
    frames: str
    flavour: str


_SPEECH = english.speech


def _forms(verb: str) -> list[tuple[str, str]]:
    """Return the verb's written forms, each with its kind."""
    lemma, *irregular = verb.split("/")
    stem = lemma + lemma[-1] if lemma in _SPEECH.doubled else lemma
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
    groups = [*_SPEECH["cues"], {"frames": "", "flavour": "neutral", "verbs": " ".join(_SPEECH.only_with_particle)}]
    for frames, flavour, verbs in (group.values() for group in groups):
        for verb in verbs.split():
            for written, form in _forms(verb):
                known = found.get(written)
                both = "".join(sorted(set(frames + known.frames))) if known else frames
                if known is None or known.form != "base" or form == "past":
                    found[written] = Cue(verb.split("/")[0], form, both, flavour)
    return found


VERBS = _verbs()
# Verbs that are cues only with a particle, by lemma and particle.
PARTICLES = {verb: (group["frames"], group["flavour"]) for group in _SPEECH["with_particle"] for verb in group["verbs"]}
NOUNS_THAT = {
    form: flavour
    for flavour, nouns in _SPEECH["nouns_that"].items()
    for noun in nouns.split()
    for form, _ in _forms(noun)[:2]
}
NOUNS_TO = frozenset(form for noun in _SPEECH.nouns_to for form, _ in _forms(noun)[:2])
ADJECTIVES = _SPEECH.adjectives
# Verbs of saying, without those of mere thought, wish or description.
SPEECH = _SPEECH.content_verbs
PUT = frozenset("put puts see sees saw tell tells told".split())  # "as she put it"
# Whose words they are: "Ann Lee's message was: ..."
OWNED = _SPEECH.owned | frozenset(NOUNS_THAT)
# Only these words (and a colon, and a dash before a signature) can be cues.
TRIGGERS = frozenset(
    ["according", "by", ":", *DASHES, *VERBS, *NOUNS_THAT, *NOUNS_TO, *ADJECTIVES, *PUT, *_SPEECH.held, "per"]
)
