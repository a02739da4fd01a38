"""Acts that two outlets report with the same verb: one in the active, the other in the passive without an agent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.language.quotes.phrases import (
    ADVERBS,
    BE,
    BOUNDARIES,
    DETERMINERS,
    MODALS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    is_adverb,
)
from compare.language.tokens import IRREGULAR, stem
from compare.outlets.intervals import bootstrap
from compare.outlets.permutation import family_columns, sign_tests
from compare.outlets.wording.sides import paired, per_story, weights, without_test
from compare.tables import PASSIVES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import pandas as pd

    from compare.outlets.intervals import Flags
    from compare.outlets.wording.sides import ComparedSides
    from compare.outlets.wording.told import Told

VOICES = ("active", "agentless", "by")
_AGENT_WITHIN = 5  # how many words after a participle its "by" may come
_ROUND = 8  # how many words on each side of a verb are searched for participants
_BE_WITHIN = 3  # how many words before a participle its "was" may come, with only adverbs between

_AUXILIARY = BE | frozenset("get gets got getting isn't aren't wasn't weren't".split())
_PARTICIPLES = frozenset(
    """beaten bitten blown borne bought bound broken brought built burnt caught chosen cut dealt done drawn driven eaten
    fed fought found forbidden forgotten forgiven given held heard hidden hit hung hurt kept known laid led lent lost
    made met misled overcome overridden overtaken overthrown paid put rewritten ridden said seen sent shaken shot shown
    shut sold sought spent split spoken spread stolen struck sued sung sunk swept sworn taken taught thrown told torn
    undertaken understood upheld won withdrawn withheld worn written""".split()
)
# These end like participles but are not, or describe a state without an agent.
_NO_PARTICIPLES = frozenset(
    """need indeed hundred speed feed seed breed exceed proceed succeed naked sacred wicked red bed supposed concerned
    interested excited
    tired scared worried pleased related united limited married retired dedicated committed determined
    surprised disappointed located based involved alarmed ashamed bored confused embarrassed frustrated satisfied
    experienced qualified crowded gifted talented divided opposed accustomed inclined delighted thrilled used aged
    advanced complicated sophisticated undocumented armed mixed mistaken prepared ed""".split()
)
_OBJECTS = (
    DETERMINERS | POSSESSIVES | frozenset("him them it us me you himself themselves herself itself".split())
) - {"both"}
_NO_OBJECTS = PREPOSITIONS | BOUNDARIES | BE | MODALS | ADVERBS | frozenset("and or not has have had by as".split())
_BEFORE_BASE = MODALS | frozenset("they we i you not and who to".split())
_NO_SUBJECTS = (DETERMINERS | POSSESSIVES | PREPOSITIONS) - PRONOUNS


def passives_table(
    told: Told, sides: ComparedSides, *, verbs: Collection[str] | None = None, seed: int = 0
) -> pd.DataFrame:
    """Compare the grammatical voice of acts that two sides report with the same verb, or one of `verbs`: PASSIVES.

    Raises:
        InputError: verbs is empty or a text.
    """
    both = same_acts(told, sides, verbs=verbs, seed=seed)
    pairs, column = sides.pairs, sides.column(both)
    story, weight = both["story"].to_numpy(np.int64), both["weight"].to_numpy(float)

    def summed(rows: Any) -> Any:
        return per_story(len(told.stories), story, column, weight * np.asarray(rows), len(pairs))

    is_voice = {
        (side, voice): (both[f"voice_{side}"] == voice).to_numpy() for side in ("one", "other") for voice in VOICES
    }
    counts = {f"{voice}_{side}": summed(rows) for (side, voice), rows in is_voice.items()}
    alone = (
        is_voice["one", "agentless"] & is_voice["other", "active"],
        is_voice["other", "agentless"] & is_voice["one", "active"],
    )
    only_one, only_other = map(summed, alone)
    whole = summed(np.ones(len(both)))
    found = bootstrap(only_one - only_other, whole, seed=seed, proportions=False)
    drawn = both["drawn"].to_numpy(float) / np.maximum(weight, 1e-9)  # the pair that is drawn counts once
    p_values = sign_tests((summed(drawn * alone[0]) - summed(drawn * alone[1])).round(9), seed)
    total = whole.sum(axis=0)
    with np.errstate(invalid="ignore"):
        rates = [(side.sum(axis=0) / total).round(6) for side in (only_one, only_other)]
    return PASSIVES.frame(
        {
            "version": [sides.version] * len(pairs),
            "one": [sides.names[one] for one, _ in pairs],
            "other": [sides.names[other] for _, other in pairs],
            "acts": total.round(6),
            **{name: values.sum(axis=0).round(6) for name, values in counts.items()},
            "only_one": only_one.sum(axis=0).round(6),
            "only_other": only_other.sum(axis=0).round(6),
            "rate_one": rates[0],
            "rate_other": rates[1],
            **found.columns("difference", "low", "high"),
            **family_columns(p_values, f"passives: {sides.kind}; {sides.version}"),
            "stories": found.stories,
            **_examples(both, column, len(pairs)),
            "warning": without_test(found.warning, p_values, found.stories, "no act that both tell with the same verb"),
        }
    )


def same_acts(told: Told, sides: ComparedSides, *, verbs: Collection[str] | None = None, seed: int = 0) -> pd.DataFrame:
    """Return every act that two sides report with the same verb: a row for each claim, verb and pair of outlets.

    Columns: story, claim_id, verb, side_one, side_other, voice_one, voice_other, sentence_one, sentence_other, weight,
    drawn.
    """
    found = acts(told)
    if verbs is not None:
        if isinstance(verbs, str) or not verbs:
            raise InputError(f"verbs is {verbs!r}: give a list of verbs, such as ['killed', 'shot'].")
        found = found[found["verb"].isin({verb_stem(one.casefold()) for one in verbs})]
    rows = told.lines.merge(found.rename(columns={"voice": "how"}), on="clause")
    # An outlet that reports an act in both voices, in different sentences, has no single voice for it.
    key = ["claim", "outlet", "verb"]
    rows = rows[rows.groupby(key)["how"].transform("nunique") == 1].drop_duplicates(key)
    # Two claims may share one pair of clauses.
    both = paired(rows, sides, ["verb"], seed, once=["clause_one", "clause_other", "verb"])
    # The same verb with different words around it is a different act.
    around = {at: company(told, at) for at in {*both["at_one"].tolist(), *both["at_other"].tolist()}}
    same = [bool(around[one] & around[other]) for one, other in zip(both["at_one"], both["at_other"], strict=True)]
    both = both[np.array(same, dtype=bool)]
    both = both.drop(columns=["voice_one", "voice_other"]).assign(weight=weights(both, ["verb"]))
    names = {"sentence_id_one": "sentence_one", "sentence_id_other": "sentence_other", "claim_id_one": "claim_id"}
    both = both.rename(columns=names | {"how_one": "voice_one", "how_other": "voice_other"})
    columns = ["story", "claim_id", "verb", "side_one", "side_other", "voice_one", "voice_other"]
    return both[[*columns, "sentence_one", "sentence_other", "weight", "drawn"]].reset_index(drop=True)


def _examples(both: pd.DataFrame, column: Any, pairs: int) -> dict[str, list[str | None]]:
    """Return for each pair of sides an act that one reports in the active and the other without an agent."""
    differs = np.sort(both[["voice_one", "voice_other"]].to_numpy(object).astype(str), axis=1)
    told = both.assign(pair=column)[(differs == ["active", "agentless"]).all(axis=1)]
    first = told.drop_duplicates("pair").set_index("pair").reindex(range(pairs))
    names = ("verb", "claim_id", "sentence_one", "sentence_other")
    return {name: first[name].astype(object).where(first[name].notna(), None).tolist() for name in names}


def acts(told: Told) -> pd.DataFrame:
    """Read the verbs of all clauses: clause, verb (its stem), voice (a value of `VOICES`), at (its place in the words).

    The rules favour precision over recall, because only acts that two outlets report with the same verb are counted. A
    verb that a clause has in both the active and the passive is left out.
    """
    import pandas as pd

    words = told.words
    stems = [verb_stem(form) for form in told.forms]
    names = list(dict.fromkeys(stems))
    number = {name: at for at, name in enumerate(names)}
    verb = np.array([number[name] for name in stems], dtype=np.int64)[words.form]
    passive = _passives(told)
    active = _actives(told, passive) & np.isin(verb, np.unique(verb[passive]))
    kind = np.where(active, 0, np.where(passive & _agents(told), 2, np.where(passive, 1, -1)))
    at = np.flatnonzero(kind >= 0)
    rows = pd.DataFrame({"clause": words.clause[at], "verb": verb[at], "kind": kind[at], "at": at})
    of_verbs = rows.groupby(["clause", "verb"]).agg(min=("kind", "min"), max=("kind", "max"), at=("at", "first"))
    ends = of_verbs[(of_verbs["min"] > 0) | (of_verbs["max"] == 0)].reset_index()
    verbs, voices = [names[one] for one in ends["verb"]], [VOICES[one] for one in ends["max"]]
    found = {"clause": ends["clause"], "verb": pd.Series(verbs, ends.index, "str"), "at": ends["at"]}
    return pd.DataFrame(found | {"voice": pd.Series(voices, ends.index, "str")})


def company(told: Told, at: int) -> frozenset[int]:
    """Return the stems of the content words around a verb in its clause, without the verb's own."""
    form, clause = told.words.form, told.words.clause
    near = [*range(max(0, at - _ROUND), at), *range(at + 1, min(len(form), at + _ROUND + 1))]
    stems = told.stems[1]
    return frozenset(int(stems[form[k]]) for k in near if clause[k] == clause[at] and told.is_content[form[k]])


