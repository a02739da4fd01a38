"""The names of a party: nouns in the same place of a claim that two outlets report.

Outlets seldom report a claim in the same word order, so a place is known by its surroundings. Two nouns for persons or
groups, each absent from the other wording, are taken as two names of one party if they have the same neighbour on the
same side and another nearby word in common.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.errors import count
from compare.language.quotes.names import PEOPLE
from compare.language.quotes.phrases import DETERMINERS, POSSESSIVES, PREPOSITIONS
from compare.language.tokens import stem
from compare.outlets.intervals import FEW_STORIES
from compare.outlets.permutation import family_columns, sign_tests
from compare.outlets.wording.sides import LEAST_STORIES, paired, per_story, weights
from compare.tables import NAMINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from compare.outlets.wording.sides import ComparedSides
    from compare.outlets.wording.told import Told

# Nouns for persons and groups by which a party may be called.
_LABELS = """
    militants fighters terrorists rebels insurgents gunmen shooters extremists jihadists islamists separatists
    guerrillas paramilitaries mercenaries attackers assailants bombers hijackers raiders invaders occupiers settlers
    hostages captives prisoners detainees inmates convicts suspects offenders perpetrators killers murderers
    criminals gangsters thugs vandals looters rioters mob crowd marchers protesters demonstrators agitators
    activists campaigners dissidents migrants immigrants refugees aliens foreigners newcomers arrivals seekers
    evacuees troops soldiers forces army militia militias police officers cops regime government administration
    junta rulers dictator strongman leader tycoon oligarch billionaire businessman businesswoman entrepreneur
    speculators investors donors lobbyists victims casualties civilians bystanders residents locals villagers
    inhabitants people men women children infants babies fetuses youths teenagers boys girls minors kids students
    pupils voters citizens taxpayers workers employees staff strikers unionists bosses supporters followers
    loyalists backers allies opponents critics rivals enemies adversaries foes lawmakers legislators politicians
    senators congressman congresswoman representative conservatives liberals progressives moderates hardliners
    radicals leftists rightists populists nationalists supremacists racists whistleblower leaker traitor defector
    informant spy accusers accuser survivor complainant claimants claimant plaintiff defendant patients addicts
    squatters tenants authorities aides attorneys chairwoman chairman
"""
# Kin ("his father" and "her daughter" are seldom one person), and words that often are not nouns.
_NOT = """
    father mother son daughter brother sister wife husband widow parent uncle aunt cousin head general guard guest chief