def verb_stem(form: str) -> str:
    """Return the form under which a verb is counted: "shot" and "shooting" are "shoot"."""
    return IRREGULAR.get(form) or stem(form)


def _has(told: Told, test: Callable[[str], Any]) -> Flags:
    """Return for each word whether its form passes the test; a stop never does."""
    known = np.array([bool(test(form)) for form in told.forms], dtype=bool)
    return known[told.words.form] & ~told.words.stop


def _beside(flags: Flags, step: int) -> Flags:
    """Return for each word the flag of the word `step` places on; false beyond the ends."""
    found = np.zeros(len(flags), dtype=bool)
    if step > 0:
        found[:-step] = flags[step:]
    else:
        found[-step:] = flags[:step]
    return found


def _passives(told: Told) -> Flags:
    be = _has(told, _AUXILIARY.__contains__)
    between = ADVERBS | {"not", "never", "been", "being"}
    adverb = _has(told, lambda form: form in between or is_adverb(form))
    participle = _has(
        told,
        lambda form: form in _PARTICIPLES or (form.endswith("ed") and len(form) > 4 and form not in _NO_PARTICIPLES),
    )
    found, open_so_far = np.zeros(len(be), dtype=bool), np.ones(len(be), dtype=bool)
    for step in range(1, _BE_WITHIN + 1):
        found |= open_so_far & _beside(be, -step)
        open_so_far &= _beside(adverb, -step)
    return found & participle & ~told.words.capital


def _agents(told: Told) -> Flags:
    """Return for each word whether an agent follows: "by" and a noun, not "by Friday", "by 12 percent", "by using"."""
    somebody = _has(told, lambda form: not form[0].isdecimal() and not form.endswith("ing"))
    leads = _has(told, lambda form: form == "by") & _beside(somebody, 1)
    found, open_so_far = np.zeros(len(leads), dtype=bool), np.ones(len(leads), dtype=bool)
    for step in range(1, _AGENT_WITHIN + 1):
        open_so_far &= _beside(~told.words.stop, step)
        found |= open_so_far & _beside(leads, step)
    return found


def _actives(told: Told, passive: Flags) -> Flags:
    """Find verbs with an object after them, unless the word before makes them a noun or a participle."""
    sure = _has(told, lambda form: form in _OBJECTS or form[0].isdecimal()) | told.words.capital & ~told.words.stop
    some = sure | _has(told, lambda form: form not in _NO_OBJECTS and not is_adverb(form) and form[0].isalpha())
    sure, some = _beside(sure, 1), _beside(some, 1)
    ing = _has(told, lambda form: form.endswith("ing"))
    past = _has(told, lambda form: form in IRREGULAR or (form.endswith("ed") and len(form) > 3))
    third = _has(told, lambda form: form.endswith("s") and not form.endswith("ss"))
    # Skip the adverb in "its newly announced policy".
    maker = _has(told, _NO_SUBJECTS.__contains__)
    maker |= _has(told, is_adverb) & _beside(maker, -1)
    after_be, after_maker = _beside(_has(told, _AUXILIARY.__contains__), -1), _beside(maker, -1)
    found = past & some & ~after_be & ~after_maker & ~_beside(passive, -2)
    found |= ing & some & ~_beside(_has(told, lambda form: form in DETERMINERS | POSSESSIVES or form == "of"), -1)
    found |= third & sure & ~after_maker & ~after_be
    found |= ~past & ~ing & ~third & sure & _beside(_has(told, _BEFORE_BASE.__contains__), -1)
    return found & ~passive & ~told.words.capital & ~told.words.stop