"""

PARTIES = frozenset(map(stem, PEOPLE)) | frozenset(map(stem, _LABELS.split()))
PARTIES -= frozenset(map(stem, _NOT.split()))
# Irregular plurals, which `stem` does not reduce.
SINGULAR = {"children": "child", "people": "person"} | {
    f"{who}men": f"{who}man" for who in ("", "wo", "gun", "police", "congress", "business", "spokes")
}
_NEAR = 5  # words on both sides of a noun that count as near
_BESIDE = 2  # how many words away its neighbour may be: "officials in Tarn"
_IN_COMMON = 2  # words near both
_BEFORE_MODIFIER = DETERMINERS | POSSESSIVES | PREPOSITIONS


class _Place(NamedTuple):
    """A noun in a clause and the words around it, as numbers of stems; -1 for none."""

    noun: int  # in the singular
    label: str  # as it is shown
    beside: tuple[int, int]  # the content words next to it, left and right
    names: tuple[int, int]  # the same, if capitalised
    near: frozenset[int]  # the content words around it
    modifier: int  # the word before it, if that modifies it
    modified: str  # modifier and noun as they are shown


class _Clause(NamedTuple):
    content: frozenset[int]  # the stems of its content words
    places: tuple[_Place, ...]


def naming_table(told: Told, sides: ComparedSides, *, seed: int = 0) -> pd.DataFrame:
    """Count the names that every two sides use for one party: NAMINGS, most frequent first, one family of tests."""
    found = substitutions(told, sides, seed=seed)
    # One row covers both directions: the claims in which one side uses the first name, less those with the reverse.
    sign = np.where(found["label_one"] > found["label_other"], -1.0, 1.0)
    labels = np.sort(found[["label_one", "label_other"]].to_numpy(object).astype(str), axis=1)
    found = found.assign(first=labels[:, 0], second=labels[:, 1])
    column = (
        found.groupby(["side_one", "side_other", "first", "second"], sort=False).ngroup().to_numpy().astype(np.int64)
    )
    width = int(column.max()) + 1 if len(column) else 0
    story, weight = found["story"].to_numpy(np.int64), found["weight"].to_numpy(float)
    p_values = sign_tests(
        per_story(len(told.stories), story, column, sign * found["drawn"].to_numpy(float), width), seed
    )
    stories = (per_story(len(told.stories), story, column, np.ones(len(found)), width) > 0).sum(axis=0)
    forth, back = (np.bincount(column, weights=weight * (sign == way), minlength=width) for way in (1, -1))
    # For each pair of names, keep the more frequent direction.
    shown = found.assign(column=column)[sign == np.where(forth >= back, 1.0, -1.0)[column]]
    rows = shown.drop_duplicates("column").set_index("column").sort_index()
    table = rows.assign(
        one=[sides.names[side] for side in rows["side_one"]],
        other=[sides.names[side] for side in rows["side_other"]],
        claims=np.maximum(forth, back).round(6),
        reverse=np.minimum(forth, back).round(6),
        stories=stories,
        version=sides.version,
        **family_columns(p_values, f"names: {sides.kind}; {sides.version}"),
        warning=[
            f"{count(n, 'story')}: {'too few for a test' if n < LEAST_STORIES else 'little to test'}"
            if n < FEW_STORIES
            else ""
            for n in stories.tolist()
        ],
    )
    return NAMINGS.frame(table.sort_values(["claims", "p_value"], ascending=[False, True], kind="stable"))


def substitutions(told: Told, sides: ComparedSides, *, seed: int = 0) -> pd.DataFrame:
    """Return a row for every pair of names in the same place of a claim.

    Columns: story, claim_id, side_one, side_other, label_one, label_other, sentence_one, sentence_other, weight, drawn.
    """
    import pandas as pd

    clauses = _clauses(told)
    # Two claims may share one pair of clauses.
    both = paired(told.lines, sides, (), seed, once=["clause_one", "clause_other"])
    rows, labels = [], []
    for number, (one, other) in enumerate(zip(both["clause_one"].tolist(), both["clause_other"].tolist(), strict=True)):
        for pair in _names(clauses[one], clauses[other]):
            rows.append(number)
            labels.append(pair)
    names = pd.DataFrame(labels, columns=["label_one", "label_other"], dtype="str")
    found = pd.concat([both.iloc[rows].reset_index(drop=True), names], axis=1)
    found = found.drop_duplicates(["claim", "outlet_one", "outlet_other", "label_one", "label_other"])
    found = found.assign(claim_id=found["claim_id_one"], weight=weights(found, ["label_one", "label_other"]))
    found = found.rename(columns={"sentence_id_one": "sentence_one", "sentence_id_other": "sentence_other"})
    columns = ["story", "claim_id", "side_one", "side_other", "label_one", "label_other"]
    return found[[*columns, "sentence_one", "sentence_other", "weight", "drawn"]].reset_index(drop=True)


def _names(one: _Clause, other: _Clause) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names in the same place of two clauses."""
    if not one.places or not other.places or len(one.content & other.content) < _IN_COMMON:
        return
    for here in one.places:
        for there in other.places:
            if len(here.near & there.near) < _IN_COMMON:
                continue
            if here.noun == there.noun:
                differ = here.modifier != there.modifier and min(here.modifier, there.modifier) >= 0
                if differ and here.modifier not in other.content and there.modifier not in one.content:
                    yield here.modified, there.modified
            elif here.noun not in other.content and there.noun not in one.content:
                beside = any(a == b >= 0 for a, b in zip(here.beside, there.beside, strict=True))
                # "the senator Ann Lee" is not "the minister Tom Vey".
                apart = any(a != b and min(a, b) >= 0 for a, b in zip(here.names, there.names, strict=True))
                if beside and not apart:
                    yield here.label, there.label


def _clauses(told: Told) -> list[_Clause]:
    stems, stem_of = told.stems
    numbers = {one: number for number, one in enumerate(stems)}
    singular = [numbers.get(SINGULAR.get(one, one), number) for number, one in enumerate(stems)]
    kept = np.flatnonzero(~told.words.stop)
    bounds = np.searchsorted(told.words.clause[kept], np.arange(told.clauses + 1)).tolist()
    form = told.words.form[kept]
    stem_at, content, capital = (
        flags.tolist() for flags in (stem_of[form], told.is_content[form], told.words.capital[kept])
    )
    word = [told.forms[one] for one in form.tolist()]

    def modifies(at: int, first: int) -> bool:
        """Return whether a word before a noun modifies it: "armed men", not "the camera filmed men"."""
        if at < first or capital[at + 1] or capital[at] or not content[at] or word[at] in PREPOSITIONS:
            return False
        return not word[at].endswith(("ed", "ing")) or at == first or word[at - 1] in _BEFORE_MODIFIER

    def place(at: int, first: int, last: int) -> _Place:
        noun, label = singular[stem_at[at]], told.shown_stems[singular[stem_at[at]]]
        around = range(max(first, at - _NEAR), min(last, at + _NEAR + 1))
        left = next((k for k in range(at - 1, max(first, at - _BESIDE) - 1, -1) if content[k]), -1)
        right = next((k for k in range(at + 1, min(last, at + _BESIDE + 1)) if content[k]), -1)
        beside = [(singular[stem_at[k]], capital[k]) if k >= 0 else (-1, False) for k in (left, right)]
        modified = modifies(at - 1, first)
        return _Place(
            noun,
            label,
            beside=(beside[0][0], beside[1][0]),
            names=(beside[0][0] if beside[0][1] else -1, beside[1][0] if beside[1][1] else -1),
            near=frozenset(singular[stem_at[k]] for k in around if content[k]) - {noun},
            modifier=singular[stem_at[at - 1]] if modified else -1,
            modified=f"{word[at - 1]} {label}" if modified else "",
        )

    found = []
    for first, last in pairwise(bounds):
        said = [at for at in range(first, last) if content[at]]
        nouns = [at for at in said if stems[stem_at[at]] in PARTIES]
        places = tuple(place(at, first, last) for at in nouns)
        found.append(_Clause(frozenset(singular[stem_at[at]] for at in said), places))
    return found
